import { assertKeys, describe, mismatch } from '../core/index.ts';

/** What every plot takes. */
export interface PlotOptions {
  /** Say what to notice. Default: made from the numbers. */
  title?: string;
  subtitle?: string;
  xLabel?: string;
  yLabel?: string;
  /** In pixels. */
  height?: number;
  /** Fixed ends of an axis, so that a picture that moves does not jump. */
  xRange?: [low: number, high: number];
  yRange?: [low: number, high: number];
  /** Axes that count in powers of ten. */
  log?: 'x' | 'y' | 'both';
}

const SHARED = ['title', 'subtitle', 'xLabel', 'yLabel', 'height', 'xRange', 'yRange', 'log'];

export function assertOptions(where: string, options: object, own: readonly string[] = []): void {
  assertKeys(where, options, [...own, ...SHARED]);
}

export function scaleOf(axis: 'x' | 'y', log: PlotOptions['log']): 'linear' | 'log' {
  return log === axis || log === 'both' ? 'log' : 'linear';
}

/** A list of numbers, NaN allowed; typed arrays become plain ones. */
export function toNumbers(where: string, values: ArrayLike<number>): number[] {
  const isList = values !== null && typeof values === 'object' && typeof values.length === 'number';
  if (!isList)
    throw mismatch({
      where,
      expected: 'a list of numbers',
      received: describe(values),
      hint: values !== null && typeof values === 'object' ? 'Read a tensor first: await tensor.data().' : undefined,
    });
  return Array.from(values, (value, position) => {
    if (typeof value === 'number') return value;
    if (value === null || value === undefined) return Number.NaN;
    throw mismatch({ where, expected: 'a list of numbers', received: `${describe(value)} at position ${position}` });
  });
}

export function assertSameLength(where: string, x: readonly unknown[], y: readonly unknown[]): void {
  if (x.length === y.length) return;
  throw mismatch({ where, expected: 'as many x as y', received: `${x.length} x and ${y.length} y` });
}
