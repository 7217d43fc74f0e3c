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
  mismatch,
  type Prepared,
} from '../core/index.ts';
import { assertComplete, assertFrame, assertRows } from './assert.ts';
import { type Encoder, fitNumber, fitOneHot } from './encode.ts';
import { frameLike } from './frame.ts';
import { labels } from './matrix.ts';
import { missingPositions } from './missing.ts';
import type { Scale } from './scale.ts';
import { fitTarget, type TargetValues } from './target.ts';

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
  /**
   * How to scale a target of numbers, so that a model learns it at an ordinary learning rate; `inverseTarget` goes back.
   * Default 'none'.
   */
  scaleTarget?: 'standardise' | 'min-max' | 'none';
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
  /** How a target of numbers is scaled; an error of 1 is `targetScale.spread` in the unit of before. */
  readonly targetScale: Scale | undefined;
  /** From `x`, (rows, width), back to a frame in the units of before. */
  inverse(x: tf.Tensor2D | readonly (readonly number[])[]): DataFrame;
  /** From `y` or predictions of it, (rows) or (rows, 1), back to numbers in the unit of before. */
  inverseTarget(y: TargetValues): number[];
}

/**
 * Learns from the training part how to turn a frame into tensors: scales numbers, encodes names.
 *
 * @example
 * const prepare = data.fitPreparation(fitting, { numeric: 'standardise', categorical: 'one-hot', target: 'species' });
 * const { x, y } = prepare(test);
 *
 * @example
 * const prepare = data.fitPreparation(fitting, { target: 'body_mass_g', scaleTarget: 'standardise' });
 * const { predictions } = await train.evaluate(model, prepare(test));
 * const grams = prepare.inverseTarget(predictions);
 */
export function fitPreparation(frame: DataFrame, options: PreparationOptions): Preparation {
  assertRows('fitPreparation(frame)', frame);
  const known = ['numeric', 'categorical', 'target', 'features', 'task', 'scaleTarget'];
  assertKeys('fitPreparation(frame, options)', options, known);
  const { numeric = 'standardise', categorical = 'one-hot', target } = options;
  assertOneOf('fitPreparation({ numeric })', numeric, ['standardise', 'min-max', 'none'] as const);
  assertOneOf('fitPreparation({ categorical })', categorical, ['one-hot'] as const);
  if (target !== undefined) columnIndex('fitPreparation({ target })', frame, target);

  const encoders = featureColumns(frame, options).map(column => fitEncoder(frame, column, numeric));
  const features = encoders.flatMap(encoder => encoder.features);
  const coder = fitTarget(frame, options);

  const prepare = (source: DataFrame): Prepared => {
    assertFrame('prepare(frame)', source);
    const x = encodeAll(source, encoders, features.length);
    const y = coder.encode(source);
    return {
      x,
      ...(y && { y }),
      ...(coder.classes && { classes: [...coder.classes] }),
      features: [...features],
      dispose: () => tf.dispose(y ? [x, y] : x),
    };
  };
  const inverse = (x: tf.Tensor2D | readonly (readonly number[])[]) => decodeAll(frame, encoders, features.length, x);
  return Object.assign(prepare, {
    width: features.length,
    features,
    classes: coder.classes,
    targetScale: coder.scale,
    inverse,
    inverseTarget: coder.decode,
  });
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
