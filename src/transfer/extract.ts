import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {
  assertInteger,
  assertKeys,
  describe,
  LearnableError,
  longTask,
  mismatch,
  writeFileAtomically,
} from '../core/index.ts';
import type { Backbone } from './backbone.ts';

export interface ExtractOptions {
  /** Examples at once. Default 16. */
  batchSize?: number;
  /** A folder in which features are kept: the same examples of the same backbone are computed once. */
  cache?: string;
  /** Ends it at the next batch, by an error. A notebook's stop button does it too. */
  signal?: AbortSignal;
}

/**
 * The features of many examples: the slow part of transfer learning, done once.
 *
 * x: float32 (rows, …) as the backbone's input, or pictures of another size. Returns float32 (rows, features); the caller
 * disposes both.
 *
 * @example
 * const backbone = await transfer.nanodet({ size: 64 });
 * const features = await transfer.extract(backbone, tf.ones([3, 32, 32, 3]));
 */
export async function extract(backbone: Backbone, x: tf.Tensor, options: ExtractOptions = {}): Promise<tf.Tensor2D> {
  const where = 'transfer.extract(backbone, x)';
  assertKeys('transfer.extract(backbone, x, options)', options, ['batchSize', 'cache', 'signal']);
  const { batchSize = 16, cache } = options;
  assertInteger('transfer.extract({ batchSize })', batchSize, { min: 1 });
  const [rows = 0, ...shape] = x.shape;
  if (rows === 0 || shape.length !== backbone.input.length || shape.at(-1) !== backbone.input.at(-1))
    throw mismatch({
      where,
      expected: `at least one example like [${backbone.input.join(', ')}], the last number the same`,
      received: describe(x),
      hint: shape.at(-1) === 1 ? 'Give grey pictures three channels: x.tile([1, 1, 1, 3]).' : undefined,
    });
  const file = cache === undefined ? undefined : path.join(cache, `${keyOf(backbone, x)}.features`);
  const kept = file && (await readKept(file, rows * backbone.features));
  if (kept) return tf.tensor2d(kept, [rows, backbone.features]);

  const features = new Float32Array(rows * backbone.features);
  await longTask(`features of ${backbone.name}`, rows, options.signal, async tick => {
    for (let first = 0; first < rows; first += batchSize) {
      const found = tf.tidy(() => backbone.extract(x.slice(first, Math.min(batchSize, rows - first))).dataSync());
      features.set(found, first * backbone.features);
      const done = Math.min(rows, first + batchSize);
      if ((await tick(done)) && done < rows)
        throw new LearnableError(`${where}: it was stopped after ${done} of ${rows} examples.`);
    }
  });
  if (file) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomically(file, new Uint8Array(features.buffer));
  }
  return tf.tensor2d(features, [rows, backbone.features]);
}

/** Of the backbone and every number of the examples. */
function keyOf(backbone: Backbone, x: tf.Tensor): string {
  const hash = createHash('sha256').update(`${backbone.name} ${backbone.features} ${x.shape}`);
  return hash
    .update(new Uint8Array(Float32Array.from(x.dataSync()).buffer))
    .digest('hex')
    .slice(0, 32);
}

/** A file that is cut off, or not there, is none. */
async function readKept(file: string, count: number): Promise<Float32Array | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  return bytes?.length === 4 * count ? new Float32Array(Uint8Array.from(bytes).buffer) : undefined;
}
