import * as tf from '@tensorflow/tfjs';
import { backward, type Watch, weightNames } from './backward.ts';
import { type Clip, clipGradients } from './clip.ts';
import { assertModel, type Data } from './data.ts';
import { disposeExamples, type Examples, examplesOf } from './examples.ts';
import { assertLoss, inferLoss, type LossFunction, type LossName } from './loss.ts';

export interface StepOptions {
  /** Default: what goes with the model's output. */
  loss?: LossName | LossFunction;
}

/**
 * One step of gradient descent on one batch: forward, loss, backward, update. Gives the loss before the update.
 *
 * @example
 * const model = models.linear({ inputs: 1, seed: 1 });
 * const batch = { x: tf.tensor2d([[1], [2]]), y: tf.tensor1d([3, 5]) };
 * const adam = train.optimizer({ kind: 'adam' });
 * for (let i = 0; i < 100; i++) show(train.step(model, batch, adam));
 */
export function step(model: tf.LayersModel, batch: Data, optimizer: tf.Optimizer, options: StepOptions = {}): number {
  const where = 'train.step';
  assertModel(where, model);
  const loss = options.loss ?? inferLoss(model);
  assertLoss(where, loss, model);
  const examples = examplesOf(where, model, batch, loss);
  try {
    return update(model, examples, optimizer, loss);
  } finally {
    disposeExamples(examples);
  }
}

/**
 * Forward and backward without the update: the loss, and its gradient for each weight by the weight's name.
 * The caller disposes the gradients.
 *
 * @example
 * const model = models.linear({ inputs: 1, seed: 1 });
 * const batch = { x: tf.tensor2d([[1], [2]]), y: tf.tensor1d([3, 5]) };
 * const { loss, gradients } = train.gradients(model, batch);
 * gradients['output/kernel'].print();
 */
export function gradients(
  model: tf.LayersModel,
  batch: Data,
  options: StepOptions = {},
): { loss: number; gradients: Record<string, tf.Tensor> } {
  const where = 'train.gradients';
  assertModel(where, model);
  const loss = options.loss ?? inferLoss(model);
  assertLoss(where, loss, model);
  const examples = examplesOf(where, model, batch, loss);
  try {
    const { value, grads } = backward(model, examples, loss);
    const names = weightNames(model);
    const named = Object.fromEntries(Object.entries(grads).map(([name, grad]) => [names.get(name) ?? name, grad]));
    const result = { loss: value.dataSync()[0]!, gradients: named };
    value.dispose();
    return result;
  } finally {
    disposeExamples(examples);
  }
}

export interface UpdateOptions {
  clip?: Clip;
  watch?: Watch;
}

/** `step` on examples that are checked already. */
export function update(
  model: tf.LayersModel,
  examples: Examples,
  optimizer: tf.Optimizer,
  loss: LossName | LossFunction,
  { clip, watch }: UpdateOptions = {},
): number {
  return tf.tidy(() => {
    const { value, grads } = backward(model, examples, loss, watch);
    optimizer.applyGradients(clip ? clipGradients(grads, clip) : grads);
    return value.dataSync()[0]!;
  });
}
