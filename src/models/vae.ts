import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertNumber, assertSeed, freshSeed, random } from '../core/index.ts';
import { AUTOENCODER_KEYS, type AutoencoderConfig, assertCodec, decode, encode } from './codec.ts';
import { initialisersFor } from './initialisers.ts';
import { GaussianSampling } from './layers/index.ts';
import type { Where } from './task.ts';

export type VaeConfig = AutoencoderConfig & {
  /**
   * How much a code's distance from the standard normal distribution counts beside the error (Higgins et al., 2017).
   * Default 1. Both are per number of the input, as the losses are means over them.
   */
  beta?: number;
};

const where: Where = key => `models.vae({ ${key} })`;

/**
 * A variational autoencoder (Kingma and Welling, 2014): an autoencoder whose codes are drawn from a distribution that
 * is kept close to the standard normal one, so that `decoder` makes new examples of random codes. The divergence is
 * part of the model: `train` and tfjs's own `fit` add it to the loss. Outside of training the code is the mean.
 *
 * (batch, inputs) → (batch, inputs), or (batch, height, width, channels) → the same
 *
 * @example models.vae({ inputs: 784, hidden: [128], code: 2, output: 'sigmoid', seed: 1 });
 */
export function vae(config: VaeConfig): tf.LayersModel {
  assertKeys('models.vae(config)', config, [...AUTOENCODER_KEYS, 'beta']);
  const { code, beta = 1, seed = freshSeed() } = config;
  const half = assertCodec(where, config);
  assertInteger(where('code'), code, { min: 1 });
  assertNumber(where('beta'), beta, { min: 0 });
  assertSeed(where('seed'), seed);

  const initialisers = initialisersFor(seed);
  const input = tf.input({ name: 'input', shape: [...half.shape] });
  const inner = encode(half, input, initialisers);
  const head = (name: string) =>
    tf.layers
      .dense({ name, units: code, kernelInitializer: initialisers.kernel('linear') })
      .apply(inner) as tf.SymbolicTensor; // (B, code)
  const size = half.shape.reduce((product, length) => product * length, 1);
  const sampling = new GaussianSampling({
    name: 'code',
    weight: beta / size,
    seed: random(seed).derive('sampling').seed(),
  });
  const drawn = sampling.apply([head('mean'), head('logVariance')]) as tf.SymbolicTensor; // (B, code)
  return tf.model({ name: 'vae', inputs: input, outputs: decode(half, drawn, initialisers) });
}
