import type { Tensor } from '@tensorflow/tfjs';
import { describe, LearnableError, mismatch } from './errors.ts';
import { columnNumbers, isTable, type Table } from './table.ts';

/** Rows of numbers as a caller has them: a tensor (rows, columns), lists, typed arrays, or a frame of numbers alone. */
export type Rows = Tensor | readonly ArrayLike<number>[] | Table;

/** Rows to look at: bare, or with the names of their columns, as `prepare(frame)` gives them. */
export type Features = Rows | { readonly x: Rows; readonly features?: readonly string[] };

/** A matrix in one piece, row after row: what estimators compute on. */
export interface Dense {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** A matrix and the name of each of its columns, where somebody gave one. */
export interface NamedDense extends Dense {
  readonly features: readonly string[] | undefined;
}

/** A matrix of zeros. */
export function dense(rows: number, columns: number, values: Float64Array = new Float64Array(rows * columns)): Dense {
  return { values, rows, columns };
}

/** As a list of rows. */
export function toRows({ values, rows, columns }: Dense): number[][] {
  return Array.from({ length: rows }, (_, row) => Array.from(values.subarray(row * columns, (row + 1) * columns)));
}

/**
 * Reads what a caller gave into a matrix of its own. Refuses what has no rows, rows of different lengths, NaN and
 * infinities: one of them would spoil everything that is learned.
 */
export function readFeatures(where: string, input: Features): NamedDense {
  const { rows: given, features } = unwrap(where, input);
  const matrix = readRows(where, given);
  if (matrix.rows === 0) throw mismatch({ where, expected: 'at least one row', received: 'none' });
  if (matrix.columns === 0) throw mismatch({ where, expected: 'at least one number a row', received: 'none' });
  const names = features ?? (isTable(given) ? given.columns : undefined);
  if (names && names.length !== matrix.columns)
    throw mismatch({
      where: `${where}: features`,
      expected: `${matrix.columns} names, one for each column`,
      received: `${names.length}`,
    });
  assertAllFinite(where, matrix, names);
  return { ...matrix, features: names && [...names] };
}

/** Reads rows for a model that was fitted before, and refuses those that it was not made for. */
export function readFeaturesFor(where: string, input: Features, expected: readonly string[]): Dense {
  const matrix = readFeatures(where, input);
  if (matrix.columns !== expected.length)
    throw mismatch({
      where,
      expected: `rows of ${expected.length} numbers (${listNames(expected)}), as in fitting`,
      received: `rows of ${matrix.columns}`,
    });
  const other = matrix.features?.findIndex((name, place) => name !== expected[place]) ?? -1;
  if (other >= 0 && !isNumbered(expected))
    throw mismatch({
      where,
      expected: `'${expected[other]}' as column ${other}, as in fitting`,
      received: describe(matrix.features![other]),
      hint: 'Prepare both by the same preparation: the order of columns counts.',
    });
  return matrix;
}

/** x0, x1, …: names of columns that nobody named. */
export function numberedNames(count: number): string[] {
  return Array.from({ length: count }, (_, place) => `x${place}`);
}

function isNumbered(names: readonly string[]): boolean {
  return names.every((name, place) => name === `x${place}`);
}

function listNames(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 4).join(', ')}, …` : names.join(', ');
}

function unwrap(where: string, input: Features): { rows: Rows; features?: readonly string[] } {
  if (input === null || typeof input !== 'object') throw notRows(where, input);
  if (Array.isArray(input) || isTable(input) || isTensor(input) || !('x' in input)) return { rows: input as Rows };
  return { rows: input.x, features: input.features };
}

export function isTensor(value: unknown): value is Tensor {
  return value !== null && typeof value === 'object' && 'dataSync' in value && 'isDisposedInternal' in value;
}

/** The values of a tensor of the caller's, which stays the caller's. */
export function readTensor(where: string, tensor: Tensor): ArrayLike<number> {
  if (!tensor.isDisposed) return tensor.dataSync();
  throw new LearnableError(`${where}: the tensor was disposed before.`, {
    hint: 'Make it again, or move its dispose() behind this call.',
  });
}

function readRows(where: string, given: Rows): Dense {
  if (isTensor(given)) {
    if (given.rank !== 2)
      throw mismatch({
        where,
        expected: 'a tensor of shape [rows, columns]',
        received: describe(given),
        hint: given.rank > 2 ? 'Make one row of each example: x.reshape([x.shape[0], -1]).' : ONE_ROW,
      });
    const [rows, columns] = given.shape as [number, number];
    return dense(rows, columns, Float64Array.from(readTensor(where, given)));
  }
  if (isTable(given)) return fromTable(where, given);
  if (Array.isArray(given)) return fromLists(where, given);
  throw notRows(where, given);
}

const ONE_ROW = 'For one row, write a list of one: [row].';

function fromLists(where: string, given: readonly ArrayLike<number>[]): Dense {
  const columns = lengthOf(where, given[0] ?? [], 0);
  const matrix = dense(given.length, columns);
  let place = 0;
  for (let row = 0; row < given.length; row++) {
    const numbers = given[row]!;
    if (lengthOf(where, numbers, row) !== columns)
      throw mismatch({
        where,
        expected: `rows of ${columns} numbers, as the first one has`,
        received: `${numbers.length} in row ${row}`,
      });
    for (let column = 0; column < columns; column++) {
      const value: unknown = numbers[column];
      if (typeof value !== 'number')
        throw mismatch({ where, expected: 'numbers', received: `${describe(value)} in row ${row}, column ${column}` });
      matrix.values[place++] = value;
    }
  }
  return matrix;
}

function lengthOf(where: string, row: unknown, position: number): number {
  const isList = Array.isArray(row) || (ArrayBuffer.isView(row) && 'length' in row);
  if (isList) return (row as ArrayLike<number>).length;
  throw mismatch({
    where,
    expected: 'rows, each a list of numbers',
    received: `${describe(row)} as row ${position}`,
    hint: typeof row === 'number' ? ONE_ROW : undefined,
  });
}

function fromTable(where: string, table: Table): Dense {
  const columns = table.columns.map(name => columnNumbers(where, table, name));
  const matrix = dense(table.values.length, columns.length);
  columns.forEach((values, column) => {
    for (let row = 0; row < values.length; row++) matrix.values[row * columns.length + column] = values[row]!;
  });
  return matrix;
}

function notRows(where: string, value: unknown): LearnableError {
  return mismatch({
    where,
    expected: 'rows of numbers: a tensor of shape [rows, columns], a list of lists, or what prepare(frame) gives',
    received: value instanceof Promise ? 'a promise' : describe(value),
    hint: value instanceof Promise ? 'Write await before it.' : ArrayBuffer.isView(value) ? ONE_ROW : undefined,
  });
}

function assertAllFinite(where: string, { values, columns }: Dense, names: readonly string[] | undefined): void {
  let count = 0;
  let first = -1;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    if (count++ === 0) first = i;
  }
  if (count === 0) return;
  const name = names?.[first % columns];
  const place = `row ${Math.floor(first / columns)}, ${name === undefined ? `column ${first % columns}` : `'${name}'`}`;
  throw mismatch({
    where,
    expected: 'finite numbers',
    received: `${count} of ${values.length} that ${count === 1 ? 'is' : 'are'} not, the first one ${values[first]} in ${place}`,
    hint: 'Fill or drop missing values first: data.fitImputation(frame), data.dropMissing(frame).',
  });
}
