import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertOneOf, describe, mismatch, random } from '../core/index.ts';
import { type AugmentOptions, assertAugment, augment } from './images/augment.ts';
import type { ImageSet } from './images/image-set.ts';
import { isImageSet } from './parts/source.ts';

export interface BatchOptions {
  /** How many examples a batch has. Default 32. */
  batchSize?: number;
  /** How often all examples come. Default 1. */
  epochs?: number;
  /** A new order in each epoch. Default true. */
  shuffle?: boolean;
  /** Of the order, and of the changes to pictures. Default 0. */
  seed?: number;
  /** The last batch of an epoch, if it is smaller: give it, or leave it out. Default 'keep'. */
  last?: 'keep' | 'drop';
}

export interface ImageBatchOptions extends BatchOptions {
  /** Changes each picture a little, anew in each epoch. */
  augment?: Omit<AugmentOptions, 'seed'>;
}

export interface Batch<X extends tf.Tensor = tf.Tensor, Y extends tf.Tensor | undefined = tf.Tensor | undefined> {
  /** (batch, …) */
  x: X;
  y: Y;
  /** From 1. */
  epoch: number;
  /** From 1 in each epoch. */
  batch: number;
  /** How many there are in each epoch. */
  batches: number;
  /** Which examples these are. */
  positions: number[];
  dispose(): void;
}

/** What a preparation gives, or any tensors with a row for each example. */
export interface BatchSource<X extends tf.Tensor, Y extends tf.Tensor | undefined> {
  x: X;
  y?: Y;
}

/**
 * Goes through tensors or an image set in batches, for a training loop of your own. Disposing each batch is up to the
 * caller. Pictures become tensors batch by batch: the whole set never has to.
 *
 * @example
 * const { train: fitting } = await data.load('fashion-mnist');
 * for (const { x, y, dispose } of data.batches(fitting.take([0, 1, 2, 3]), { batchSize: 2, seed: 1, augment: { shift: 0.1 } })) {
 *   // x: (2, 28, 28, 1), y: (2); one step of training
 *   dispose();
 * }
 */
export function batches(
  images: ImageSet,
  options?: ImageBatchOptions,
): Generator<Batch<tf.Tensor4D, tf.Tensor1D>, void>;
export function batches<X extends tf.Tensor, Y extends tf.Tensor | undefined = undefined>(
  tensors: BatchSource<X, Y>,
  options?: BatchOptions,
): Generator<Batch<X, Y>, void>;
export function* batches(
  source: ImageSet | BatchSource<tf.Tensor, tf.Tensor | undefined>,
  options: ImageBatchOptions = {},
): Generator<Batch, void> {
  const known = ['batchSize', 'epochs', 'shuffle', 'seed', 'last', ...(isImageSet(source) ? ['augment'] : [])];
  assertKeys('batches(source, options)', options, known);
  const { batchSize = 32, epochs = 1, shuffle = true, seed = 0, last = 'keep' } = options;
  assertInteger('batches({ batchSize })', batchSize, { min: 1 });
  assertInteger('batches({ epochs })', epochs, { min: 1 });
  assertOneOf('batches({ last })', last, ['keep', 'drop'] as const);
  if (options.augment) assertAugment('batches({ augment })', options.augment);
  const take = takerOf(source, options.augment);
  const count = countOf(source);
  const generator = random(seed);
  const order = generator.derive('order');
  const total = last === 'keep' ? Math.ceil(count / batchSize) : Math.floor(count / batchSize);
  if (total === 0)
    throw mismatch({
      where: 'batches({ batchSize })',
      expected: `at most ${count} examples a batch, as the last is dropped`,
      received: String(batchSize),
    });
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rows = shuffle ? order.permutation(count) : Array.from({ length: count }, (_, row) => row);
    for (let batch = 1; batch <= total; batch++) {
      const positions = rows.slice((batch - 1) * batchSize, batch * batchSize);
      const { x, y } = take(positions, generator.derive(`${epoch} ${batch}`).seed());
      yield { x, y, epoch, batch, batches: total, positions, dispose: () => tf.dispose(y ? [x, y] : x) };
    }
  }
}

type Take = (positions: number[], seed: number) => { x: tf.Tensor; y: tf.Tensor | undefined };

function takerOf(
  source: ImageSet | BatchSource<tf.Tensor, tf.Tensor | undefined>,
  change: AugmentOptions | undefined,
): Take {
  if (isImageSet(source))
    return (positions, seed) => {
      const taken = source.take(positions);
      return (change ? augment(taken, { ...change, seed }) : taken).prepare();
    };
  const { x, y } = source;
  const rows = (tensor: tf.Tensor, positions: number[]) =>
    tf.tidy(() => tensor.gather(tf.tensor1d(positions, 'int32')));
  return positions => ({ x: rows(x, positions), y: y && rows(y, positions) });
}

function countOf(source: ImageSet | BatchSource<tf.Tensor, tf.Tensor | undefined>): number {
  if (isImageSet(source)) return source.count;
  const { x, y } = (source ?? {}) as Partial<BatchSource<tf.Tensor, tf.Tensor | undefined>>;
  if (!(x instanceof tf.Tensor))
    throw mismatch({
      where: 'batches(source)',
      expected: 'an image set, or tensors { x, y }',
      received: describe(source),
      hint: 'A preparation makes them of a frame: data.batches(prepare(fitting)).',
    });
  const count = x.shape[0] ?? 0;
  if (y && y.shape[0] !== count)
    throw mismatch({
      where: 'batches({ x, y })',
      expected: `${count} rows in y, as in x`,
      received: String(y.shape[0]),
    });
  if (count === 0) throw mismatch({ where: 'batches({ x })', expected: 'at least one row', received: 'none' });
  return count;
}
