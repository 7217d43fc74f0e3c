import * as tf from '@tensorflow/tfjs';
import { assertKeys, assertNumber, assertOneOf } from '../core/index.ts';

/**
 * Keeps steps from being too large: 'norm' shortens the gradient of all weights together to a length of at most `max`
 * and keeps its direction (Pascanu et al., 2013); 'value' cuts each number of it to −max … max.
 */
export type Clip = { kind: 'norm'; max: number } | { kind: 'value'; max: number };

export function assertClip(where: string, clip: Clip): void {
  assertKeys(where, clip, ['kind', 'max']);
  assertOneOf(`${where}.kind`, clip.kind, ['norm', 'value'] as const);
  assertNumber(`${where}.max`, clip.max, { min: 0, aboveMin: true });
}

/**
 * The gradients, clipped, as new tensors; the given ones stay.
 *
 * @example
 * const { gradients } = train.gradients(models.linear({ inputs: 1, seed: 1 }), { x: tf.ones([2, 1]), y: tf.ones([2]) });
 * const shorter = train.clipGradients(gradients, { kind: 'norm', max: 1 });
 */
export function clipGradients(gradients: tf.NamedTensorMap, clip: Clip): Record<string, tf.Tensor> {
  assertClip('train.clipGradients(gradients, clip)', clip);
  return tf.tidy(() => {
    const entries = Object.entries(gradients);
    if (clip.kind === 'value')
      return Object.fromEntries(
        entries.map(([name, gradient]) => [name, gradient.clipByValue(-clip.max, clip.max)]),
      ) as Record<string, tf.Tensor>;
    const norm = gradientNorm(gradients);
    const factor = norm > clip.max ? clip.max / norm : 1;
    return Object.fromEntries(entries.map(([name, gradient]) => [name, gradient.mul(factor)])) as Record<
      string,
      tf.Tensor
    >;
  });
}

/** The length of all gradients together, as of one long vector. */
export function gradientNorm(gradients: tf.NamedTensorMap): number {
  return tf.tidy(() => {
    const squares = Object.values(gradients).map(gradient => gradient.square().sum());
    return Math.sqrt(tf.addN(squares).dataSync()[0]!);
  });
}
