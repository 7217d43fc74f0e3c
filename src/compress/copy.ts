import * as tf from '@tensorflow/tfjs';
// Registers our own layers, so that a copy of a model can hold them.
import '../models/index.ts';

/** A model of the same layers with weights of its own, the same numbers. */
export async function copyModel(model: tf.LayersModel): Promise<tf.LayersModel> {
  const topology = model.toJSON(undefined, false) as unknown as Parameters<typeof tf.models.modelFromJSON>[0];
  const copy = await tf.models.modelFromJSON(topology);
  copy.setWeights(model.getWeights());
  return copy;
}
