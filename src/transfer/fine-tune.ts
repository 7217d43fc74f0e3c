import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertNumber, assertSeed, freshSeed, random } from '../core/index.ts';
import { layerNamed } from './backbone.ts';

export interface HeadOptions {
  /** The last layer that is kept. */
  layer: string;
  /** How many classes the new task has. */
  outputs: number;
  /** Dense layers before the new output. Default []. */
  hidden?: readonly number[];
  seed?: number;
}

/**
 * A model for a new task: the layers of an old one up to `layer`, and a new head behind them, with a softmax. The kept layers
 * are those of the old model, weights and all: what trains one changes the other.
 *
 * (batch, …) as the old model's input → (batch, outputs)
 *
 * @example
 * const old = models.mlp({ inputs: 4, hidden: [16, 8], outputs: 3, task: 'classification', seed: 1 });
 * const model = transfer.newHead(old, { layer: 'hidden2', outputs: 2, seed: 1 });
 */
export function newHead(model: tf.LayersModel, options: HeadOptions): tf.LayersModel {
  assertKeys('transfer.newHead(model, options)', options, ['layer', 'outputs', 'hidden', 'seed']);
  const { outputs, hidden = [], seed = freshSeed() } = options;
  assertInteger('transfer.newHead({ outputs })', outputs, {
    min: 2,
    hint: 'It is a softmax: for yes or no give 2 classes.',
  });
  for (const [i, units] of hidden.entries()) assertInteger(`transfer.newHead({ hidden })[${i}]`, units, { min: 1 });
  assertSeed('transfer.newHead({ seed })', seed);
  const seeds = random(seed).derive('head');
  const last = layerNamed('transfer.newHead({ layer })', model, options.layer).output as tf.SymbolicTensor;
  let tensor =
    last.shape.length > 2 ? (tf.layers.flatten({ name: 'head_flatten' }).apply(last) as tf.SymbolicTensor) : last;
  for (const [i, units] of hidden.entries()) {
    const kernelInitializer = tf.initializers.heUniform({ seed: seeds.seed() });
    tensor = tf.layers
      .dense({ name: `head${i + 1}`, units, activation: 'relu', kernelInitializer })
      .apply(tensor) as tf.SymbolicTensor;
  }
  const kernelInitializer = tf.initializers.glorotUniform({ seed: seeds.seed() });
  const output = tf.layers.dense({ name: 'head_output', units: outputs, activation: 'softmax', kernelInitializer });
  return tf.model({ inputs: model.inputs, outputs: output.apply(tensor) as tf.SymbolicTensor });
}

/**
 * Keeps layers as they are in training: all up to and with `upTo`, or all. It changes the model, and every model that shares
 * its layers.
 *
 * @example
 * const model = models.mlp({ inputs: 4, hidden: [16, 8], outputs: 3, task: 'classification', seed: 1 });
 * transfer.freeze(model, 'hidden1');
 */
export function freeze(model: tf.LayersModel, upTo?: string): void {
  setTrainable('transfer.freeze(model, upTo)', model, upTo, false);
}

/**
 * Lets layers learn again: all from `from` on, or all.
 *
 * @example
 * const model = models.mlp({ inputs: 4, hidden: [16, 8], outputs: 3, task: 'classification', seed: 1 });
 * transfer.freeze(model);
 * transfer.unfreeze(model, 'hidden2');
 */
export function unfreeze(model: tf.LayersModel, from?: string): void {
  setTrainable('transfer.unfreeze(model, from)', model, from, true);
}

function setTrainable(where: string, model: tf.LayersModel, name: string | undefined, trainable: boolean): void {
  const place = name === undefined ? -1 : model.layers.indexOf(layerNamed(where, model, name));
  for (const [i, layer] of model.layers.entries()) {
    const isMeant = place < 0 || (trainable ? i >= place : i <= place);
    if (isMeant) layer.trainable = trainable;
  }
}

export interface LayerRateOptions {
  /** The learning rate of the last layer. Default 0.001. */
  learningRate?: number;
  /** Each layer before it learns by this factor less. Default 0.5. */
  decay?: number;
}

/**
 * An Adam for fine-tuning, for `train.fit({ optimizer })`: the last layer learns fastest and each layer before it less, as
 * early layers know what is common to all tasks (Howard and Ruder, ACL 2018).
 *
 * @example
 * const model = models.mlp({ inputs: 4, hidden: [16, 8], outputs: 3, task: 'classification', seed: 1 });
 * const optimizer = transfer.layerRates(model, { learningRate: 0.01, decay: 0.3 });
 */
export function layerRates(model: tf.LayersModel, options: LayerRateOptions = {}): tf.Optimizer {
  assertKeys('transfer.layerRates(model, options)', options, ['learningRate', 'decay']);
  const { learningRate = 1e-3, decay = 0.5 } = options;
  assertNumber('transfer.layerRates({ learningRate })', learningRate, { min: 0, aboveMin: true });
  assertNumber('transfer.layerRates({ decay })', decay, { min: 0, aboveMin: true, max: 1 });
  const learning = model.layers.filter(layer => layer.trainableWeights.length > 0);
  const groups = learning.map((layer, i) => ({
    names: new Set(layer.trainableWeights.map(weight => (weight.read() as tf.Variable).name)),
    optimizer: tf.train.adam(learningRate * decay ** (learning.length - 1 - i)),
  }));
  return new LayerRates(groups);
}

interface Group {
  /** Of the variables. */
  names: ReadonlySet<string>;
  optimizer: tf.Optimizer;
}

class LayerRates extends tf.Optimizer {
  static readonly className = 'LayerRates';
  readonly #groups: readonly Group[];

  constructor(groups: readonly Group[]) {
    super();
    this.#groups = groups;
  }

  applyGradients(gradients: tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[]): void {
    const named = Array.isArray(gradients)
      ? gradients.map(({ name, tensor }) => [name, tensor] as const)
      : Object.entries(gradients);
    for (const { names, optimizer } of this.#groups) {
      const own = Object.fromEntries(named.filter(([name]) => names.has(name)));
      if (Object.keys(own).length > 0) optimizer.applyGradients(own);
    }
    this.incrementIterations();
  }

  override dispose(): void {
    for (const { optimizer } of this.#groups) optimizer.dispose();
    super.dispose();
  }

  getConfig(): tf.serialization.ConfigDict {
    return {};
  }
}
