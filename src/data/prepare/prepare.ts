import type * as tf from '@tensorflow/tfjs';
import type { DataFrame } from 'danfojs-node';
import { assertKeys, assertOneOf, columnIndex, describe, mismatch, type Prepared } from '../../core/index.ts';
import { assertRows } from '../assert.ts';
import {
  type CategoryEncoding,
  type ColumnEncoding,
  type Encoding,
  fitEncoding,
  type NumberEncoding,
  type UnknownPolicy,
} from './encoding.ts';
import { preparation, type SavedPreparation } from './preparation.ts';
import { SCALING_KINDS, type Scale } from './scale.ts';
import { fitTarget, type TargetValues } from './target.ts';

export interface PreparationOptions {
  /** How to scale columns of numbers. Default 'standardise'. */
  numeric?: NumberEncoding;
  /**
   * How to turn all other columns into numbers. 'one-hot': a column of 0 and 1 for each value; 'ordinal': 0, 1, 2, … in
   * order of their names, for trees, or where `encode` gives their order. Default 'one-hot'.
   */
  categorical?: CategoryEncoding;
  /** What single columns need instead: `{ passengerClass: { kind: 'ordinal', order: ['3rd', '2nd', '1st'] } }`. */
  encode?: Readonly<Record<string, ColumnEncoding>>;
  /** A value that the training part does not have is an error, or no category at all. Default 'refuse'. */
  unknown?: UnknownPolicy;
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
  scaleTarget?: NumberEncoding;
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
  /** Plain data, for `JSON.stringify`; `data.restorePreparation` makes it work again. */
  toJSON(): SavedPreparation;
  /** Writes it into a file, to be kept beside the model; `data.loadPreparation` reads it. */
  save(path: string): Promise<void>;
}

const OPTIONS = ['numeric', 'categorical', 'encode', 'unknown', 'target', 'features', 'task', 'scaleTarget'];
const NUMBERS = [...SCALING_KINDS, 'none'] as const satisfies readonly NumberEncoding[];
const CATEGORIES = ['one-hot', 'ordinal'] as const satisfies readonly CategoryEncoding[];

/**
 * Learns from the training part how to turn a frame into tensors: scales numbers, encodes names.
 *
 * Throws on missing values, on columns that hold texts rather than categories, and where options and columns do not fit.
 *
 * @example
 * const penguins = data.dropMissing(await data.load('penguins'));
 * const { train: fitting, test } = data.split(penguins, { test: 0.2, stratify: 'species', seed: 1 });
 * const prepare = data.fitPreparation(fitting, { numeric: 'standardise', categorical: 'one-hot', target: 'species' });
 * const { x, y } = prepare(test);
 *
 * @example
 * const penguins = data.dropMissing(await data.load('penguins'));
 * const prepare = data.fitPreparation(penguins, { target: 'body_mass_g', scaleTarget: 'standardise' });
 * const { y } = prepare(penguins);
 * const grams = prepare.inverseTarget(y!);
 */
export function fitPreparation(frame: DataFrame, options: PreparationOptions): Preparation {
  assertRows('fitPreparation(frame)', frame);
  assertKeys('fitPreparation(frame, options)', options, OPTIONS);
  const { numeric = 'standardise', categorical = 'one-hot', unknown = 'refuse', target, encode = {} } = options;
  assertOneOf('fitPreparation({ numeric })', numeric, NUMBERS);
  assertOneOf('fitPreparation({ categorical })', categorical, CATEGORIES);
  assertOneOf('fitPreparation({ unknown })', unknown, ['refuse', 'ignore'] as const);
  if (target !== undefined) columnIndex('fitPreparation({ target })', frame, target);

  const columns = featureColumns(frame, options);
  assertEncode(encode, columns);
  const encodings = columns.map(
    (column): Encoding => fitEncoding(frame, column, encode[column], { numeric, categorical, unknown }),
  );
  return preparation(encodings, fitTarget(frame, options));
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

function assertEncode(encode: NonNullable<PreparationOptions['encode']>, columns: readonly string[]): void {
  assertKeys('fitPreparation({ encode })', encode, columns);
  for (const [column, wanted] of Object.entries(encode)) {
    const where = `fitPreparation({ encode: { ${column} } })`;
    if (typeof wanted !== 'object') {
      assertOneOf(where, wanted, [...NUMBERS, ...CATEGORIES, 'date'] as const);
      continue;
    }
    assertKeys(where, wanted, ['kind', 'order']);
    assertOneOf(where, wanted.kind, ['ordinal'] as const);
    if (!Array.isArray(wanted.order) || new Set(wanted.order).size !== wanted.order.length)
      throw mismatch({ where, expected: 'an order of different values', received: describe(wanted.order) });
  }
}
