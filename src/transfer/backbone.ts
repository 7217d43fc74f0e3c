import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, describe, mismatch } from '../core/index.ts';

/** The front part of a network that was trained on something else: pictures in, numbers that describe them out. */
export interface Backbone {
  readonly name: string;
  /** What `extract` is given for one example, without the batch. */
  readonly input: readonly number[];
  /** How many numbers come out for each example. */
  readonly features: number;
  /** (batch, …input) → float32 (batch, features); the caller disposes both. */
  extract(batch: tf.Tensor): tf.Tensor2D;
  /** Frees what the backbone owns. */
  dispose(): void;
}

export interface CutOptions {
  /** The name of the layer whose output are the features. */
  layer: string;
}

/**
 * Cuts a model after one of its layers. Maps of features are averaged over height and width, so that each map gives one
 * number. The backbone computes with the weights of the model itself, and does not dispose it.
 *
 * @example
 * const model = models.cnn({ inputs: [8, 8, 1], channels: [4, 8], outputs: 3, task: 'classification', seed: 1 });
 * transfer.cut(model, { layer: model.layers[2].name }).features
 */
export function cut(model: tf.LayersModel, options: CutOptions): Backbone {
  assertKeys('transfer.cut(model, options)', options, ['layer']);
  const layer = layerNamed('transfer.cut({ layer })', model, options.layer);
  const front = tf.model({ inputs: model.inputs, outputs: layer.output as tf.SymbolicTensor });
  const [input, output] = [front.inputs[0]!.shape, front.outputs[0]!.shape] as (number | null)[][];
  return {
    name: `${model.name} up to ${layer.name}`,
    input: input!.slice(1).map(size => size ?? 0),
    features: output!.at(-1)!,
    extract: batch => tf.tidy(() => pooled(front.predict(batch) as tf.Tensor)),
    dispose: () => {},
  };
}

export function layerNamed(where: string, model: tf.LayersModel, name: string): tf.layers.Layer {
  const layer = model.layers.find(one => one.name === name);
  if (layer) return layer;
  throw mismatch({
    where,
    expected: `one of the layers ${model.layers.map(one => one.name).join(', ')}`,
    received: describe(name),
  });
}

/** (batch, …, maps) → (batch, maps): the mean over all that lies between. */
export function pooled(maps: tf.Tensor): tf.Tensor2D {
  const between = maps.shape.slice(1, -1).map((_, axis) => axis + 1);
  return (between.length === 0 ? maps.clone() : maps.mean(between)) as tf.Tensor2D;
}

/** The side of a square picture, as a multiple of what the network halves. */
export function assertSide(where: string, size: unknown, multiple: number): asserts size is number {
  assertInteger(where, size, { min: multiple });
  if (size % multiple !== 0) throw mismatch({ where, expected: `a multiple of ${multiple}`, received: describe(size) });
}
