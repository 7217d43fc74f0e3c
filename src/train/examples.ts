import * as tf from '@tensorflow/tfjs';
import { describe, formatShape, mismatch } from '../core/index.ts';
import { assertData, type Data } from './data.ts';
import type { LossFunction, LossName } from './loss.ts';
import { targetsOf } from './targets.ts';

/** Data that was checked against a model and a loss. */
export interface Examples {
  x: tf.Tensor;
  /** In the shape of the model's output, or class numbers, int32, without its last axis. */
  target: tf.Tensor;
  /** (rows) or (rows, time). */
  weights: tf.Tensor | undefined;
}

/** Checks the data and gives it the shape that training needs. `x` is the caller's; dispose the rest. */
export function examplesOf(where: string, model: tf.LayersModel, data: Data, loss: LossName | LossFunction): Examples {
  assertData(where, model, data);
  const target = targetsOf(where, model, data, loss);
  try {
    return { x: data.x, target, weights: weightsOf(where, data, target, model) };
  } catch (error) {
    target.dispose();
    throw error;
  }
}

/** Frees what `examplesOf` made. */
export function disposeExamples({ target, weights }: Examples): void {
  tf.dispose([target, weights ?? []]);
}

/** Some of the examples, in the order of their places; the caller frees them by `disposeRows`. */
export function rowsOf(examples: Examples, places: ArrayLike<number>): Examples {
  const { x, target, weights } = examples;
  const indices = tf.tensor1d(Int32Array.from(places), 'int32');
  const taken = { x: x.gather(indices), target: target.gather(indices), weights: weights?.gather(indices) };
  indices.dispose();
  return taken;
}

export function disposeRows({ x, target, weights }: Examples): void {
  tf.dispose([x, target, weights ?? []]);
}

/** How many examples, or positions of sequences, count at all. */
export function countOf({ x, weights }: Examples): number {
  if (!weights) return x.shape[0]!;
  let count = 0;
  for (const weight of weights.dataSync()) if (weight !== 0) count++;
  return count;
}

function weightsOf(where: string, { x, sampleWeights }: Data, target: tf.Tensor, model: tf.LayersModel) {
  if (sampleWeights === undefined) return undefined;
  const isList = Array.isArray(sampleWeights);
  if (!isList && !(sampleWeights instanceof tf.Tensor))
    throw mismatch({
      where: `${where}(model, { sampleWeights })`,
      expected: 'a tensor or a list of numbers',
      received: describe(sampleWeights),
    });
  const shape = isList ? [sampleWeights.length] : (sampleWeights as tf.Tensor).shape;
  // (rows), or the axes of the output without the last.
  const positions = target.shape.slice(0, model.outputs[0]!.shape.length - 1);
  const fits = shape.length >= 1 && shape.length <= positions.length && shape.every((n, i) => n === positions[i]);
  if (!fits)
    throw mismatch({
      where: `${where}(model, { sampleWeights })`,
      expected: `one for each of the ${x.shape[0]} rows${positions.length > 1 ? `, or shape ${formatShape(positions)}` : ''}`,
      received: formatShape(shape),
    });
  const values = isList ? Float32Array.from(sampleWeights) : (sampleWeights as tf.Tensor).dataSync();
  const wrong = values.find((value: number) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (wrong !== undefined || values.every((value: number) => value === 0))
    throw mismatch({
      where: `${where}(model, { sampleWeights })`,
      expected: 'numbers from 0, not all of them 0',
      received: wrong === undefined ? 'zeros' : String(wrong),
    });
  return tf.tensor(Float32Array.from(values), shape);
}
