import type { Tensor } from '@tensorflow/tfjs';
import {
  describe,
  type Features,
  isTensor,
  type Label,
  type LearnableError,
  mismatch,
  type NamedDense,
  numberedNames,
  type Rows,
  readFeatures,
  readTensor,
} from '../core/index.ts';

/**
 * What a supervised model learns from: `prepare(frame)`, or rows and their targets. `y`: names, class numbers or numbers
 * to predict, one a row; as a tensor (rows), (rows, 1), or one-hot (rows, classes).
 */
export interface Examples {
  readonly x: Rows;
  readonly y?: Tensor | ArrayLike<Label>;
  /** The name of each class, by its number. */
  readonly classes?: readonly string[];
  readonly features?: readonly string[];
}

/**
 * What a classifier of such data predicts: names where `classes` gives them or `y` holds them, numbers where `y` holds
 * numbers, either where only the run knows, as with `prepare(frame)`.
 */
export type LabelOf<Data> = Data extends { readonly classes: ArrayLike<string> }
  ? string
  : Data extends { readonly y: ArrayLike<infer L extends Label> }
    ? L
    : Label;

/** Rows with the place of each one's class in `classes`, the classes that occur, in order. */
export interface ClassExamples {
  x: NamedDense & { features: readonly string[] };
  codes: Int32Array;
  classes: readonly Label[];
}

export function readClassExamples(where: string, data: Examples): ClassExamples {
  const x = readNamed(where, data);
  const labels = readLabels(where, data, x.rows);
  const classes = data.classes ? data.classes.filter(name => labels.includes(name)) : inOrder(labels);
  if (classes.length < 2)
    throw mismatch({
      where: `${where}: y`,
      expected: 'at least 2 classes',
      received: `1 alone: ${describe(classes[0])}`,
      hint: 'There is nothing to tell apart: look how the rows were chosen; data.split has stratify.',
    });
  const placeOf = new Map<Label, number>(classes.map((label, place) => [label, place]));
  return { x, codes: Int32Array.from(labels, label => placeOf.get(label)!), classes };
}

export interface NumberExamples {
  x: NamedDense & { features: readonly string[] };
  y: Float64Array;
}

export function readNumberExamples(where: string, data: Examples): NumberExamples {
  const x = readNamed(where, data);
  return { x, y: readNumbers(where, data, x.rows) };
}

function readNamed(where: string, data: Examples): NamedDense & { features: readonly string[] } {
  if (data === null || typeof data !== 'object' || !('x' in data))
    throw mismatch({
      where,
      expected: 'prepare(frame), or rows and targets as { x, y }',
      received: describe(data),
      hint: isTensor(data) || Array.isArray(data) ? 'Rows alone have nothing to learn: add y.' : undefined,
    });
  const x = readFeatures(`${where}: x`, data as Features);
  return { ...x, features: x.features ?? numberedNames(x.columns) };
}

/** The numbers to predict, one a row. */
export function readNumbers(where: string, data: Examples, rows: number): Float64Array {
  const values = readTarget(where, data, rows);
  const text = Array.from(values).find(value => typeof value === 'string');
  if (text !== undefined || data.classes)
    throw mismatch({
      where: `${where}: y`,
      expected: 'numbers to predict',
      received: text === undefined ? `classes: ${data.classes!.join(', ')}` : `names such as ${describe(text)}`,
      hint: 'For classes there are supervised.logistic, softmax, naiveBayes, knn and tree.',
    });
  for (let i = 0; i < rows; i++)
    if (!Number.isFinite(values[i])) throw notAsExpected(where, 'finite numbers', values[i], i);
  return Float64Array.from(values as ArrayLike<number>);
}

/** The class of each row: its name where there are names, its number otherwise. */
export function readLabels(where: string, data: Examples, rows: number): Label[] {
  const { classes } = data;
  const values = Array.from(readTarget(where, data, rows));
  const isNames = typeof values[0] === 'string';
  const known = classes && new Set(classes);
  return values.map((value, i) => {
    if (typeof value !== (isNames ? 'string' : 'number'))
      throw notAsExpected(where, 'all names or all numbers', value, i);
    if (typeof value === 'string') {
      if (!known || known.has(value)) return value;
      throw notAsExpected(where, `one of the classes ${classes!.join(', ')}`, value, i);
    }
    if (!Number.isInteger(value))
      throw notAsExpected(
        where,
        'class numbers or names',
        value,
        i,
        "For numbers to predict there are supervised.linear and ridge, and { task: 'regression' } of knn and tree.",
      );
    if (!classes) return value;
    return classes[value] ?? fail(notAsExpected(where, `class numbers from 0 to ${classes.length - 1}`, value, i));
  });
}

/** One value a row; one-hot rows become class numbers. */
function readTarget(where: string, { y }: Examples, rows: number): ArrayLike<Label> {
  if (y === undefined || y === null)
    throw mismatch({
      where: `${where}: y`,
      expected: 'a target for each row',
      received: 'none',
      hint: "Prepare the data with one: data.fitPreparation(frame, { target: 'species', … }).",
    });
  const values = isTensor(y) ? fromTensor(where, y) : y;
  if (typeof values !== 'object' || typeof values.length !== 'number')
    throw mismatch({
      where: `${where}: y`,
      expected: 'a list with one target a row',
      received: describe(y),
      hint: 'The values of a column: data.labels(frame, name) or data.column(frame, name).',
    });
  if (values.length === rows) return values;
  throw mismatch({
    where: `${where}: y`,
    expected: `${rows} targets, as x has that many rows`,
    received: `${values.length}`,
  });
}

function fromTensor(where: string, y: Tensor): ArrayLike<number> {
  const values = readTensor(`${where}: y`, y);
  const width = y.rank === 2 ? y.shape[1]! : 1;
  if (y.rank === 1 || width === 1) return values;
  const codes = y.rank === 2 ? oneHotCodes(values, width) : undefined;
  if (codes) return codes;
  throw mismatch({
    where: `${where}: y`,
    expected: 'a tensor of shape [rows], [rows, 1], or one-hot [rows, classes]',
    received: y.rank === 2 ? `${describe(y)} that is not one-hot` : describe(y),
  });
}

/** The place of the 1 in each row; undefined unless each row has one 1 and zeros. */
function oneHotCodes(values: ArrayLike<number>, width: number): Int32Array | undefined {
  const codes = new Int32Array(values.length / width).fill(-1);
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue;
    const row = Math.floor(i / width);
    if (values[i] !== 1 || codes[row] !== -1) return undefined;
    codes[row] = i % width;
  }
  return codes.includes(-1) ? undefined : codes;
}

function inOrder(labels: readonly Label[]): Label[] {
  const distinct = [...new Set(labels)];
  return typeof distinct[0] === 'number' ? (distinct as number[]).sort((a, b) => a - b) : distinct.sort();
}

function notAsExpected(where: string, expected: string, value: unknown, position: number, hint?: string) {
  return mismatch({ where: `${where}: y`, expected, received: `${describe(value)} at position ${position}`, hint });
}

function fail(error: LearnableError): never {
  throw error;
}
