import * as tf from '@tensorflow/tfjs';
import type { DataFrame } from 'danfojs-node';
import {
  assertKeys,
  assertOneOf,
  assertShape,
  columnIndex,
  columnNumbers,
  columnValues,
  describe,
  isMissing,
  kindOf,
  LearnableError,
  mismatch,
  type Prepared,
} from '../core/index.ts';
import { assertComplete, assertFrame, assertRows } from './assert.ts';
import { type Encoder, fitNumber, fitOneHot } from './encode.ts';
import { frameLike } from './frame.ts';
import { labels } from './matrix.ts';
import { missingPositions } from './missing.ts';

export interface PreparationOptions {
  /** How to scale columns of numbers. Default 'standardise'. */
  numeric?: 'standardise' | 'min-max' | 'none';
  /** How to turn all other columns into numbers. Default 'one-hot': a column of 0 and 1 for each value. */
  categorical?: 'one-hot';
  /** The column to predict; without one, `y` is left out. */
  target?: string;
  /** The columns to predict from. Default: all but the target. */
  features?: readonly string[];
  /** Default: classification if the target holds names, regression if it holds numbers. */
  task?: 'classification' | 'regression';
}

/**
 * Turns a frame into tensors by what was learned from the training part. The caller disposes what it gives.
 * `x`: float32, (rows, width). `y`: int32 (rows) class numbers, or float32 (rows, 1); left out if the frame has no target.
 */
export interface Preparation {
  (frame: DataFrame): Prepared;
  /** How many columns `x` has: the `inputs` of a model. */
  readonly width: number;
  /** The name of each column of `x`, such as `body_mass_g` or `sex=female`. */
  readonly features: readonly string[];
  /** The names of the classes, by number; undefined in regression. */
  readonly classes: readonly string[] | undefined;
  /** From `x`, (rows, width), back to a frame in the units of before. */
  inverse(x: tf.Tensor2D | readonly (readonly number[])[]): DataFrame;
}

/**
 * Learns from the training part how to turn a frame into tensors: scales numbers, encodes names.
 *
 * @example
 * const prepare = data.fitPreparation(fitting, { numeric: 'standardise', categorical: 'one-hot', target: 'species' });
 * const { x, y } = prepare(test);
 */
export function fitPreparation(frame: DataFrame, options: PreparationOptions): Preparation {
  assertRows('fitPreparation(frame)', frame);
  assertKeys('fitPreparation(frame, options)', options, ['numeric', 'categorical', 'target', 'features', 'task']);
  const { numeric = 'standardise', categorical = 'one-hot', target } = options;
  assertOneOf('fitPreparation({ numeric })', numeric, ['standardise', 'min-max', 'none'] as const);
  assertOneOf('fitPreparation({ categorical })', categorical, ['one-hot'] as const);
  if (target !== undefined) columnIndex('fitPreparation({ target })', frame, target);

  const encoders = featureColumns(frame, options).map(column => fitEncoder(frame, column, numeric));
  const features = encoders.flatMap(encoder => encoder.features);
  const classes = target === undefined ? undefined : fitClasses(frame, target, options.task);

  const prepare = (source: DataFrame): Prepared => {
    assertFrame('prepare(frame)', source);
    const x = encodeAll(source, encoders, features.length);
    const y = encodeTarget(source, target, classes);
    return {
      x,
      ...(y && { y }),
      ...(classes && { classes: [...classes] }),
      features: [...features],
      dispose: () => tf.dispose(y ? [x, y] : x),
    };
  };
  const inverse = (x: tf.Tensor2D | readonly (readonly number[])[]) => decodeAll(frame, encoders, features.length, x);
  return Object.assign(prepare, { width: features.length, features, classes, inverse });
}

function featureColumns(frame: DataFrame, { features, target }: PreparationOptions): string[] {
  const where = 'fitPreparation({ features })';
  const columns = features ?? frame.columns.filter((column: string) => column !== target);
  for (const column of columns) columnIndex(where, frame, column);
  if (columns.length === 0) throw mismatch({ where, expected: 'at least one column', received: 'none' });
  if (target !== undefined && columns.includes(target))
    throw mismatch({
      where,
      expected: 'columns without the target',
      received: describe([...columns]),
      hint: `'${target}' is what the model shall predict: given the answer, it learns nothing.`,
    });
  return [...columns];
}

function fitEncoder(frame: DataFrame, column: string, numeric: 'standardise' | 'min-max' | 'none'): Encoder {
  const where = `fitPreparation('${column}')`;
  const kind = kindOf(columnValues(where, frame, column));
  assertComplete(where, frame, column, missingPositions(where, frame, column));
  if (kind === 'number') return fitNumber(column, columnNumbers(where, frame, column), numeric);
  return fitOneHot(where, column, labels(frame, column));
}

/** The classes in order of their names, or undefined if the target is a number to predict. */
function fitClasses(frame: DataFrame, target: string, task: PreparationOptions['task']): string[] | undefined {
  const where = `fitPreparation({ target: '${target}' })`;
  const values = columnValues(where, frame, target);
  assertComplete(where, frame, target, missingPositions(where, frame, target));
  const isNumber = kindOf(values) === 'number';
  if (task === 'regression' || (task === undefined && isNumber)) {
    columnNumbers(where, frame, target);
    return undefined;
  }
  const distinct = [...new Set(values)];
  if (distinct.length < 2)
    throw mismatch({ where, expected: 'at least 2 classes', received: `${distinct.length}: ${describe(distinct[0])}` });
  if (isNumber) return (distinct as number[]).sort((a, b) => a - b).map(String);
  return distinct.map(String).sort();
}

function encodeAll(frame: DataFrame, encoders: readonly Encoder[], width: number): tf.Tensor2D {
  const rows = frame.values.length;
  const numbers = new Float32Array(rows * width);
  let offset = 0;
  for (const encoder of encoders) {
    const values = columnValues(`prepare('${encoder.column}')`, frame, encoder.column);
    assertComplete(
      `prepare('${encoder.column}')`,
      frame,
      encoder.column,
      values.flatMap((value, position) => (isMissing(value) ? [position] : [])),
    );
    values.forEach((value, row) => {
      encoder.encode(value, numbers, row * width + offset);
    });
    offset += encoder.features.length;
  }
  return tf.tensor2d(numbers, [rows, width]);
}

function encodeTarget(
  frame: DataFrame,
  target: string | undefined,
  classes: readonly string[] | undefined,
): tf.Tensor | undefined {
  if (target === undefined || !frame.columns.includes(target)) return undefined;
  const where = `prepare('${target}')`;
  assertComplete(where, frame, target, missingPositions(where, frame, target));
  if (!classes) return tf.tensor2d(columnNumbers(where, frame, target), [frame.values.length, 1]);
  const numberOf = new Map(classes.map((name, number) => [name, number]));
  const numbers = labels(frame, target).map(name => {
    const number = numberOf.get(name);
    if (number !== undefined) return number;
    throw new LearnableError(
      `${where}: expected one of the classes ${classes.join(', ')}, received ${describe(name)}.`,
      { hint: 'The training part has no such class: split with stratify.' },
    );
  });
  return tf.tensor1d(numbers, 'int32');
}

function decodeAll(
  frame: DataFrame,
  encoders: readonly Encoder[],
  width: number,
  x: tf.Tensor2D | readonly (readonly number[])[],
): DataFrame {
  const rows = x instanceof tf.Tensor ? (x.arraySync() as number[][]) : x;
  for (const row of rows) assertShape('prepare.inverse(x)', { shape: [rows.length, row.length] }, [null, width]);
  const decoded = rows.map(row => {
    let offset = 0;
    return encoders.map(encoder => {
      const part = row.slice(offset, offset + encoder.features.length);
      offset += encoder.features.length;
      return encoder.decode(part);
    });
  });
  return frameLike(
    frame,
    encoders.map(encoder => encoder.column),
    decoded,
  );
}
