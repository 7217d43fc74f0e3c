import * as tf from '@tensorflow/tfjs';
import { random } from '../../src/core/index.ts';
import type * as models from '../../src/models/index.ts';

type Named = [name: string, config: models.ModelConfig, output: number[]];

/** A small model of each kind with most of its options, and the output's shape for a batch of `sampleInput`. */
export const KINDS: Named[] = [
  ['linear', { kind: 'linear', inputs: 5, outputs: 2 }, [3, 2]],
  ['mlp', { kind: 'mlp', inputs: 5, hidden: [6, 4], activation: 'tanh', dropout: 0.3 }, [3, 1]],
  [
    'cnn',
    { kind: 'cnn', inputs: [6, 6, 2], channels: [4, 3], hidden: [5], dropout: 0.2, task: 'classification', outputs: 3 },
    [3, 3],
  ],
  [
    'cnn with normalisation',
    { kind: 'cnn', inputs: [4, 4, 1], channels: [4], convolutions: 2, batchNorm: true, join: 'average', outputs: 2 },
    [3, 2],
  ],
  ['rnn', { kind: 'rnn', cell: 'simple', vocabulary: 8, embedding: 4, units: 5, task: 'binary' }, [3, 1]],
  [
    'rnn of two directions',
    { kind: 'rnn', cell: 'gru', vocabulary: 8, units: [4, 3], bidirectional: true, dropout: 0.2, outputs: 2 },
    [3, 2],
  ],
  ['rnn of a series', { kind: 'rnn', cell: 'lstm', inputs: 2, units: 4, predict: 'every' }, [3, 4, 1]],
  [
    'encoder',
    { kind: 'encoder', vocabulary: 8, length: 6, width: 8, heads: 2, blocks: 2, dropout: 0.1, outputs: 2 },
    [3, 2],
  ],
  [
    'decoder',
    { kind: 'decoder', vocabulary: 8, length: 6, width: 8, heads: 4, blocks: 1, positions: 'learned' },
    [3, 4, 8],
  ],
  ['autoencoder', { kind: 'autoencoder', inputs: 5, hidden: [4], code: 2 }, [3, 5]],
  [
    'convolutional autoencoder',
    { kind: 'autoencoder', inputs: [8, 4, 1], channels: [3, 4], code: 2, output: 'sigmoid' },
    [3, 8, 4, 1],
  ],
  ['vae', { kind: 'vae', inputs: 5, hidden: [6], code: 2, beta: 2 }, [3, 5]],
  ['convolutional vae', { kind: 'vae', inputs: [4, 4, 1], channels: [3], code: 2, output: 'sigmoid' }, [3, 4, 4, 1]],
];

/** Three examples for a model: numbers, images, series of 4 steps, or tokens with padding. */
export function sampleInput(config: models.ModelConfig): tf.Tensor {
  const generator = random(5);
  if ('vocabulary' in config && config.vocabulary !== undefined)
    return tf.tensor2d(
      [
        [3, 1, 4, 1],
        [5, 2, 0, 0],
        [6, 0, 0, 0],
      ],
      [3, 4],
      'int32',
    );
  const { inputs } = config as { inputs: number | number[] };
  const shape = config.kind === 'rnn' ? [3, 4, inputs as number] : [3, ...[inputs].flat()];
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => generator.normal()),
    shape,
  );
}
