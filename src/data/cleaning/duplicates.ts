import type { DataFrame } from 'danfojs-node';
import { assertKeys, assertOneOf, columnIndex, isMissing } from '../../core/index.ts';
import type { Displayable } from '../../display/channel.ts';
import { assertFrame } from '../assert.ts';
import { rowsOf, takeRows } from '../frame.ts';
import { counted, report } from './report.ts';

export interface DuplicateOptions {
  /** The columns that have to be equal. Default: all. */
  columns?: readonly string[];
}

export interface DuplicateReport extends Displayable {
  rows: number;
  /** Positions of the rows that repeat an earlier one: what `data.dropRows` takes. */
  repeats: number[];
  /** Positions of rows that are equal, each group in the order of the frame. */
  groups: number[][];
}

/**
 * Finds rows that are equal in all columns, or in those that are named. Missing values equal each other, as in pandas.
 *
 * @example data.duplicates(data.frame({ name: ['Ada', 'Bo', 'Ada'], age: [36, 41, 36] })).repeats  // [2]
 */
export function duplicates(frame: DataFrame, options: DuplicateOptions = {}): DuplicateReport {
  const groups = equalRows('duplicates', frame, options).filter(group => group.length > 1);
  const repeats = groups.flatMap(group => group.slice(1)).sort((a, b) => a - b);
  return report({ rows: frame.values.length, repeats, groups }, () => ({
    caption: `${counted(repeats.length, 'row')} of ${frame.values.length.toLocaleString('en')} ${repeats.length === 1 ? 'repeats' : 'repeat'} an earlier one`,
    columns: ['times', ...frame.columns],
    index: groups.map(([first]) => frame.index[first!]!),
    rows: groups.map(group => [group.length, ...rowsOf(frame)[group[0]!]!]),
  }));
}

/**
 * A new frame in which each row occurs once. `keep: 'none'` drops all rows that are not alone: for when equal rows are a
 * sign that something went wrong.
 *
 * @example data.dropDuplicates(data.frame({ n: [1, 2, 1] }))
 */
export function dropDuplicates(
  frame: DataFrame,
  options: DuplicateOptions & { keep?: 'first' | 'last' | 'none' } = {},
): DataFrame {
  const { keep = 'first', ...rest } = options;
  assertOneOf('dropDuplicates({ keep })', keep, ['first', 'last', 'none'] as const);
  const kept = equalRows('dropDuplicates', frame, rest).flatMap(group =>
    keep === 'none' && group.length > 1 ? [] : [group.at(keep === 'last' ? -1 : 0)!],
  );
  return takeRows(
    frame,
    kept.sort((a, b) => a - b),
  );
}

/** Positions of equal rows, also of those that are alone, in order of the first of each group. */
function equalRows(where: string, frame: DataFrame, options: DuplicateOptions): number[][] {
  assertFrame(`${where}(frame)`, frame);
  assertKeys(`${where}(frame, options)`, options, ['columns', 'keep']);
  const { columns = frame.columns } = options;
  const places = columns.map(column => columnIndex(`${where}({ columns })`, frame, column));
  return partition(rowsOf(frame), places);
}

/** Parts the rows by one column after the other; a row that is alone needs no more looking at. */
function partition(rows: readonly (readonly unknown[])[], places: readonly number[]): number[][] {
  const alone: number[][] = [];
  let open = [rows.map((_, position) => position)];
  for (const place of places) {
    const next: number[][] = [];
    for (const group of open) {
      const parts = new Map<unknown, number[]>();
      for (const position of group) {
        const value = rows[position]![place];
        const key = isMissing(value) ? null : value;
        const part = parts.get(key);
        if (part) part.push(position);
        else parts.set(key, [position]);
      }
      for (const part of parts.values()) (part.length > 1 ? next : alone).push(part);
    }
    open = next;
  }
  return [...alone, ...open].filter(group => group.length > 0).sort((a, b) => a[0]! - b[0]!);
}
