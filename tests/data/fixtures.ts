import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Computed by pandas and scikit-learn: see golden/make.py. */
export interface Golden {
  shape: [number, number];
  missing: Record<string, number>;
  completeRows: number;
  keptIndex: number[];
  keptBySexOnly: number;
  bill_length_mm: (number | null)[];
  mean: Record<string, number>;
  median: Record<string, number>;
  mode: Record<string, unknown>;
  standard: { mean: number[]; scale: number[] };
  standardised: number[][];
  minMax: number[][];
  robust: { center: number[]; scale: number[] };
  ordinal: [number, number][];
  dummyNames: string[];
  dummies: number[][];
}

export const golden = JSON.parse(readFileSync(new URL('golden/golden.json', import.meta.url), 'utf8')) as Golden;
export const numeric = ['bill_length_mm', 'bill_depth_mm', 'flipper_length_mm', 'body_mass_g'];

/** The message and the hint of what a call throws. */
export function thrown(call: () => unknown): { message: string; hint: string | undefined } {
  try {
    call();
  } catch (error) {
    const { message, hint } = error as Error & { hint?: string };
    return { message, hint };
  }
  throw new Error('nothing was thrown');
}

/** Computed by pandas, scikit-learn and scipy: see golden/make_tables.py. */
export interface TablesGolden {
  holed: (number | null)[][];
  knn: { self: number[][]; other: number[][] };
  quantiles: Record<string, number>;
  randomValues: number[];
  duplicates: { groups: number[][]; keptLast: number; keptNone: number; byColumns: number };
  limits: Record<string, { iqr: [number, number]; 'robust-z': [number, number] }>;
  near: [number, number, number][];
  nearWords: [number, number, number][];
  groups: string[];
  classes: string[];
  folds: { plain: number[][]; stratified: number[][]; grouped: number[][]; time: [number[], number[]][] };
  describe: Record<string, Record<string, number>>;
  top: Record<string, [number, number, string, number]>;
  groupMeans: (string | number)[][];
  groupMedians: (string | number)[][];
  groupCounts: (string | number)[][];
  pearson: number[][];
  spearman: number[][];
}

export const tables = JSON.parse(readFileSync(new URL('golden/tables.json', import.meta.url), 'utf8')) as TablesGolden;

/** Numbers near those wanted, in nested lists too. */
export function near(values: unknown, digits = 9): unknown {
  if (Array.isArray(values)) return values.map(value => near(value, digits));
  return typeof values === 'number' && !Number.isInteger(values) ? expect.closeTo(values, digits) : values;
}
