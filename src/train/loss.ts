import * as tf from '@tensorflow/tfjs';
import { assertOneOf, describe, LearnableError } from '../core/index.ts';

export const LOSSES = [
  'meanSquaredError',
  'meanAbsoluteError',
  'categoricalCrossentropy',
  'binaryCrossentropy',
] as const;
export type LossName = (typeof LOSSES)[number];

/** From the targets and the model's output, both (batch, outputs), to one number or one for each example. */
export type LossFunction = (target: tf.Tensor, output: tf.Tensor) => tf.Tensor;

/** The activation of the layer that makes the model's output. */
export function outputActivation(model: tf.LayersModel): string {
  const { activation } = (model.layers.at(-1)?.getConfig() ?? {}) as { activation?: unknown };
  return typeof activation === 'string' ? activation : 'linear';
}

/** The loss that goes with the output: cross-entropy for probabilities, squared error for numbers. */
export function inferLoss(model: tf.LayersModel): LossName {
  const activation = outputActivation(model);
  if (activation === 'softmax') return 'categoricalCrossentropy';
  return activation === 'sigmoid' ? 'binaryCrossentropy' : 'meanSquaredError';
}

/** Checks a loss that was asked for against the model's output. */
export function assertLoss(
  where: string,
  loss: unknown,
  model: tf.LayersModel,
): asserts loss is LossName | LossFunction {
  if (typeof loss === 'function') return;
  assertOneOf(`${where}({ loss })`, loss, LOSSES);
  const activation = outputActivation(model);
  const fits =
    loss === 'categoricalCrossentropy'
      ? activation === 'softmax'
      : loss === 'binaryCrossentropy'
        ? activation === 'sigmoid'
        : true;
  if (fits) return;
  const wanted = loss === 'categoricalCrossentropy' ? 'softmax' : 'sigmoid';
  throw new LearnableError(
    `${where}({ loss: ${describe(loss)} }): expected an output layer with ${wanted}, received one with ${activation}.`,
    { hint: `This loss needs probabilities: give the last layer activation: '${wanted}', or leave the loss out.` },
  );
}

/** The mean loss over a batch, a scalar. The formulas are tfjs's own, so that `model.evaluate` agrees. */
export function meanLoss(loss: LossName | LossFunction, target: tf.Tensor, output: tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    const values = typeof loss === 'function' ? loss(target, output) : tf.metrics[loss](target, output);
    return values.mean() as tf.Scalar;
  });
}
