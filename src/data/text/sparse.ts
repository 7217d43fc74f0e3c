import * as tf from '@tensorflow/tfjs';
import { assertInteger } from '../../core/index.ts';
import { DISPLAY, type Displayable } from '../../display/channel.ts';
import { printsAsText } from '../../display/printed.ts';

/** A table of numbers of which nearly all are 0: only the others are kept, row by row. */
export interface SparseRows extends Displayable {
  readonly shape: readonly [rows: number, columns: number];
  /** The name of each column. */
  readonly features: readonly string[];
  /** Row `i` holds the entries from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Int32Array;
  /** The column of each entry, rising within a row, and its value. */
  readonly columns: Int32Array;
  readonly values: Float64Array;
  /** The entries of one row by name, the greatest first. */
  row(position: number): Record<string, number>;
  /** All numbers, the zeros too. */
  toArray(): number[][];
  /** float32, (rows, columns). The caller disposes it. */
  tensor(): tf.Tensor2D;
  /** A new table of the rows at these positions. */
  take(positions: readonly number[]): SparseRows;
}

/** One row: column numbers, each once, with their values. */
export type SparseRow = ReadonlyMap<number, number>;

export function sparseRows(rows: readonly SparseRow[], features: readonly string[]): SparseRows {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    starts[i + 1] = starts[i]! + row.size;
  });
  const columns = new Int32Array(starts[rows.length]!);
  const values = new Float64Array(columns.length);
  let entry = 0;
  for (const row of rows)
    for (const column of Int32Array.from(row.keys()).sort()) {
      columns[entry] = column;
      values[entry++] = row.get(column)!;
    }
  const shape = [rows.length, features.length] as const;
  const dense = (numbers: Float32Array | Float64Array) => {
    for (let i = 0; i < rows.length; i++)
      for (let e = starts[i]!; e < starts[i + 1]!; e++) numbers[i * features.length + columns[e]!] = values[e]!;
    return numbers;
  };
  const entries = (position: number) => {
    assertInteger('row(position)', position, { min: 0, max: rows.length - 1 });
    return [...rows[position]!]
      .map(([column, value]) => [features[column]!, value] as const)
      .sort(([, a], [, b]) => b - a);
  };
  const table = {
    shape,
    features,
    starts,
    columns,
    values,
    row: (position: number) => Object.fromEntries(entries(position)),
    toArray: () => {
      const numbers = dense(new Float64Array(rows.length * features.length));
      return rows.map((_, i) => Array.from(numbers.subarray(i * features.length, (i + 1) * features.length)));
    },
    tensor: () => tf.tensor2d(dense(new Float32Array(rows.length * features.length)) as Float32Array, [...shape]),
    take: (positions: readonly number[]) => {
      for (const position of positions) assertInteger('take(positions)', position, { min: 0, max: rows.length - 1 });
      return sparseRows(
        positions.map(position => rows[position]!),
        features,
      );
    },
  };
  const share = values.length / Math.max(1, rows.length * features.length);
  Object.defineProperty(table, DISPLAY, {
    value: () => ({
      'text/plain': `${rows.length.toLocaleString('en')} rows × ${features.length.toLocaleString('en')} columns; ${(100 * share).toFixed(1)} % of the numbers are not 0`,
    }),
  });
  return printsAsText(table as unknown as SparseRows);
}
