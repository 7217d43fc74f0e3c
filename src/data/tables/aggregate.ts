import type { DataFrame } from 'danfojs-node';
import { assertKeys, assertOneOf, columnIndex, columnNumbers, columnValues, isMissing } from '../../core/index.ts';
import { assertFrame } from '../assert.ts';
import { frameLike } from '../frame.ts';
import { groupPositions } from '../groups.ts';
import { numericColumns } from '../prepare/scale.ts';
import { mean, median } from '../statistics.ts';

export type Statistic = 'mean' | 'median' | 'sum' | 'min' | 'max' | 'count';

export interface AggregateOptions {
  /** The column or columns whose values make the groups. */
  by: string | readonly string[];
  /** The columns to compute. Default: all columns of numbers. */
  columns?: readonly string[];
  /** Default 'mean'. 'count' counts the values that are not missing. */
  statistic?: Statistic;
}

/**
 * A statistic of each group of rows: a row for each group, in order of its name, with how many rows it has. Missing values
 * are left out, not counted as 0, and rows whose group is missing are left out too, as in pandas.
 *
 * @example data.aggregate(await data.load('penguins'), { by: 'species', columns: ['body_mass_g'] })
 */
export function aggregate(frame: DataFrame, options: AggregateOptions): DataFrame {
  const where = 'aggregate(frame, options)';
  assertFrame(where, frame);
  assertKeys(where, options, ['by', 'columns', 'statistic']);
  const { statistic = 'mean' } = options;
  const by = typeof options.by === 'string' ? [options.by] : options.by;
  assertOneOf('aggregate({ statistic })', statistic, Object.keys(STATISTICS) as Statistic[]);
  for (const column of by) columnIndex('aggregate({ by })', frame, column);
  const columns = options.columns ?? numericColumns(frame).filter(column => !by.includes(column));

  const keys = by.map(column => columnValues(where, frame, column));
  const rowKeys: unknown[][] = frame.values.map((_: unknown, row: number) => keys.map(values => values[row]));
  const groups = [...groupPositions(rowKeys.map(key => JSON.stringify(key))).values()]
    .filter(positions => !rowKeys[positions[0]!]!.some(isMissing))
    .sort((a, b) => compare(rowKeys[a[0]!]!, rowKeys[b[0]!]!));
  const byColumn = columns.map(column => columnNumbers(`aggregate('${column}')`, frame, column));
  const rows = groups.map(positions => [
    ...rowKeys[positions[0]!]!,
    positions.length,
    ...byColumn.map(values => {
      const present = positions.map(position => values[position]!).filter(value => !isMissing(value));
      return STATISTICS[statistic](present);
    }),
  ]);
  return frameLike(frame, [...by, 'rows', ...columns], rows);
}

const STATISTICS: Record<Statistic, (values: number[]) => number> = {
  mean: values => (values.length === 0 ? Number.NaN : mean(values)),
  median: values => (values.length === 0 ? Number.NaN : median(values)),
  sum: values => values.reduce((sum, value) => sum + value, 0),
  min: values => values.reduce((least, value) => Math.min(least, value), values[0] ?? Number.NaN),
  max: values => values.reduce((most, value) => Math.max(most, value), values[0] ?? Number.NaN),
  count: values => values.length,
};

function compare(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < a.length; i++) {
    const [left, right] = [a[i] as string, b[i] as string];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
