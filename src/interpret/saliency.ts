import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys } from '../core/index.ts';
import { asBatch, chooseOutput, logitOf, type OutputOptions } from './output.ts';

/**
 * How strongly each number of an input moves one output, before a softmax or sigmoid: its gradient (Simonyan, Vedaldi and
 * Zisserman, 2014).
 *
 * example: as one input of the model, (…). Returns float32 of the same shape, with its sign; the caller disposes it.
 *
 * @example
 * const model = models.mlp({ inputs: 3, hidden: [4], outputs: 2, task: 'classification', seed: 1 });
 * interpret.saliency(model, tf.tensor1d([1, 2, 3]), { output: 0 }).shape   // [3]
 */
export function saliency(model: tf.LayersModel, example: tf.Tensor, options: OutputOptions = {}): tf.Tensor {
  const where = 'saliency(model, example)';
  assertKeys('saliency(model, example, options)', options, ['output']);
  return tf.tidy(() => {
    const batch = asBatch(where, model, example);
    const output = chooseOutput(where, model, batch, options);
    return gradientOf(model, batch, output).squeeze([0]);
  });
}

export interface IntegratedGradientsOptions extends OutputOptions {
  /** What says nothing, of the same shape as the example. Default: zeros. */
  baseline?: tf.Tensor;
  /** Steps of the way. Default 64. */
  steps?: number;
}

/**
 * What each number of an input adds to one output, on the way from a baseline that says nothing: the mean gradient along the
 * way, times the way (Sundararajan, Taly and Yan, ICML 2017). All together they add up to the
 * change of the output, before a softmax or sigmoid.
 *
 * example: as one input of the model, (…). Returns float32 of the same shape; the caller disposes it.
 *
 * @example
 * const model = models.linear({ inputs: 2, seed: 1 });
 * interpret.integratedGradients(model, tf.tensor1d([1, 2])).shape   // [2]
 */
export function integratedGradients(
  model: tf.LayersModel,
  example: tf.Tensor,
  options: IntegratedGradientsOptions = {},
): tf.Tensor {
  const where = 'integratedGradients(model, example)';
  assertKeys('integratedGradients(model, example, options)', options, ['output', 'baseline', 'steps']);
  const { steps = 64 } = options;
  assertInteger('integratedGradients({ steps })', steps, { min: 1 });
  return tf.tidy(() => {
    const batch = asBatch(where, model, example); // (1, …)
    const baseline = options.baseline
      ? asBatch('integratedGradients({ baseline })', model, options.baseline)
      : tf.zerosLike(batch);
    const output = chooseOutput(where, model, batch, options);
    const way = batch.sub(baseline); // (1, …)
    let sum = tf.zerosLike(batch);
    for (let step = 0; step < steps; step++) {
      // In the middle of each piece of the way.
      const old = sum;
      sum = tf.tidy(() => old.add(gradientOf(model, baseline.add(way.mul((step + 0.5) / steps)), output)));
      old.dispose();
    }
    return sum.div(steps).mul(way).squeeze([0]);
  });
}

/** (1, …) → (1, …) */
function gradientOf(model: tf.LayersModel, batch: tf.Tensor, output: number): tf.Tensor {
  return tf.grad(input => logitOf(model, input, output).sum())(batch);
}
