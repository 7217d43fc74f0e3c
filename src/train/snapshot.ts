import * as tf from '@tensorflow/tfjs';
import { mismatch } from '../core/index.ts';
import { variableOf } from './backward.ts';

/** All weights of a model as plain numbers, one list for each, in the order of `model.weights`. */
export type WeightValues = Float32Array[];

/**
 * A copy of all weights of a model, those that training does not change included.
 *
 * @example
 * const model = models.linear({ inputs: 2, seed: 1 });
 * const before = train.snapshot(model);
 * train.restore(model, before);
 */
export function snapshot(model: tf.LayersModel): WeightValues {
  return model.weights.map(weight => weight.read().dataSync().slice() as Float32Array);
}

/**
 * Gives a model the weights of a snapshot; the tensors of its weights stay the same variables.
 *
 * @example
 * const model = models.linear({ inputs: 2, seed: 1 });
 * train.restore(model, train.snapshot(model));
 */
export function restore(model: tf.LayersModel, values: readonly Float32Array[]): void {
  const sizes = model.weights.map(weight => weight.read().size);
  if (sizes.length !== values.length || sizes.some((size, i) => size !== values[i]!.length))
    throw mismatch({
      where: 'train.restore(model, values)',
      expected: `weights of ${sizes.join(', ')} numbers`,
      received: values.map(list => list.length).join(', ') || 'none',
      hint: 'A snapshot belongs to a model of the same config.',
    });
  for (const [i, weight] of model.weights.entries()) {
    const variable = variableOf(weight);
    const tensor = tf.tensor(values[i]!.slice(), variable.shape, variable.dtype);
    variable.assign(tensor);
    tensor.dispose();
  }
}
