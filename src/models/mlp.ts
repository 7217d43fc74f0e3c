import * as tf from '@tensorflow/tfjs';
import {
  assertInteger,
  assertKeys,
  assertOneOf,
  assertSeed,
  describe,
  freshSeed,
  mismatch,
  random,
} from '../core/index.ts';

export const TASKS = ['regression', 'classification', 'binary'] as const;
/** What is predicted: numbers, one of several classes, or the probability of one class. */
export type Task = (typeof TASKS)[number];

export const ACTIVATIONS = ['relu', 'tanh', 'sigmoid', 'elu', 'selu', 'softplus', 'linear'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export interface MlpConfig {
  /** How many numbers describe one example: `prepare.width`. */
  inputs: number;
  /** The units of each hidden layer, from the input on; `[]` for none. */
  hidden: readonly number[];
  /** How many numbers, or classes, are predicted. Default 1; classification needs at least 2, binary has 1. */
  outputs?: number;
  /** Default 'regression'. */
  task?: Task;
  /** Of the hidden layers. Default 'relu'. */
  activation?: Activation;
  /** Of the first weights. Without one, every model starts differently. */
  seed?: number;
}

const OUTPUT_ACTIVATION = { regression: 'linear', classification: 'softmax', binary: 'sigmoid' } as const;

/**
 * A multi-layer perceptron: dense layers one after the other. The first weights are He's for relu-like activations
 * and Glorot's for the others (Goodfellow et al., Deep Learning, 8.4); biases start at 0.
 *
 * (batch, inputs) → (batch, outputs): numbers in regression, probabilities in classification.
 *
 * @example models.mlp({ inputs: 4, hidden: [16], outputs: 3, task: 'classification', seed: 1 });
 */
export function mlp(config: MlpConfig): tf.LayersModel {
  assertKeys('models.mlp(config)', config, ['inputs', 'hidden', 'outputs', 'task', 'activation', 'seed']);
  const { hidden, activation = 'relu' } = config;
  if (!Array.isArray(hidden))
    throw mismatch({
      where: 'models.mlp({ hidden })',
      expected: 'a list of layer sizes, such as [16]',
      received: describe(hidden),
      hint: typeof hidden === 'number' ? `For one hidden layer write hidden: [${hidden}].` : undefined,
    });
  for (const [i, units] of hidden.entries()) assertInteger(`models.mlp({ hidden })[${i}]`, units, { min: 1 });
  assertOneOf('models.mlp({ activation })', activation, ACTIVATIONS);
  return denseModel('mlp', { ...config, hidden, activation });
}

/** Dense layers from a config whose `hidden` and `activation` are known to be right; checks the rest. */
export function denseModel(name: 'mlp' | 'linear', config: MlpConfig & { activation: Activation }): tf.LayersModel {
  const where = (key: string) => `models.${name}({ ${key} })`;
  const { inputs, hidden, activation, task = 'regression', outputs = 1, seed = freshSeed() } = config;
  assertInteger(where('inputs'), inputs, {
    min: 1,
    hint: 'It is how many numbers describe one example: the width of x.',
  });
  assertOneOf(where('task'), task, TASKS);
  assertInteger(where('outputs'), outputs, { min: 1 });
  assertSeed(where('seed'), seed);
  if (task === 'classification' && outputs < 2)
    throw mismatch({
      where: where('outputs'),
      expected: 'at least 2 classes for classification',
      received: config.outputs === undefined ? 'none' : describe(outputs),
      hint: "Give the number of classes; for yes or no, one output with task: 'binary' does it too.",
    });
  if (task === 'binary' && outputs !== 1)
    throw mismatch({
      where: where('outputs'),
      expected: "1 output for task 'binary'",
      received: describe(outputs),
      hint: "For several classes, use task: 'classification'.",
    });

  const seeds = random(seed).derive('weights');
  const initialiser = (kind: Activation) =>
    kind === 'relu' || kind === 'elu' || kind === 'selu'
      ? tf.initializers.heUniform({ seed: seeds.seed() })
      : tf.initializers.glorotUniform({ seed: seeds.seed() });
  const layers = hidden.map((units, i) =>
    tf.layers.dense({
      name: `hidden${i + 1}`,
      units,
      activation: activation as 'relu',
      kernelInitializer: initialiser(activation),
      ...(i === 0 ? { inputShape: [inputs] } : {}),
    }),
  );
  layers.push(
    tf.layers.dense({
      name: 'output',
      units: outputs,
      activation: OUTPUT_ACTIVATION[task],
      kernelInitializer: initialiser('linear'),
      ...(hidden.length === 0 ? { inputShape: [inputs] } : {}),
    }),
  );
  return tf.sequential({ name, layers });
}
