import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertOneOf, describe, LearnableError, mismatch } from '../core/index.ts';
import { assertImage } from './cnn.ts';
import type { Initialisers } from './initialisers.ts';
import { assertSizes } from './mlp.ts';
import type { Where } from './task.ts';

interface CodeConfig {
  /** How many numbers stay of an example. */
  code: number;
  /** 'sigmoid' for values from 0 to 1, such as pixels. Default 'linear'. */
  output?: 'linear' | 'sigmoid';
  seed?: number;
}

/** Dense layers on both sides. */
export interface DenseAutoencoderConfig extends CodeConfig {
  /** How many numbers describe one example. */
  inputs: number;
  /** The units of the encoder's layers; the decoder has the same, backwards. */
  hidden: readonly number[];
  channels?: undefined;
}

/** Convolutions that halve the image, and transposed ones that double it again. */
export interface ConvolutionalAutoencoderConfig extends CodeConfig {
  /** Of one image: [height, width, channels]. */
  inputs: readonly [height: number, width: number, channels: number];
  /** The filters of the encoder's convolutions; each halves height and width. The decoder has the same, backwards. */
  channels: readonly number[];
  hidden?: undefined;
}

export type AutoencoderConfig = DenseAutoencoderConfig | ConvolutionalAutoencoderConfig;

export const AUTOENCODER_KEYS = ['inputs', 'hidden', 'channels', 'code', 'output', 'seed'];

/** What both halves of an autoencoder have in common, checked. */
export interface Codec {
  kind: 'dense' | 'convolutional';
  /** Of one example. */
  shape: number[];
  /** Units or filters, from the input on. */
  sizes: number[];
  output: 'linear' | 'sigmoid';
}

export function assertCodec(where: Where, config: AutoencoderConfig): Codec {
  const { inputs, hidden, channels, output = 'linear' } = config;
  assertOneOf(where('output'), output, ['linear', 'sigmoid'] as const);
  if ((hidden === undefined) === (channels === undefined))
    throw mismatch({
      where: where('hidden'),
      expected: 'either hidden, for dense layers, or channels, for convolutions',
      received: hidden === undefined ? 'neither' : 'both',
    });
  if (hidden !== undefined) {
    const hint = Array.isArray(inputs)
      ? `For images give channels instead of hidden, or flatten them: inputs: ${inputs.reduce((a: number, b: number) => a * b, 1)}.`
      : 'It is how many numbers describe one example: the width of x.';
    assertInteger(where('inputs'), inputs, { min: 1, hint });
    assertSizes(where('hidden'), hidden, '[32]');
    return { kind: 'dense', shape: [inputs], sizes: [...hidden], output };
  }
  assertImage(where('inputs'), inputs);
  assertSizes(where('channels'), channels, '[16, 32]', 'filter counts');
  const step = 2 ** channels.length;
  if (channels.length === 0)
    throw mismatch({ where: where('channels'), expected: 'at least one convolution', received: describe(channels) });
  if (inputs[0] % step !== 0 || inputs[1] % step !== 0)
    throw new LearnableError(
      `${where('channels')}: ${channels.length} convolutions halve ${inputs[0]} × ${inputs[1]} to no whole number of pixels.`,
      { hint: 'Use fewer, or images whose sides can be halved as often.' },
    );
  return { kind: 'convolutional', shape: [...inputs], sizes: [...channels], output };
}

/** From the input to the last layer before the code: (batch, …) → (batch, units). */
export function encode(codec: Codec, input: tf.SymbolicTensor, initialisers: Initialisers): tf.SymbolicTensor {
  const { kind, sizes } = codec;
  const layers = sizes.map((size, i) => {
    const shared = { activation: 'relu', kernelInitializer: initialisers.kernel('relu') } as const;
    if (kind === 'dense') return tf.layers.dense({ name: `encoder${i + 1}`, units: size, ...shared });
    const shape = { filters: size, kernelSize: 3, strides: 2, padding: 'same' } as const;
    return tf.layers.conv2d({ name: `encoder${i + 1}`, ...shape, ...shared });
  });
  if (kind === 'convolutional') layers.push(tf.layers.flatten({ name: 'flatten' }) as never);
  return through(layers, input);
}

/** From the code to the restored input: (batch, code) → (batch, …). */
export function decode(codec: Codec, code: tf.SymbolicTensor, initialisers: Initialisers): tf.SymbolicTensor {
  const { kind, shape, sizes, output } = codec;
  const relu = () => ({ activation: 'relu', kernelInitializer: initialisers.kernel('relu') }) as const;
  const last = { name: 'output', activation: output, kernelInitializer: initialisers.kernel('linear') } as const;
  const widths = [...sizes].reverse();
  if (kind === 'dense') {
    const layers = widths.map((units, i) => tf.layers.dense({ name: `decoder${i + 1}`, units, ...relu() }));
    return through([...layers, tf.layers.dense({ units: shape[0]!, ...last })], code);
  }
  const side = (i: number) => shape[i]! / 2 ** sizes.length;
  const small = [side(0), side(1), widths[0]!]; // of the innermost maps
  const double = { kernelSize: 3, strides: 2, padding: 'same' } as const;
  return through(
    [
      tf.layers.dense({ name: 'decoder', units: small[0]! * small[1]! * small[2]!, ...relu() }),
      tf.layers.reshape({ name: 'reshape', targetShape: small }),
      ...widths
        .slice(1)
        .map((filters, i) => tf.layers.conv2dTranspose({ name: `decoder${i + 1}`, filters, ...double, ...relu() })),
      tf.layers.conv2dTranspose({ filters: shape[2]!, ...double, ...last }),
    ],
    code,
  );
}

function through(layers: readonly tf.layers.Layer[], input: tf.SymbolicTensor): tf.SymbolicTensor {
  return layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input);
}
