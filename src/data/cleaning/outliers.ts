import type { DataFrame } from 'danfojs-node';
import { assertKeys, assertNumber, assertOneOf, columnNumbers, isMissing } from '../../core/index.ts';
import type { Displayable } from '../../display/channel.ts';
import { assertFrame, assertRows } from '../assert.ts';
import { withColumns } from '../frame.ts';
import { numericColumns } from '../prepare/scale.ts';
import { mean, median, quantile } from '../statistics.ts';
import { counted, report } from './report.ts';

export type OutlierOptions = { columns?: readonly string[] } & (
  | {
      /** Beyond the quartiles by more than `factor` times what lies between them (Tukey, 1977). */
      kind?: 'iqr';
      /** Default 1.5; 3 for what is far out. */
      factor?: number;
    }
  | {
      /** More than `threshold` robust standard deviations from the median (Iglewicz and Hoaglin, 1993). */
      kind: 'robust-z';
      /** Default 3.5. */
      threshold?: number;
    }
);

/** A value is ordinary from `low` up to `high`. */
export interface Limit {
  low: number;
  high: number;
}

export interface OutlierReport extends Displayable {
  rows: number;
  /** Positions of the rows with an outlier in any column: what `data.dropRows` takes. */
  positions: number[];
  columns: (Limit & { column: string; below: number; above: number; positions: number[] })[];
}

/** What is ordinary, learned from one frame. */
export interface Limits {
  readonly limits: Readonly<Record<string, Limit>>;
  /** Which values of a frame lie outside. Missing ones do not. */
  outliers(frame: DataFrame): OutlierReport;
  /** A new frame in which values outside are moved to the limit. */
  clip(frame: DataFrame): DataFrame;
}

/**
 * Learns from one frame, the training part, between which limits the numbers of each column are ordinary. An outlier is
 * not yet an error: look before you drop.
 *
 * @example
 * const limits = data.fitLimits(data.frame({ height: [170, 172, 168, 175, 17] }), { kind: 'robust-z' });
 * limits.outliers(data.frame({ height: [169, 1690] })).positions;  // [1]
 */
export function fitLimits(frame: DataFrame, options: OutlierOptions = {}): Limits {
  assertRows('fitLimits(frame)', frame);
  const { kind = 'iqr', columns = numericColumns(frame) } = options;
  assertOneOf('fitLimits({ kind })', kind, ['iqr', 'robust-z'] as const);
  const option = kind === 'iqr' ? 'factor' : 'threshold';
  assertKeys(`fitLimits(frame, { kind: '${kind}' })`, options, ['kind', 'columns', option]);
  const width = (options as Record<string, number | undefined>)[option] ?? (kind === 'iqr' ? 1.5 : 3.5);
  assertNumber(`fitLimits({ ${option} })`, width, { min: 0 });

  const limits: Record<string, Limit> = {};
  for (const column of columns) {
    const values = columnNumbers(`fitLimits('${column}')`, frame, column).filter(value => !isMissing(value));
    limits[column] = kind === 'iqr' ? fences(values, width) : robustRange(values, width);
  }
  return {
    limits,
    outliers: target => findOutliers(target, limits),
    clip(target) {
      assertFrame('limits.clip(frame)', target);
      const clipped = Object.entries(limits).map(([column, { low, high }]) => {
        const values = columnNumbers(`limits.clip('${column}')`, target, column);
        return [column, values.map(value => Math.min(high, Math.max(low, value)))] as const;
      });
      return withColumns(target, new Map(clipped));
    },
  };
}

/**
 * The outliers of a frame by its own limits.
 *
 * @example data.outliers(await data.load('sacramento'), { columns: ['price'] })
 */
export function outliers(frame: DataFrame, options: OutlierOptions = {}): OutlierReport {
  return fitLimits(frame, options).outliers(frame);
}

function fences(values: readonly number[], factor: number): Limit {
  if (values.length === 0) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const [first, third] = [quantile(values, 0.25), quantile(values, 0.75)];
  return { low: first - factor * (third - first), high: third + factor * (third - first) };
}

/**
 * The median absolute deviation, 0.6745 of a standard deviation of normal numbers. Where it is 0, because more than half
 * of the values are the same, the mean absolute deviation (0.7979 of one) takes its place, as the authors advise.
 */
function robustRange(values: readonly number[], threshold: number): Limit {
  if (values.length === 0) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const centre = median(values);
  const distances = values.map(value => Math.abs(value - centre));
  const deviation = median(distances) / 0.6745 || mean(distances) * 1.253314;
  return { low: centre - threshold * deviation, high: centre + threshold * deviation };
}

function findOutliers(frame: DataFrame, limits: Readonly<Record<string, Limit>>): OutlierReport {
  assertFrame('limits.outliers(frame)', frame);
  const columns = Object.entries(limits).map(([column, { low, high }]) => {
    const values = columnNumbers(`limits.outliers('${column}')`, frame, column);
    const positions = values.flatMap((value, position) => (value < low || value > high ? [position] : []));
    const below = positions.filter(position => values[position]! < low).length;
    return { column, low, high, below, above: positions.length - below, positions };
  });
  const positions = [...new Set(columns.flatMap(entry => entry.positions))].sort((a, b) => a - b);
  return report({ rows: frame.values.length, positions, columns }, () => ({
    caption: `${counted(positions.length, 'row')} of ${frame.values.length.toLocaleString('en')} with an outlier`,
    columns: ['low', 'high', 'below', 'above'],
    index: columns.map(entry => entry.column),
    rows: columns.map(({ low, high, below, above }) => [low, high, below, above]),
  }));
}
