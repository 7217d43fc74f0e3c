import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertOneOf, assertSeed, describe, freshSeed, mismatch } from '../core/index.ts';
import { assertDropout, dropoutAfter } from './dropout.ts';
import { ACTIVATIONS, type Activation, initialisersFor } from './initialisers.ts';
import { assertHead, type HeadConfig, outputLayer, type Where } from './task.ts';

export interface MlpConfig extends HeadConfig {
  /** How many numbers describe one example: `prepare.width`. */
  inputs: number;
  /** The units of each hidden layer, from the input on; `[]` for none. */
  hidden: readonly number[];
  /** Of the hidden layers. Default 'relu'. */
  activation?: Activation;
  /** The share of each hidden layer that is left out in a training step. Default 0. */
  dropout?: number;
  /** Of the first weights and of the dropout. Without one, every model starts differently. */
  seed?: number;
}

/**
 * A multi-layer perceptron: dense layers one after the other. The first weights are He's for relu-like activations
 * and Glorot's for the others (Goodfellow et al., Deep Learning, 8.4); biases start at 0.
 *
 * (batch, inputs) → (batch, outputs): numbers in regression, probabilities in classification.
 *
 * @example models.mlp({ inputs: 4, hidden: [16], outputs: 3, task: 'classification', seed: 1 });
 */
export function mlp(config: MlpConfig): tf.LayersModel {
  const keys = ['inputs', 'hidden', 'outputs', 'task', 'activation', 'dropout', 'seed'];
  assertKeys('models.mlp(config)', config, keys);
  const { activation = 'relu', hidden } = config;
  const where: Where = key => `models.mlp({ ${key} })`;
  assertSizes(where('hidden'), hidden, '[16]');
  assertOneOf(where('activation'), activation, ACTIVATIONS);
  return denseModel('mlp', { ...config, hidden, activation });
}

/** A list of layer sizes. */
export function assertSizes(
  where: string,
  sizes: unknown,
  example: string,
  what = 'layer sizes',
): asserts sizes is number[] {
  if (!Array.isArray(sizes))
    throw mismatch({
      where,
      expected: `a list of ${what}, such as ${example}`,
      received: describe(sizes),
      hint:
        typeof sizes === 'number'
          ? `For one hidden layer write ${/ (\w+) }/.exec(where)?.[1] ?? 'it'}: [${sizes}].`
          : undefined,
    });
  for (const [i, units] of sizes.entries()) assertInteger(`${where}[${i}]`, units, { min: 1 });
}

/** Dense layers from a config whose `hidden` and `activation` are known to be right; checks the rest. */
export function denseModel(name: 'mlp' | 'linear', config: MlpConfig & { activation: Activation }): tf.LayersModel {
  const where: Where = key => `models.${name}({ ${key} })`;
  const { inputs, hidden, activation, dropout = 0, seed = freshSeed() } = config;
  assertInteger(where('inputs'), inputs, {
    min: 1,
    hint: 'It is how many numbers describe one example: the width of x.',
  });
  assertHead(where, config);
  assertDropout(where('dropout'), dropout);
  assertSeed(where('seed'), seed);

  const initialisers = initialisersFor(seed);
  const layers = hidden.flatMap((units, i) => [
    tf.layers.dense({
      name: `hidden${i + 1}`,
      units,
      activation: activation as 'relu',
      kernelInitializer: initialisers.kernel(activation),
      ...(i === 0 ? { inputShape: [inputs] } : {}),
    }),
    ...dropoutAfter(`hidden${i + 1}`, dropout, seed),
  ]);
  layers.push(outputLayer(config, initialisers, hidden.length === 0 ? [inputs] : undefined));
  return tf.sequential({ name, layers });
}
