import * as tf from '@tensorflow/tfjs';
import { assertInteger, mismatch } from '../core/index.ts';

export interface OutputOptions {
  /** Which output is explained, such as the number of a class. Default: the one that the model says most of. */
  output?: number;
}

/** One example as a batch of one; refuses what does not fit the model. */
export function asBatch(where: string, model: tf.LayersModel, example: tf.Tensor): tf.Tensor {
  const wanted = (model.inputs[0]!.shape as (number | null)[]).slice(1);
  const fits = (shape: readonly number[]) =>
    shape.length === wanted.length && wanted.every((size, i) => size === null || size === shape[i]);
  if (fits(example.shape)) return example.expandDims(0);
  if (example.shape[0] === 1 && fits(example.shape.slice(1))) return example;
  throw mismatch({
    where,
    expected: `one example of shape [${wanted.map(size => size ?? 'any').join(', ')}]`,
    received: `a tensor of shape [${example.shape.join(', ')}]`,
  });
}

/** The number of the output to explain. */
export function chooseOutput(
  where: string,
  model: tf.LayersModel,
  batch: tf.Tensor,
  { output }: OutputOptions,
): number {
  const count = (model.outputs[0]!.shape as number[]).at(-1)!;
  if (output !== undefined) {
    assertInteger(`${where}, { output }`, output, { min: 0, max: count - 1 });
    return output;
  }
  return tf.tidy(() => (model.predict(batch) as tf.Tensor).reshape([-1]).argMax().dataSync()[0]!);
}

/** What the model says of one output, for each example of a batch. (batch, …) → (batch) */
export function saidOf(model: tf.LayersModel, batch: tf.Tensor, output: number): tf.Tensor1D {
  return column(model.apply(batch) as tf.Tensor, output);
}

/**
 * The same before the softmax or sigmoid at the end, where the model is a row of layers that ends so: the slope of a
 * probability is nearly nothing where the model is sure. (batch, …) → (batch)
 */
export function logitOf(model: tf.LayersModel, batch: tf.Tensor, output: number): tf.Tensor1D {
  if (!(model instanceof tf.Sequential)) return saidOf(model, batch, output);
  const before = model.layers.slice(0, -1).reduce((tensor, layer) => layer.apply(tensor) as tf.Tensor, batch);
  return column(lastLogits(model.layers.at(-1)!, before), output);
}

/** What a dense layer computes before its softmax or sigmoid; what any other layer gives. */
export function lastLogits(layer: tf.layers.Layer, input: tf.Tensor): tf.Tensor {
  const { activation } = layer.getConfig() as { activation?: string };
  const isProbability = layer.getClassName() === 'Dense' && (activation === 'softmax' || activation === 'sigmoid');
  if (!isProbability) return layer.apply(input) as tf.Tensor;
  const [kernel, bias] = layer.weights.map(weight => weight.read()) as [tf.Tensor2D, tf.Tensor1D | undefined];
  const product = input.matMul(kernel);
  return bias ? product.add(bias) : product;
}

function column(said: tf.Tensor, output: number): tf.Tensor1D {
  return (said as tf.Tensor2D).slice([0, output], [-1, 1]).squeeze([1]) as tf.Tensor1D;
}
