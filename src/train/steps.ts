import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertSeed, freshSeed, random } from '../core/index.ts';
import { backward, weightNames } from './backward.ts';
import { assertClip, type Clip, clipGradients } from './clip.ts';
import { assertModel, type Data } from './data.ts';
import { disposeExamples, disposeRows, type Examples, examplesOf, rowsOf } from './examples.ts';
import { assertLoss, inferLoss, type LossFunction, type LossName } from './loss.ts';
import { optimizer as createOptimizer, type OptimizerConfig } from './optimisers/index.ts';
import { batchPlaces, epochOrder } from './order.ts';

/** What is seen of a step; tensors live until the next step. */
export type Phase =
  /** The batch went through the model. */
  | (InStep & { kind: 'forward'; x: tf.Tensor; target: tf.Tensor; output: tf.Tensor })
  /** How wrong the output is: one number. */
  | (InStep & { kind: 'loss'; loss: number })
  /** How the loss changes with each weight, by the weight's name; clipped, if that was asked for. */
  | (InStep & { kind: 'backward'; loss: number; gradients: Record<string, tf.Tensor> })
  /** By how much each weight was changed. */
  | (InStep & { kind: 'update'; loss: number; changes: Record<string, tf.Tensor> });

interface InStep {
  /** All three from 1. */
  step: number;
  epoch: number;
  batch: number;
}

export interface StepsOptions {
  /** Default 1. */
  epochs?: number;
  /** Default 32. */
  batchSize?: number;
  /** Of the order of the examples. */
  seed?: number;
  /** Default Adam at 0.001. */
  optimizer?: OptimizerConfig | tf.Optimizer;
  loss?: LossName | LossFunction;
  clip?: Clip;
  /** Default true. */
  shuffle?: boolean;
}

const WHERE = 'train.steps';
const KEYS = ['epochs', 'batchSize', 'seed', 'optimizer', 'loss', 'clip', 'shuffle'];

/**
 * The loop of `fit`, to be stepped through: forward, loss, backward, update, each when the next one is asked for. The
 * steps are those of `fit` with the same options, bit for bit. Leaving the `for` loop frees everything.
 *
 * @example
 * const model = models.linear({ inputs: 1, seed: 1 });
 * const data = { x: tf.tensor2d([[1], [2]]), y: tf.tensor1d([3, 5]) };
 * for (const phase of train.steps(model, data, { optimizer: { kind: 'sgd', learningRate: 0.1 }, seed: 1 })) {
 *   if (phase.kind === 'loss') show(`the loss is ${phase.loss}`);
 *   if (phase.kind === 'backward') phase.gradients['output/kernel'].print();
 * }
 */
export function steps(model: tf.LayersModel, data: Data, options: StepsOptions = {}): Generator<Phase, void, void> {
  assertKeys(`${WHERE}(options)`, options, KEYS);
  const { epochs = 1, batchSize = 32, seed = freshSeed(), clip } = options;
  assertInteger(`${WHERE}({ epochs })`, epochs, { min: 1 });
  assertInteger(`${WHERE}({ batchSize })`, batchSize, { min: 1 });
  assertSeed(`${WHERE}({ seed })`, seed);
  if (clip) assertClip(`${WHERE}({ clip })`, clip);
  assertModel(WHERE, model);
  const loss = options.loss ?? inferLoss(model);
  assertLoss(WHERE, loss, model);
  return walk(model, data, { ...options, epochs, batchSize, seed, loss });
}

type Checked = StepsOptions & { epochs: number; batchSize: number; seed: number; loss: LossName | LossFunction };

function* walk(model: tf.LayersModel, data: Data, options: Checked): Generator<Phase, void, void> {
  const { epochs, batchSize, seed, loss, clip, shuffle = true } = options;
  const given = options.optimizer ?? { kind: 'adam' };
  const optimizer = given instanceof tf.Optimizer ? given : createOptimizer(given);
  const examples = examplesOf(WHERE, model, data, loss);
  const order = shuffle ? random(seed).derive('shuffle') : undefined;
  const samples = examples.x.shape[0]!;
  const batches = Math.ceil(samples / batchSize);
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const rows = epochOrder(order, epoch, samples);
      for (let batch = 1; batch <= batches; batch++) {
        const place = { step: (epoch - 1) * batches + batch, epoch, batch };
        const part = rowsOf(examples, batchPlaces(rows, batch - 1, batchSize, samples));
        yield* oneStep(model, part, optimizer, { loss, clip }, place);
      }
    }
  } finally {
    disposeExamples(examples);
    if (optimizer !== given) optimizer.dispose();
  }
}

/** Takes over the batch. */
function* oneStep(
  model: tf.LayersModel,
  batch: Examples,
  optimizer: tf.Optimizer,
  { loss, clip }: { loss: LossName | LossFunction; clip: Clip | undefined },
  place: InStep,
): Generator<Phase, void, void> {
  const alive: tf.Tensor[] = [];
  try {
    let output: tf.Tensor | undefined;
    // tfjs goes forwards and backwards in one call; the phases show one after the other what came out of it.
    const { value, grads } = tf.tidy(() => {
      const found = backward(model, batch, loss, result => {
        output = tf.keep(result.clone());
      });
      return clip ? { ...found, grads: clipGradients(found.grads, clip) } : found;
    });
    alive.push(output!, value, ...Object.values(grads));
    const number = value.dataSync()[0]!;
    yield { kind: 'forward', ...place, x: batch.x, target: batch.target, output: output! };
    yield { kind: 'loss', ...place, loss: number };
    yield { kind: 'backward', ...place, loss: number, gradients: named(model, grads) };

    const variables = tf.engine().registeredVariables;
    const before = Object.keys(grads).map(name => variables[name]!.clone());
    alive.push(...before);
    optimizer.applyGradients(grads);
    const changes = Object.keys(grads).map((name, i) => [name, variables[name]!.sub(before[i]!)] as const);
    alive.push(...changes.map(([, change]) => change));
    yield { kind: 'update', ...place, loss: number, changes: named(model, Object.fromEntries(changes)) };
  } finally {
    tf.dispose(alive);
    disposeRows(batch);
  }
}

function named(model: tf.LayersModel, tensors: tf.NamedTensorMap): Record<string, tf.Tensor> {
  const names = weightNames(model);
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [names.get(name) ?? name, tensor]));
}
