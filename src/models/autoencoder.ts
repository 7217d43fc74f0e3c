import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertSeed, freshSeed } from '../core/index.ts';
import { AUTOENCODER_KEYS, type AutoencoderConfig, assertCodec, decode, encode } from './codec.ts';
import { initialisersFor } from './initialisers.ts';
import type { Where } from './task.ts';

const where: Where = key => `models.autoencoder({ ${key} })`;

/**
 * An autoencoder (Hinton and Salakhutdinov, 2006): it squeezes its input through a few numbers, the code, and learns to
 * restore the input from them. Train it with its input as target. `encoder` and `decoder` give its halves.
 *
 * (batch, inputs) → (batch, inputs), or (batch, height, width, channels) → the same
 *
 * @example models.autoencoder({ inputs: 64, hidden: [32], code: 2, seed: 1 });
 * @example models.autoencoder({ inputs: [28, 28, 1], channels: [16, 32], code: 16, output: 'sigmoid', seed: 1 });
 */
export function autoencoder(config: AutoencoderConfig): tf.LayersModel {
  assertKeys('models.autoencoder(config)', config, AUTOENCODER_KEYS);
  const { code, seed = freshSeed() } = config;
  const half = assertCodec(where, config);
  assertInteger(where('code'), code, { min: 1 });
  assertSeed(where('seed'), seed);

  const initialisers = initialisersFor(seed);
  const input = tf.input({ name: 'input', shape: [...half.shape] });
  const inner = encode(half, input, initialisers);
  const squeeze = tf.layers.dense({ name: 'code', units: code, kernelInitializer: initialisers.kernel('linear') });
  const squeezed = squeeze.apply(inner) as tf.SymbolicTensor; // (B, code)
  return tf.model({ name: 'autoencoder', inputs: input, outputs: decode(half, squeezed, initialisers) });
}
