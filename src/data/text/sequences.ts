import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertOneOf, mismatch, random } from '../../core/index.ts';

export interface PadOptions {
  /** Default: that of the longest sequence. Longer ones are cut. */
  length?: number;
  /** What short sequences are filled with. Default 0. */
  value?: number;
  /** Where they are filled. Default 'end'. */
  side?: 'start' | 'end';
  /** Where long ones are cut. Default 'end'. */
  cut?: 'start' | 'end';
}

/**
 * Sequences of one length: short ones are filled up, long ones cut.
 *
 * @example tf.tensor2d(data.text.pad([[5, 6], [7, 8, 9, 4]], { length: 3 }), [2, 3], 'int32')  // [[5, 6, 0], [7, 8, 9]]
 */
export function pad(sequences: readonly (readonly number[])[], options: PadOptions = {}): number[][] {
  assertKeys('pad(sequences, options)', options, ['length', 'value', 'side', 'cut']);
  const longest = sequences.reduce((most, { length }) => Math.max(most, length), 0);
  const { length = longest, value = 0, side = 'end', cut = 'end' } = options;
  assertInteger('pad({ length })', length, { min: 0 });
  assertOneOf('pad({ side })', side, ['start', 'end'] as const);
  assertOneOf('pad({ cut })', cut, ['start', 'end'] as const);
  return sequences.map(sequence => {
    const kept = cut === 'end' ? sequence.slice(0, length) : sequence.slice(Math.max(0, sequence.length - length));
    const fill = new Array<number>(length - kept.length).fill(value);
    return side === 'end' ? [...kept, ...fill] : [...fill, ...kept];
  });
}

export interface WindowOptions {
  /** How many tokens a window has. */
  length: number;
  /** How far apart windows begin. Default: their length, so that they do not overlap. */
  stride?: number;
}

/**
 * Windows of a long sequence to learn its next token from: each target is the input one place further on. What is left
 * at the end and fills no window is dropped.
 *
 * @example data.text.windows([1, 2, 3, 4, 5], { length: 2 })  // inputs [[1, 2], [3, 4]], targets [[2, 3], [4, 5]]
 */
export function windows(ids: ArrayLike<number>, options: WindowOptions): { inputs: number[][]; targets: number[][] } {
  assertKeys('windows(ids, options)', options, ['length', 'stride']);
  const { length, stride = length } = options;
  assertInteger('windows({ length })', length, { min: 1 });
  assertInteger('windows({ stride })', stride, { min: 1 });
  const all = Array.from(ids);
  const starts: number[] = [];
  for (let start = 0; start + length < all.length; start += stride) starts.push(start);
  return {
    inputs: starts.map(start => all.slice(start, start + length)),
    targets: starts.map(start => all.slice(start + 1, start + length + 1)),
  };
}

export interface WindowBatchOptions {
  /** How many tokens a window has. */
  length: number;
  /** How many windows a batch has. Default 32. */
  batchSize?: number;
  /** How many batches to give. */
  steps: number;
  /** Default 0. */
  seed?: number;
}

export interface WindowBatch {
  /** int32, (batch, length). */
  x: tf.Tensor2D;
  /** int32, (batch, length): the token after each. */
  y: tf.Tensor2D;
  /** From 1. */
  step: number;
  dispose(): void;
}

/**
 * Batches of windows that begin anywhere in a long sequence, for training a language model: in a book of a million
 * characters no epoch has to end. Disposing each batch is up to the caller.
 *
 * @example
 * for (const { x, y, dispose } of data.text.windowBatches([1, 2, 3, 4, 5, 6], { length: 3, batchSize: 2, steps: 2, seed: 1 })) {
 *   // one step of training on x and y
 *   dispose();
 * }
 */
export function* windowBatches(ids: ArrayLike<number>, options: WindowBatchOptions): Generator<WindowBatch, void> {
  assertKeys('windowBatches(ids, options)', options, ['length', 'batchSize', 'steps', 'seed']);
  const { length, batchSize = 32, steps, seed = 0 } = options;
  assertInteger('windowBatches({ length })', length, { min: 1 });
  assertInteger('windowBatches({ batchSize })', batchSize, { min: 1 });
  assertInteger('windowBatches({ steps })', steps, { min: 0 });
  if (ids.length <= length)
    throw mismatch({
      where: 'windowBatches(ids)',
      expected: `more than ${length} tokens, the length of a window`,
      received: String(ids.length),
    });
  const all = Int32Array.from(ids);
  const generator = random(seed);
  for (let step = 1; step <= steps; step++) {
    const [inputs, targets] = [new Int32Array(batchSize * length), new Int32Array(batchSize * length)];
    for (let row = 0; row < batchSize; row++) {
      const start = generator.integer(0, all.length - length);
      inputs.set(all.subarray(start, start + length), row * length);
      targets.set(all.subarray(start + 1, start + length + 1), row * length);
    }
    const x = tf.tensor2d(inputs, [batchSize, length], 'int32');
    const y = tf.tensor2d(targets, [batchSize, length], 'int32');
    yield { x, y, step, dispose: () => tf.dispose([x, y]) };
  }
}
