import type { DataFrame } from 'danfojs-node';
import { columnIndex, columnValues, isMissing } from '../core/index.ts';
import { DISPLAY, type Displayable } from '../display/channel.ts';
import { tableBundle } from '../display/table.ts';
import { assertFrame } from './assert.ts';
import { rowsOf, takeRows } from './frame.ts';

export interface MissingReport extends Displayable {
  rows: number;
  /** Rows in which nothing is missing. */
  completeRows: number;
  /** Missing values in all columns together. */
  total: number;
  /** One entry a column, in the order of the frame; `share` is between 0 and 1. */
  columns: { column: string; missing: number; share: number }[];
}

/**
 * Counts the missing values of each column.
 *
 * @example data.missing(await data.load('penguins')).columns.find(entry => entry.column === 'sex')
 */
export function missing(frame: DataFrame): MissingReport {
  assertFrame('missing(frame)', frame);
  const rows = rowsOf(frame);
  const columns = frame.columns.map((column: string, place: number) => {
    const count = rows.filter(row => isMissing(row[place])).length;
    return { column, missing: count, share: rows.length === 0 ? 0 : count / rows.length };
  });
  const total = columns.reduce((sum, entry) => sum + entry.missing, 0);
  const completeRows = rows.filter(row => !row.some(isMissing)).length;
  return Object.defineProperty({ rows: rows.length, completeRows, total, columns }, DISPLAY, {
    value: () =>
      tableBundle(
        {
          columns: ['missing', 'share'],
          index: columns.map(entry => entry.column),
          rows: columns.map(entry => [entry.missing, `${(entry.share * 100).toFixed(1)} %`]),
        },
        { maxRows: 40, caption: `${total} missing values; ${completeRows} of ${rows.length} rows are complete` },
      ),
  }) as unknown as MissingReport;
}

/**
 * Leaves out the rows in which one of the columns is missing; all columns if none are named.
 *
 * @example data.dropMissing(await data.load('penguins'), ['bill_length_mm', 'sex'])
 */
export function dropMissing(frame: DataFrame, columns: readonly string[] = frame.columns): DataFrame {
  assertFrame('dropMissing(frame)', frame);
  const places = columns.map(column => columnIndex('dropMissing(frame, columns)', frame, column));
  const rows = rowsOf(frame);
  const kept: number[] = [];
  for (let position = 0; position < rows.length; position++)
    if (isComplete(rows[position]!, places)) kept.push(position);
  return takeRows(frame, kept);
}

function isComplete(row: readonly unknown[], places: readonly number[]): boolean {
  for (const place of places) if (isMissing(row[place])) return false;
  return true;
}

/** The places at which a column is missing. */
export function missingPositions(where: string, frame: DataFrame, column: string): number[] {
  return columnValues(where, frame, column).flatMap((value, position) => (isMissing(value) ? [position] : []));
}
