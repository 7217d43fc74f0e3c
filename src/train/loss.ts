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

/**
 * The mean loss over a batch, a scalar. The formulas are tfjs's own, so that `model.evaluate` agrees. With weights each
 * loss is multiplied by its weight, and the mean is over those whose weight is not 0.
 */
export function meanLoss(
  loss: LossName | LossFunction,
  target: tf.Tensor,
  output: tf.Tensor,
  weights?: tf.Tensor,
): tf.Scalar {
  return tf.tidy(() => {
    const wanted = likeOutput(target, output);
    const values = typeof loss === 'function' ? loss(wanted, output) : tf.metrics[loss](wanted, output);
    return weights ? weightedMean(values, weights) : values.mean();
  });
}

/** Class numbers become one-hot rows; other targets have the shape of the output already. */
export function likeOutput(target: tf.Tensor, output: tf.Tensor): tf.Tensor {
  return target.rank < output.rank ? tf.oneHot(target, output.shape.at(-1)!).toFloat() : target;
}

/** Values have the axes of the weights, and may have more behind them, over which the mean is taken. */
export function weightedMean(values: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  if (values.rank < weights.rank)
    throw new LearnableError(
      'With sampleWeights or classWeights, a loss of your own must give one number for each example.',
      {
        hint: 'Take the mean over the last axis only: error.mean(-1).',
      },
    );
  const rest = values.shape.map((_, axis) => axis).slice(weights.rank);
  const each = rest.length > 0 ? values.mean(rest) : values;
  const count = weights.notEqual(0).toFloat().sum().maximum(1);
  return each.mul(weights).sum().div(count);
}
