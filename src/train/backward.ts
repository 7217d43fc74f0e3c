import * as tf from '@tensorflow/tfjs';
import { LearnableError } from '../core/index.ts';
import type { Examples } from './examples.ts';
import { type LossFunction, type LossName, meanLoss } from './loss.ts';

/** Called with the output of a forward pass, while it is alive. */
export type Watch = (output: tf.Tensor) => void;

/**
 * Forward, loss, backward: the loss with the penalties of the layers, and its gradient for each trainable variable by
 * the variable's name. tfjs writes down what the forward pass computes, and goes through it backwards.
 */
export function backward(
  model: tf.LayersModel,
  { x, target, weights }: Examples,
  loss: LossName | LossFunction,
  watch?: Watch,
): { value: tf.Scalar; grads: tf.NamedTensorMap } {
  const variables = trainableVariables(model);
  return tf.variableGrads(() => {
    const output = model.apply(x, { training: true }) as tf.Tensor; // (B, outputs)
    watch?.(output);
    return withPenalties(model, meanLoss(loss, target, output, weights));
  }, variables);
}

/** A loss and what regularised layers, or the code of a variational autoencoder, add to it. */
export function withPenalties(model: tf.LayersModel, loss: tf.Scalar): tf.Scalar {
  return model.calculateLosses().reduce((sum, penalty) => sum.add(penalty), loss);
}

export function trainableVariables(model: tf.LayersModel): tf.Variable[] {
  const variables = model.trainableWeights.map(variableOf);
  if (variables.length === 0)
    throw new LearnableError('The model has no weights to train.', { hint: 'Are all of its layers frozen?' });
  return variables;
}

/** tfjs types the variable behind a weight as a tensor. */
export function variableOf(weight: tf.LayersModel['weights'][number]): tf.Variable {
  return weight.read() as tf.Variable;
}

/** The names that people gave, by the names of the variables, which tfjs makes unique. */
export function weightNames(model: tf.LayersModel): Map<string, string> {
  return new Map(model.trainableWeights.map(weight => [variableOf(weight).name, weight.originalName]));
}
