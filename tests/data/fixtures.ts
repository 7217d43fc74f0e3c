import { readFileSync } from 'node:fs';

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
