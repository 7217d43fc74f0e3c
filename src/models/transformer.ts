import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertOneOf, assertSeed, freshSeed, mismatch } from '../core/index.ts';
import { assertDropout, dropoutAfter } from './dropout.ts';
import { type Initialisers, initialisersFor } from './initialisers.ts';
import { MaskedAverage, POSITIONS, PositionalEncoding, type Positions, SelfAttention } from './layers/index.ts';
import { assertHead, type HeadConfig, outputLayer, type Where } from './task.ts';

interface SharedConfig {
  /** How many different tokens there are. */
  vocabulary: number;
  /** The longest sequence, in tokens. */
  length: number;
  /** How many numbers describe a token between the layers. Default 64. */
  width?: number;
  /** How many ways to look at the sequence each block has. Default 4. */
  heads?: number;
  /** Of attention and feed-forward, one after the other. Default 2. */
  blocks?: number;
  /** The units of the dense layer inside each block. Default 4 × width. */
  feedForward?: number;
  /** How a position is told. Default 'sinusoidal'. */
  positions?: Positions;
  /** The share that is left out in a training step, behind each attention and feed-forward. Default 0. */
  dropout?: number;
  seed?: number;
}

/** Reads a whole sequence and predicts one thing about it. */
export interface EncoderConfig extends SharedConfig, HeadConfig {
  kind: 'encoder';
  /** Token 0 only fills up short sequences: nobody looks at it. Default true. */
  maskPadding?: boolean;
}

/** Predicts at every position the token that comes next, from those before: a language model. */
export interface DecoderConfig extends SharedConfig {
  kind: 'decoder';
}

export type TransformerConfig = EncoderConfig | DecoderConfig;

const KINDS = ['encoder', 'decoder'] as const;
const SHARED = [
  'kind',
  'vocabulary',
  'length',
  'width',
  'heads',
  'blocks',
  'feedForward',
  'positions',
  'dropout',
  'seed',
];
const KEYS = { encoder: [...SHARED, 'outputs', 'task', 'maskPadding'], decoder: SHARED };
const where: Where = key => `models.transformer({ ${key} })`;

/**
 * A Transformer (Vaswani et al., 2017) of one stack, normalised before each part (Xiong et al., 2020).
 *
 * encoder: (batch, time) tokens → (batch, outputs), from the mean over the positions
 * decoder: (batch, time) tokens → (batch, time, vocabulary), the probabilities of the next token at each position
 *
 * @example models.transformer({ kind: 'decoder', vocabulary: 96, length: 64, width: 64, heads: 4, blocks: 2, seed: 1 });
 * @example models.transformer({ kind: 'encoder', vocabulary: 5000, length: 100, task: 'binary', seed: 1 });
 */
export function transformer(config: TransformerConfig): tf.LayersModel {
  assertOneOf(where('kind'), config?.kind, KINDS);
  assertKeys('models.transformer(config)', config, KEYS[config.kind]);
  const { kind, vocabulary, length, width = 64, heads = 4, blocks = 2, positions = 'sinusoidal' } = config;
  const { feedForward = 4 * width, dropout = 0, seed = freshSeed() } = config;
  assertInteger(where('vocabulary'), vocabulary, { min: 2 });
  const sizes = { length, width, heads, blocks, feedForward };
  for (const [key, size] of Object.entries(sizes)) assertInteger(where(key), size, { min: 1 });
  if (width % heads !== 0)
    throw mismatch({
      where: where('heads'),
      expected: `a number that divides the width ${width}`,
      received: String(heads),
      hint: 'Each head takes an equal part of the width.',
    });
  assertOneOf(where('positions'), positions, POSITIONS);
  if (kind === 'encoder') assertHead(where, config);
  assertDropout(where('dropout'), dropout);
  assertSeed(where('seed'), seed);

  const initialisers = initialisersFor(seed);
  const block = { heads, feedForward, causal: kind === 'decoder', dropout, seed };
  const tokens = tf.input({ name: 'tokens', shape: [null] }); // (B, T)
  let x = embed(tokens, config, initialisers); // (B, T, D)
  for (let i = 1; i <= blocks; i++) x = addBlock(`block${i}`, x, width, block, initialisers);
  x = apply(norm('norm'), x);
  if (kind === 'encoder') x = apply(new MaskedAverage({ name: 'average' }), x); // (B, D)
  const head: HeadConfig = kind === 'encoder' ? config : { task: 'classification', outputs: vocabulary };
  return tf.model({ name: kind, inputs: tokens, outputs: apply(outputLayer(head, initialisers), x) });
}

function embed(tokens: tf.SymbolicTensor, config: TransformerConfig, initialisers: Initialisers): tf.SymbolicTensor {
  const { vocabulary, length, width = 64, positions = 'sinusoidal' } = config;
  const embedding = tf.layers.embedding({
    name: 'embedding',
    inputDim: vocabulary,
    outputDim: width,
    maskZero: config.kind === 'encoder' && config.maskPadding !== false,
    // The sinusoidal layer multiplies by √width: the sum has terms of one size.
    embeddingsInitializer: initialisers.normal(positions === 'sinusoidal' ? width ** -0.5 : 0.02),
  });
  const encoding = new PositionalEncoding({ name: 'positions', positions, length, seed: initialisers.seed() });
  return apply(encoding, apply(embedding, tokens));
}

interface BlockConfig {
  heads: number;
  feedForward: number;
  causal: boolean;
  dropout: number;
  seed: number;
}

/** x + attention(norm(x)), then x + feedForward(norm(x)): both (B, T, D). */
function addBlock(
  name: string,
  input: tf.SymbolicTensor,
  width: number,
  { heads, feedForward, causal, dropout, seed }: BlockConfig,
  initialisers: Initialisers,
): tf.SymbolicTensor {
  const dense = (part: string, units: number, activation: 'relu' | 'linear') =>
    tf.layers.dense({ name: `${name}/${part}`, units, activation, kernelInitializer: initialisers.kernel(activation) });
  const attention = [
    norm(`${name}/norm1`),
    new SelfAttention({ name: `${name}/attention`, heads, causal, seed: initialisers.seed() }),
    ...dropoutAfter(`${name}/attention`, dropout, seed),
  ];
  const forward = [
    norm(`${name}/norm2`),
    dense('expand', feedForward, 'relu'), // (B, T, F)
    dense('contract', width, 'linear'), // (B, T, D)
    ...dropoutAfter(`${name}/forward`, dropout, seed),
  ];
  const add = (x: tf.SymbolicTensor, part: tf.layers.Layer[], number: number) => {
    const change = part.reduce((value, layer) => apply(layer, value), x);
    return tf.layers.add({ name: `${name}/add${number}` }).apply([x, change]) as tf.SymbolicTensor;
  };
  return add(add(input, attention, 1), forward, 2);
}

function norm(name: string): tf.layers.Layer {
  return tf.layers.layerNormalization({ name, epsilon: 1e-5 });
}

function apply(layer: tf.layers.Layer, x: tf.SymbolicTensor): tf.SymbolicTensor {
  return layer.apply(x) as tf.SymbolicTensor;
}
