import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertOneOf, assertSeed, describe, freshSeed, mismatch } from '../core/index.ts';
import { assertDropout, dropoutAfter } from './dropout.ts';
import { type Initialisers, initialisersFor } from './initialisers.ts';
import { assertSizes } from './mlp.ts';
import { assertHead, type HeadConfig, outputLayer, type Where } from './task.ts';

const CELLS = ['simple', 'gru', 'lstm'] as const;

interface RecurrentConfig extends HeadConfig {
  cell: (typeof CELLS)[number];
  /** How many numbers each layer remembers: 64, or [64, 64] for two layers one on top of the other. */
  units: number | readonly number[];
  /** Read from both ends, and put what was read side by side. Default false. */
  bidirectional?: boolean;
  /** Predict once at the end, or at every step. Default 'last'. */
  predict?: 'last' | 'every';
  /** The share that is left out in a training step, behind each recurrent layer. Default 0. */
  dropout?: number;
  seed?: number;
}

/** Reads tokens: whole numbers from 0, each a word or a letter. */
export interface TokenRnnConfig extends RecurrentConfig {
  /** How many different tokens there are. */
  vocabulary: number;
  /** How many numbers describe a token. Default 32. */
  embedding?: number;
  /** Token 0 only fills up short sequences: it is passed over. Default true. */
  maskPadding?: boolean;
  inputs?: undefined;
}

/** Reads measurements: so many numbers at each step. */
export interface SeriesRnnConfig extends RecurrentConfig {
  inputs: number;
  vocabulary?: undefined;
}

export type RnnConfig = TokenRnnConfig | SeriesRnnConfig;

const KEYS = ['cell', 'units', 'bidirectional', 'predict', 'outputs', 'task', 'dropout', 'seed'];
const where: Where = key => `models.rnn({ ${key} })`;

/**
 * A recurrent network that reads a sequence step by step and remembers: simple (Elman, 1990), GRU (Cho et al., 2014)
 * or LSTM (Hochreiter and Schmidhuber, 1997). Sequences may have any length, all of one batch the same.
 *
 * (batch, time) tokens or (batch, time, inputs) → (batch, outputs), or (batch, time, outputs) with predict: 'every'
 *
 * @example models.rnn({ cell: 'gru', vocabulary: 5000, embedding: 32, units: 64, task: 'binary', seed: 1 });
 * @example models.rnn({ cell: 'lstm', inputs: 3, units: [32, 32], outputs: 1, seed: 1 });
 */
export function rnn(config: RnnConfig): tf.LayersModel {
  const source = config?.vocabulary === undefined ? ['inputs'] : ['vocabulary', 'embedding', 'maskPadding'];
  assertSource(config);
  assertKeys('models.rnn(config)', config, [...source, ...KEYS]);
  const { cell, bidirectional = false, predict = 'last', dropout = 0, seed = freshSeed() } = config;
  assertOneOf(where('cell'), cell, CELLS);
  const units = typeof config.units === 'number' ? [config.units] : config.units;
  assertSizes(where('units'), units, '[64]');
  if (units.length === 0) throw mismatch({ where: where('units'), expected: 'at least one layer', received: '[]' });
  assertOneOf(where('predict'), predict, ['last', 'every'] as const);
  assertHead(where, config);
  assertDropout(where('dropout'), dropout);
  assertSeed(where('seed'), seed);

  const initialisers = initialisersFor(seed);
  const layers: tf.layers.Layer[] = [firstLayer(config, initialisers)];
  for (const [i, size] of units.entries()) {
    const returnSequences = predict === 'every' || i < units.length - 1;
    layers.push(recurrentLayer(`${cell}${i + 1}`, cell, size, returnSequences, bidirectional, initialisers));
    layers.push(...dropoutAfter(`${cell}${i + 1}`, dropout, seed));
  }
  layers.push(outputLayer(config, initialisers));
  return tf.sequential({ name: 'rnn', layers });
}

function firstLayer(config: RnnConfig, initialisers: Initialisers): tf.layers.Layer {
  if (config.vocabulary === undefined) {
    assertInteger(where('inputs'), config.inputs, { min: 1 });
    return tf.layers.inputLayer({ name: 'input', inputShape: [null as unknown as number, config.inputs] });
  }
  const { vocabulary, embedding = 32, maskPadding = true } = config;
  assertInteger(where('vocabulary'), vocabulary, { min: 2 });
  assertInteger(where('embedding'), embedding, { min: 1 });
  return tf.layers.embedding({
    name: 'embedding',
    inputDim: vocabulary,
    outputDim: embedding,
    maskZero: maskPadding,
    embeddingsInitializer: initialisers.normal(0.05),
  });
}

/** A cell's initialisers, which tfjs does not declare. */
interface Seeded {
  cell: { kernelInitializer: unknown; recurrentInitializer: unknown };
}

function recurrentLayer(
  name: string,
  kind: (typeof CELLS)[number],
  units: number,
  returnSequences: boolean,
  bidirectional: boolean,
  initialisers: Initialisers,
): tf.layers.Layer {
  const make = { simple: tf.layers.simpleRNN, gru: tf.layers.gru, lstm: tf.layers.lstm }[kind];
  const layer = make({ name, units, returnSequences } as Parameters<typeof tf.layers.gru>[0]);
  const seed = ({ cell }: Seeded) => {
    cell.kernelInitializer = initialisers.kernel('tanh');
    cell.recurrentInitializer = initialisers.recurrent();
  };
  if (!bidirectional) {
    seed(layer as unknown as Seeded);
    return layer;
  }
  const both = tf.layers.bidirectional({ name, layer: layer as tf.RNN, mergeMode: 'concat' });
  const { forwardLayer, backwardLayer } = both as unknown as { forwardLayer: Seeded; backwardLayer: Seeded };
  // tfjs copies one layer with its seeds, so that both directions would start alike.
  for (const direction of [forwardLayer, backwardLayer]) seed(direction);
  return both;
}

function assertSource(config: Partial<TokenRnnConfig | SeriesRnnConfig> | undefined): void {
  const { vocabulary, inputs } = config ?? {};
  if ((vocabulary === undefined) !== (inputs === undefined)) return;
  throw mismatch({
    where: 'models.rnn(config)',
    expected: 'either vocabulary, to read tokens, or inputs, to read so many numbers at each step',
    received: vocabulary === undefined ? describe(config) : 'both',
  });
}
