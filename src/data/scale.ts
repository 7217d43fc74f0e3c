import type { DataFrame } from 'danfojs-node';
import { assertKeys, assertOneOf, columnNumbers, columnValues, isMissing, kindOf } from '../core/index.ts';
import { assertRows } from './assert.ts';
import { withColumns } from './frame.ts';

export type ScalingKind = 'standardise' | 'min-max';

export interface ScalingOptions {
  /** To mean 0 and standard deviation 1, or to the range 0…1. Default 'standardise'. */
  kind?: ScalingKind;
  /** Default: all columns of numbers. */
  columns?: readonly string[];
}

/** How one column is scaled: `(value − shift) / spread`. */
export interface Scale {
  shift: number;
  spread: number;
}

/** Scales a frame by what was learned from another, and gives a new frame. */
export interface Scaling {
  (frame: DataFrame): DataFrame;
  /** Back to the units of before. */
  inverse(frame: DataFrame): DataFrame;
  readonly scales: Readonly<Record<string, Scale>>;
}

/**
 * Learns from one frame how to scale its numbers. Fit on the training part only: what is learned from the test part
 * leaks. Missing values stay missing.
 *
 * @example const scale = data.fitScaling(fitting); const scaled = scale(test); const back = scale.inverse(scaled);
 */
export function fitScaling(frame: DataFrame, options: ScalingOptions = {}): Scaling {
  assertRows('fitScaling(frame)', frame);
  assertKeys('fitScaling(frame, options)', options, ['kind', 'columns']);
  const { kind = 'standardise', columns = numericColumns(frame) } = options;
  assertOneOf('fitScaling({ kind })', kind, ['standardise', 'min-max'] as const);

  const scales = Object.fromEntries(
    columns.map(column => [column, fitScale(columnNumbers(`fitScaling('${column}')`, frame, column), kind)]),
  );
  const each = (target: DataFrame, change: (value: number, scale: Scale) => number) =>
    withColumns(
      target,
      new Map(
        columns.map(column => {
          const values = columnNumbers(`scale('${column}')`, target, column);
          return [column, values.map(value => change(value, scales[column]!))];
        }),
      ),
    );
  return Object.assign((target: DataFrame) => each(target, applyScale), {
    inverse: (target: DataFrame) => each(target, invertScale),
    scales,
  });
}

/**
 * The scale of some numbers, missing ones left aside. The standard deviation is that of the numbers themselves (divided
 * by n, as in scikit-learn), and a column of one value only is shifted to 0 and not divided.
 */
export function fitScale(values: readonly number[], kind: ScalingKind): Scale {
  const present = values.filter(value => !isMissing(value));
  if (present.length === 0) return { shift: 0, spread: 1 };
  if (kind === 'min-max') {
    const [low, high] = range(present);
    return { shift: low, spread: high - low || 1 };
  }
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  const variance = present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / present.length;
  return { shift: mean, spread: Math.sqrt(variance) || 1 };
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

function range(values: readonly number[]): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
