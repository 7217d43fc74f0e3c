import * as tf from '@tensorflow/tfjs';
import {
  describe,
  type Features,
  formatShape,
  isTensor,
  mismatch,
  type Rows,
  readFeatures,
  readTensor,
} from '../core/index.ts';
import { decoder, encoder } from '../models/index.ts';
import { explainedShare } from './explained.ts';
import { rowErrors } from './pca.ts';

/** What an autoencoder takes: rows of numbers, or a tensor of the shape of its input, such as images. */
export type Input = Features | tf.Tensor;

/**
 * The codes of rows, by the first half of an autoencoder or a variational one.
 *
 * x: (rows, …) as the model's input → (rows, code). Throws on other models and shapes, and on NaN.
 *
 * @example
 * const network = models.autoencoder({ inputs: 4, hidden: [8], code: 2, seed: 1 });
 * const codes = unsupervised.encode(network, [[1, 2, 3, 4]]);
 */
export function encode(model: tf.LayersModel, x: Input): number[][] {
  return half(encoder(model), part => tidily(() => rowsOf(outputOf('unsupervised.encode', part, x))));
}

/**
 * What the second half of an autoencoder makes of codes.
 *
 * codes: (rows, code) → (rows, numbers of one example)
 *
 * @example
 * const network = models.autoencoder({ inputs: 4, hidden: [8], code: 2, seed: 1 });
 * const made = unsupervised.decode(network, [[0, 0], [1, 0]]);
 */
export function decode(model: tf.LayersModel, codes: Rows): number[][] {
  return half(decoder(model), part => tidily(() => rowsOf(outputOf('unsupervised.decode', part, codes))));
}

/**
 * There and back: what an autoencoder makes of rows.
 *
 * x: (rows, …) as the model's input → (rows, numbers of one example)
 *
 * @example
 * const network = models.autoencoder({ inputs: 4, hidden: [8], code: 2, seed: 1 });
 * const copies = unsupervised.reconstruct(network, [[1, 2, 3, 4]]);
 */
export function reconstruct(model: tf.LayersModel, x: Input): number[][] {
  return tidily(() => rowsOf(outputOf('unsupervised.reconstruct', model, x)));
}

/**
 * The mean squared error of each row, there and back: high where a row is unlike those that the model was trained on.
 *
 * x: (rows, …) as the model's input → one number a row
 *
 * @example
 * const network = models.autoencoder({ inputs: 4, hidden: [8], code: 2, seed: 1 });
 * const errors = unsupervised.reconstructionErrors(network, [[1, 2, 3, 4]]);
 */
export function reconstructionErrors(model: tf.LayersModel, x: Input): number[] {
  const { rows, copies } = thereAndBack('unsupervised.reconstructionErrors', model, x);
  return Array.from(rowErrors(rows, copies), error => error / rows.columns);
}

/**
 * Of the squared distances to the mean, the share that comes back: 1 is all, 0 is as good as the mean. The same as
 * `pca(…).score`, to compare with it.
 *
 * x: (rows, …) as the model's input. Throws on rows that are all the same.
 *
 * @example
 * const network = models.autoencoder({ inputs: 2, hidden: [8], code: 1, seed: 1 });
 * const share = unsupervised.reconstructionScore(network, [[1, 2], [2, 4], [3, 6]]);
 */
export function reconstructionScore(model: tf.LayersModel, x: Input): number {
  const { rows, copies } = thereAndBack('unsupervised.reconstructionScore', model, x);
  return explainedShare(
    rows,
    rowErrors(rows, copies).reduce((sum, error) => sum + error, 0),
  );
}

/** `tf.tidy` for what is no tensor: it would look for some in all of the numbers that are returned. */
function tidily<T>(work: () => T): T {
  let result: T | undefined;
  tf.tidy(() => {
    result = work();
  });
  return result as T;
}

function half<T>(part: tf.LayersModel, work: (part: tf.LayersModel) => T): T {
  try {
    return work(part);
  } finally {
    part.dispose();
  }
}

function thereAndBack(where: string, model: tf.LayersModel, x: Input) {
  return tidily(() => {
    const input = toInput(where, model, x);
    const flat = (tensor: tf.Tensor) => readFeatures(where, tensor.reshape([tensor.shape[0]!, -1]));
    return { rows: flat(input), copies: flat(predict(where, model, input)) };
  });
}

function outputOf(where: string, model: tf.LayersModel, x: Input): tf.Tensor {
  return predict(where, model, toInput(where, model, x));
}

function predict(where: string, model: tf.LayersModel, input: tf.Tensor): tf.Tensor {
  const output = model.predict(input);
  if (output instanceof tf.Tensor) return output;
  throw mismatch({ where: `${where}(model)`, expected: 'a model with one output', received: `${output.length}` });
}

/** (rows, …), of the shape that the model takes. */
function toInput(where: string, model: tf.LayersModel, x: Input): tf.Tensor {
  if (!(model instanceof tf.LayersModel))
    throw mismatch({ where: `${where}(model)`, expected: 'a tfjs layers model', received: describe(model) });
  const wanted = (model.inputs[0]!.shape as (number | null)[]).slice(1);
  const given = x !== null && typeof x === 'object' && 'x' in x && isTensor(x.x) ? x.x : x;
  if (!isTensor(given)) {
    const { values, rows, columns } = readFeatures(`${where}(model, x)`, given as Features);
    assertShape(where, wanted, [rows, columns]);
    return tf.tensor2d(Float32Array.from(values), [rows, columns]);
  }
  readTensor(`${where}(model, x)`, given);
  assertShape(where, wanted, given.shape);
  readFeatures(`${where}(model, x)`, given.reshape([given.shape[0]!, -1])); // refuses NaN
  return given;
}

function assertShape(where: string, wanted: readonly (number | null)[], shape: readonly number[]): void {
  const fits = shape.length === wanted.length + 1 && wanted.every((size, i) => size === null || size === shape[i + 1]);
  if (fits) return;
  throw mismatch({
    where: `${where}(model, x)`,
    expected: `shape ${formatShape([null, ...wanted])}, as the model's input`,
    received: formatShape(shape),
  });
}

function rowsOf(tensor: tf.Tensor): number[][] {
  return tensor.reshape([tensor.shape[0]!, -1]).arraySync() as number[][];
}
