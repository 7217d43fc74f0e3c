import { createHash } from 'node:crypto';
import type * as tf from '@tensorflow/tfjs';
import { LearnableError } from '../../core/index.ts';
import type { Examples } from '../examples.ts';

/** What must be the same for a run to go on where another left: by name, in words. */
export type Identity = Record<string, string>;

/** The shapes of a model's weights, in words. */
export function describeWeights(model: tf.LayersModel): string {
  return model.weights.map(({ originalName, shape }) => `${originalName} [${shape.join(', ')}]`).join(', ');
}

/** A checksum of all numbers. */
export function describeExamples({ x, target, weights }: Examples): string {
  const hash = createHash('sha256');
  for (const tensor of [x, target, ...(weights ? [weights] : [])]) {
    const values = tensor.dataSync();
    hash
      .update(JSON.stringify(tensor.shape))
      .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return `${x.shape[0]} rows ${hash.digest('hex').slice(0, 16)}`;
}

/** Options in words; of functions only that they are there. */
export function describeOption(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'function' ? 'a function' : inner)) ?? 'none';
}

/** Throws on the first thing that is not the same. */
export function assertSame(file: string, saved: Identity, wanted: Identity): void {
  for (const [name, value] of Object.entries(wanted)) {
    if (saved[name] === value) continue;
    throw new LearnableError(
      `train.fit({ resume }): the checkpoint ${file} is of another run. Its ${name}: ${saved[name] ?? 'none'}; here: ${value}.`,
      { hint: 'Give the same model, data and options as then, or another folder.' },
    );
  }
}
