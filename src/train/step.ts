import * as tf from '@tensorflow/tfjs';
import { LearnableError } from '../core/index.ts';
import { assertLoss, inferLoss, type LossFunction, type LossName, meanLoss } from './loss.ts';
import { assertModel, type Data, targetsOf } from './targets.ts';

export interface StepOptions {
  /** Default: what goes with the model's output. */
  loss?: LossName | LossFunction;
}

/** Called with the targets and the output of a forward pass, while both are alive. */
export type Watch = (target: tf.Tensor, output: tf.Tensor) => void;

/**
 * One step of gradient descent on one batch: forward, loss, backward, update. Gives the loss before the update.
 *
 * @example
 * const adam = train.optimizer({ kind: 'adam' });
 * for (let i = 0; i < 100; i++) console.log(train.step(model, batch, adam));
 */
export function step(model: tf.LayersModel, batch: Data, optimizer: tf.Optimizer, options: StepOptions = {}): number {
  assertModel('train.step', model);
  const loss = options.loss ?? inferLoss(model);
  assertLoss('train.step', loss, model);
  const target = targetsOf('train.step', model, batch, loss);
  try {
    return update(model, batch.x, target, optimizer, loss);
  } finally {
    target.dispose();
  }
}

/**
 * Forward and backward without the update: the loss, and its gradient for each weight by the weight's name.
 * The caller disposes the gradients.
 */
export function gradients(
  model: tf.LayersModel,
  batch: Data,
  options: StepOptions = {},
): { loss: number; gradients: Record<string, tf.Tensor> } {
  assertModel('train.gradients', model);
  const loss = options.loss ?? inferLoss(model);
  assertLoss('train.gradients', loss, model);
  const target = targetsOf('train.gradients', model, batch, loss);
  try {
    const { value, grads } = backward(model, batch.x, target, loss);
    const names = new Map(model.trainableWeights.map(weight => [variableOf(weight).name, weight.originalName]));
    const named = Object.fromEntries(Object.entries(grads).map(([name, grad]) => [names.get(name) ?? name, grad]));
    const result = { loss: value.dataSync()[0]!, gradients: named };
    value.dispose();
    return result;
  } finally {
    target.dispose();
  }
}

/** `step` on targets that are checked already. */
export function update(
  model: tf.LayersModel,
  x: tf.Tensor,
  target: tf.Tensor,
  optimizer: tf.Optimizer,
  loss: LossName | LossFunction,
  watch?: Watch,
): number {
  return tf.tidy(() => {
    const { value, grads } = backward(model, x, target, loss, watch);
    optimizer.applyGradients(grads);
    return value.dataSync()[0]!;
  });
}

function backward(
  model: tf.LayersModel,
  x: tf.Tensor,
  target: tf.Tensor,
  loss: LossName | LossFunction,
  watch?: Watch,
): { value: tf.Scalar; grads: tf.NamedTensorMap } {
  const variables = model.trainableWeights.map(variableOf);
  if (variables.length === 0)
    throw new LearnableError('The model has no weights to train.', { hint: 'Are all of its layers frozen?' });
  return tf.variableGrads(() => {
    const output = model.apply(x, { training: true }) as tf.Tensor; // (B, outputs)
    watch?.(target, output);
    return model.calculateLosses().reduce((sum, penalty) => sum.add(penalty), meanLoss(loss, target, output));
  }, variables);
}

/** tfjs types the variable behind a weight as a tensor. */
function variableOf(weight: tf.LayersModel['weights'][number]): tf.Variable {
  return weight.read() as tf.Variable;
}
