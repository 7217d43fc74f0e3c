import type { DataFrame } from 'danfojs-node';
import {
  assertKeys,
  assertOneOf,
  columnNumbers,
  columnValues,
  describe,
  isMissing,
  kindOf,
  mismatch,
} from '../../core/index.ts';
import { assertRows } from '../assert.ts';
import { withColumns } from '../frame.ts';
import { moments, sortedQuantile } from '../statistics.ts';

/** To mean 0 and standard deviation 1; to the range 0…1; to median 0 and quartiles 1 apart, which outliers do not move. */
export type ScalingKind = 'standardise' | 'min-max' | 'robust';

export const SCALING_KINDS = ['standardise', 'min-max', 'robust'] as const satisfies readonly ScalingKind[];

export interface ScalingOptions {
  /** Default 'standardise'. */
  kind?: ScalingKind;
  /** Default: all columns of numbers. */
  columns?: readonly string[];
}

/** How one column is scaled: `(value − shift) / spread`. */
export interface Scale {
  shift: number;
  spread: number;
}

export const NO_SCALE: Scale = { shift: 0, spread: 1 };

/** Scales a frame by what was learned from another, and gives a new frame. */
export interface Scaling {
  (frame: DataFrame): DataFrame;
  /** Back to the units of before. */
  inverse(frame: DataFrame): DataFrame;
  readonly scales: Readonly<Record<string, Scale>>;
  /** Plain data, for `JSON.stringify`; `data.restoreScaling` makes it work again. */
  toJSON(): SavedScaling;
}

export interface SavedScaling {
  kind: 'scaling';
  scales: Record<string, Scale>;
}

/**
 * Learns from one frame how to scale its numbers. Fit on the training part only: what is learned from the test part
 * leaks. Missing values stay missing.
 *
 * @example
 * const { train: fitting, test } = data.split(await data.load('iris'), { test: 0.2, seed: 1 });
 * const scale = data.fitScaling(fitting);
 * const scaled = scale(test);
 * const back = scale.inverse(scaled);
 */
export function fitScaling(frame: DataFrame, options: ScalingOptions = {}): Scaling {
  assertRows('fitScaling(frame)', frame);
  assertKeys('fitScaling(frame, options)', options, ['kind', 'columns']);
  const { kind = 'standardise', columns = numericColumns(frame) } = options;
  assertOneOf('fitScaling({ kind })', kind, SCALING_KINDS);

  const scales = Object.fromEntries(
    columns.map(column => [column, fitScale(columnNumbers(`fitScaling('${column}')`, frame, column), kind)]),
  );
  return scaling(scales);
}

/**
 * A scaling from what its `toJSON` gave.
 *
 * @example
 * const scale = data.fitScaling(data.frame({ n: [1, 2, 9] }));
 * const again = data.restoreScaling(JSON.parse(JSON.stringify(scale)));
 */
export function restoreScaling(saved: SavedScaling): Scaling {
  if (saved?.kind === 'scaling') return scaling(saved.scales);
  throw mismatch({ where: 'restoreScaling(saved)', expected: 'a saved scaling', received: describe(saved) });
}

function scaling(scales: Record<string, Scale>): Scaling {
  const each = (target: DataFrame, change: (value: number, scale: Scale) => number) => {
    const changed = Object.entries(scales).map(([column, scale]) => {
      const values = columnNumbers(`scale('${column}')`, target, column);
      return [column, values.map(value => change(value, scale))] as const;
    });
    return withColumns(target, new Map(changed));
  };
  return Object.assign((target: DataFrame) => each(target, applyScale), {
    inverse: (target: DataFrame) => each(target, invertScale),
    scales,
    toJSON: (): SavedScaling => ({ kind: 'scaling', scales }),
  });
}

/**
 * The scale of some numbers, missing ones left aside. The standard deviation is that of the numbers themselves (divided
 * by n, as in scikit-learn), and a column of one value only is shifted to 0 and not divided.
 */
export function fitScale(values: readonly number[], kind: ScalingKind): Scale {
  const present = values.filter(value => !isMissing(value));
  if (present.length === 0) return NO_SCALE;
  if (kind === 'standardise') {
    const { mean, deviation } = moments(present);
    return { shift: mean, spread: deviation || 1 };
  }
  const sorted = Float64Array.from(present).sort();
  const [low, middle, high] = (kind === 'robust' ? [0.25, 0.5, 0.75] : [0, 0, 1]).map(share =>
    sortedQuantile(sorted, share),
  );
  return { shift: middle!, spread: high! - low! || 1 };
}

export function applyScale(value: number, { shift, spread }: Scale): number {
  return (value - shift) / spread;
}

export function invertScale(value: number, { shift, spread }: Scale): number {
  return value * spread + shift;
}

export function numericColumns(frame: DataFrame): string[] {
  return frame.columns.filter((column: string) => kindOf(columnValues('columns', frame, column)) === 'number');
}
