import type { DataFrame } from 'danfojs-node';
import { columnNumbers, columnValues, isMissing, kindOf } from '../../core/index.ts';
import type { Displayable } from '../../display/channel.ts';
import { assertFrame } from '../assert.ts';
import { counted, report } from '../cleaning/report.ts';
import { groupPositions } from '../groups.ts';
import { mean, sortedQuantile } from '../statistics.ts';

export type ColumnSummary =
  | {
      column: string;
      kind: 'number';
      /** Values that are not missing. */
      count: number;
      missing: number;
      mean: number;
      /** Of a sample: divided by count − 1, as in pandas. */
      standardDeviation: number;
      min: number;
      quartile1: number;
      median: number;
      quartile3: number;
      max: number;
    }
  | {
      column: string;
      kind: 'category';
      count: number;
      missing: number;
      distinct: number;
      /** The most frequent value, and how often it occurs. */
      top: unknown;
      topCount: number;
    };

export interface Summary extends Displayable {
  rows: number;
  columns: ColumnSummary[];
}

/**
 * What each column holds, missing values aside: of numbers mean, spread and quartiles, of all else how many different
 * values there are and the most frequent one.
 *
 * @example data.summary(await data.load('penguins'))
 */
export function summary(frame: DataFrame): Summary {
  assertFrame('summary(frame)', frame);
  const columns = frame.columns.map((column: string) => summarise(frame, column));
  return report({ rows: frame.values.length, columns }, () => ({
    caption: `${counted(frame.values.length, 'row')} of ${counted(columns.length, 'column')}`,
    columns: [
      'missing',
      'mean or top',
      'standard deviation',
      'min',
      'quartile 1',
      'median',
      'quartile 3',
      'max',
      'distinct',
    ],
    index: columns.map(({ column }) => column),
    rows: columns.map(entry =>
      entry.kind === 'number'
        ? [
            entry.missing,
            entry.mean,
            entry.standardDeviation,
            entry.min,
            entry.quartile1,
            entry.median,
            entry.quartile3,
            entry.max,
            null,
          ]
        : [entry.missing, `${entry.top} (${entry.topCount} times)`, null, null, null, null, null, null, entry.distinct],
    ),
  }));
}

function summarise(frame: DataFrame, column: string): ColumnSummary {
  const all = columnValues('summary(frame)', frame, column);
  const present = all.filter(value => !isMissing(value));
  const counts = { column, count: present.length, missing: all.length - present.length };
  if (kindOf(all) === 'number') {
    const values = columnNumbers('summary(frame)', frame, column).filter(value => !isMissing(value));
    const sorted = Float64Array.from(values).sort();
    const centre = mean(values);
    const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    return {
      ...counts,
      kind: 'number',
      mean: centre,
      standardDeviation: Math.sqrt(squares / (values.length - 1)),
      min: sorted[0]!,
      quartile1: sortedQuantile(sorted, 0.25),
      median: sortedQuantile(sorted, 0.5),
      quartile3: sortedQuantile(sorted, 0.75),
      max: sorted[sorted.length - 1]!,
    };
  }
  const groups = [...groupPositions(present)].sort(([, a], [, b]) => b.length - a.length);
  const [top, places] = groups[0] ?? [undefined, []];
  return { ...counts, kind: 'category', distinct: groups.length, top, topCount: places.length };
}
