import * as tf from '@tensorflow/tfjs';
import {
  assertInteger,
  assertKeys,
  assertOneOf,
  assertSeed,
  describe,
  freshSeed,
  LearnableError,
  mismatch,
} from '../core/index.ts';
import { assertDropout, dropoutAfter } from './dropout.ts';
import { type Initialisers, initialisersFor } from './initialisers.ts';
import { assertSizes } from './mlp.ts';
import { assertHead, type HeadConfig, outputLayer, type Where } from './task.ts';

const POOLS = ['max', 'average', 'none'] as const;
const JOINS = ['flatten', 'average', 'max'] as const;

export interface CnnConfig extends HeadConfig {
  /** Of one image: [height, width, channels]. */
  inputs: readonly [height: number, width: number, channels: number];
  /** How many filters each block has, from the image on: [16, 32] is two blocks. */
  channels: readonly number[];
  /** The side of the filters in pixels. Default 3. */
  kernel?: number;
  /** Convolutions in each block. Default 1. */
  convolutions?: number;
  /** At the end of each block, halves height and width. Default 'max'. */
  pool?: (typeof POOLS)[number];
  /** Normalise the output of each convolution over the batch (Ioffe and Szegedy, 2015). Default false. */
  batchNorm?: boolean;
  /** How the last block's maps become one list of numbers: all of them, or one for each map. Default 'flatten'. */
  join?: (typeof JOINS)[number];
  /** Dense layers before the output. Default []. */
  hidden?: readonly number[];
  /** The share that is left out in a training step behind each block and each dense layer. Default 0. */
  dropout?: number;
  seed?: number;
}

const KEYS = [
  'inputs',
  'channels',
  'kernel',
  'convolutions',
  'pool',
  'batchNorm',
  'join',
  'hidden',
  'outputs',
  'task',
  'dropout',
  'seed',
];
const where: Where = key => `models.cnn({ ${key} })`;

/**
 * A convolutional network (LeCun et al., 1998): blocks of convolution, relu and pooling, then dense layers. The
 * convolutions keep height and width; only pooling shrinks the maps.
 *
 * (batch, height, width, channels) → (batch, outputs)
 *
 * @example models.cnn({ inputs: [28, 28, 1], channels: [16, 32], outputs: 10, task: 'classification', seed: 1 });
 */
export function cnn(config: CnnConfig): tf.LayersModel {
  assertKeys('models.cnn(config)', config, KEYS);
  const { inputs, channels, kernel = 3, convolutions = 1, pool = 'max', batchNorm = false } = config;
  const { join = 'flatten', hidden = [], dropout = 0, seed = freshSeed() } = config;
  assertImage(where('inputs'), inputs);
  assertSizes(where('channels'), channels, '[16, 32]', 'filter counts');
  if (channels.length === 0)
    throw mismatch({
      where: where('channels'),
      expected: 'at least one block',
      received: '[]',
      hint: 'Without convolutions it is an mlp: models.mlp({ inputs, hidden }).',
    });
  assertInteger(where('kernel'), kernel, { min: 1, max: 15 });
  assertInteger(where('convolutions'), convolutions, { min: 1 });
  assertOneOf(where('pool'), pool, POOLS);
  assertOneOf(where('join'), join, JOINS);
  assertSizes(where('hidden'), hidden, '[64]');
  assertHead(where, config);
  assertDropout(where('dropout'), dropout);
  assertSeed(where('seed'), seed);
  if (pool !== 'none') assertPoolable(inputs, channels.length);

  const initialisers = initialisersFor(seed);
  const blocks = channels.flatMap((filters, i) => [
    ...Array.from({ length: convolutions }, (_, j) => {
      const name = convolutions === 1 ? `conv${i + 1}` : `conv${i + 1}_${j + 1}`;
      return convolution(name, filters, kernel, batchNorm, initialisers, i + j === 0 ? inputs : undefined);
    }).flat(),
    ...(pool === 'none' ? [] : [poolLayer(pool, `pool${i + 1}`)]),
    ...dropoutAfter(`block${i + 1}`, dropout, seed),
  ]);
  const dense = hidden.flatMap((units, i) => {
    const name = `hidden${i + 1}`;
    const kernelInitializer = initialisers.kernel('relu');
    return [
      tf.layers.dense({ name, units, activation: 'relu', kernelInitializer }),
      ...dropoutAfter(name, dropout, seed),
    ];
  });
  return tf.sequential({
    name: 'cnn',
    layers: [...blocks, joinLayer(join), ...dense, outputLayer(config, initialisers)],
  });
}

/** Convolution and relu, with the normalisation between them where there is one. */
function convolution(
  name: string,
  filters: number,
  kernelSize: number,
  batchNorm: boolean,
  initialisers: Initialisers,
  inputShape: CnnConfig['inputs'] | undefined,
): tf.layers.Layer[] {
  const conv = tf.layers.conv2d({
    name,
    filters,
    kernelSize,
    padding: 'same',
    kernelInitializer: initialisers.kernel('relu'),
    // The normalisation brings a shift of its own.
    ...(batchNorm ? { useBias: false } : { activation: 'relu' }),
    ...(inputShape && { inputShape: [...inputShape] }),
  });
  if (!batchNorm) return [conv];
  return [
    conv,
    tf.layers.batchNormalization({ name: `${name}/norm` }),
    tf.layers.activation({ name: `${name}/relu`, activation: 'relu' }),
  ];
}

function poolLayer(kind: 'max' | 'average', name: string): tf.layers.Layer {
  const size = { name, poolSize: 2, strides: 2 } as const;
  return kind === 'max' ? tf.layers.maxPooling2d(size) : tf.layers.averagePooling2d(size);
}

function joinLayer(kind: (typeof JOINS)[number]): tf.layers.Layer {
  if (kind === 'average') return tf.layers.globalAveragePooling2d({ name: 'average' });
  return kind === 'max' ? tf.layers.globalMaxPooling2d({ name: 'max' }) : tf.layers.flatten({ name: 'flatten' });
}

/** The shape of one image. */
export function assertImage(where: string, shape: unknown): asserts shape is [number, number, number] {
  if (!Array.isArray(shape) || shape.length !== 3)
    throw mismatch({
      where,
      expected: 'the shape of one image, [height, width, channels]',
      received: describe(shape),
      hint:
        Array.isArray(shape) && shape.length === 2 ? 'Grey images have one channel: [height, width, 1].' : undefined,
    });
  for (const [i, size] of shape.entries()) assertInteger(`${where}[${i}]`, size, { min: 1 });
}

function assertPoolable([height, width]: readonly number[], blocks: number): void {
  const most = Math.floor(Math.log2(Math.min(height!, width!)));
  if (blocks <= most) return;
  throw new LearnableError(
    `models.cnn: ${blocks} blocks halve an image of ${height} × ${width} until nothing is left.`,
    { hint: `Use at most ${most} block${most === 1 ? '' : 's'}, or pool: 'none'.` },
  );
}
