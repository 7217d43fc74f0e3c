import * as tf from '@tensorflow/tfjs';
import { assertKeys, assertOneOf } from '../core/index.ts';
import { copyModel } from './copy.ts';
import { toFloat16 } from './float16.ts';

export interface QuantiseOptions {
  /** 'int8': a whole number from −127 to 127 and a scale; 'float16': half the bits of a number. Default 'int8'. */
  to?: 'int8' | 'float16';
}

export interface QuantisedWeight {
  name: string;
  shape: number[];
  /** Kept as it was: a short list, such as a bias, costs more in accuracy than it saves. */
  isKept: boolean;
  /** The largest difference between a weight and what became of it. */
  maxError: number;
  rootMeanSquaredError: number;
}

export interface Quantised {
  /** Computes with the weights that are left; the caller disposes it. */
  model: tf.LayersModel;
  /** Of the weights, as they would be stored. */
  bytes: number;
  /** Of the weights before, as float32. */
  bytesBefore: number;
  weights: QuantisedWeight[];
}

/**
 * Stores each weight in fewer bits, and says what that does to it. int8 has a scale of its own for each output of a layer
 * (Jacob et al., CVPR 2018; here symmetric, without training).
 *
 * The model itself stays as it is.
 *
 * @example
 * const model = models.mlp({ inputs: 4, hidden: [16], outputs: 3, task: 'classification', seed: 1 });
 * const { model: small, bytes, bytesBefore } = await compress.quantise(model, { to: 'int8' });
 */
export async function quantise(model: tf.LayersModel, options: QuantiseOptions = {}): Promise<Quantised> {
  assertKeys('quantise(model, options)', options, ['to']);
  const { to = 'int8' } = options;
  assertOneOf('quantise({ to })', to, ['int8', 'float16'] as const);
  const copy = await copyModel(model);
  const found = model.weights.map((weight, i) => {
    const values = model.getWeights()[i]!.dataSync() as Float32Array;
    const shape = weight.shape as number[];
    const rounded = to === 'float16' ? halved(values) : bytewise(values, shape);
    const restored = rounded?.values ?? values;
    const report: QuantisedWeight = { name: weight.originalName, shape, isKept: !rounded, ...errors(values, restored) };
    return { report, restored, bytes: rounded?.bytes ?? 4 * values.length, before: 4 * values.length };
  });
  const tensors = found.map(({ restored, report }) => tf.tensor(restored, report.shape));
  copy.setWeights(tensors);
  tf.dispose(tensors);
  const total = (key: 'bytes' | 'before') => found.reduce((sum, one) => sum + one[key], 0);
  return {
    model: copy,
    bytes: total('bytes'),
    bytesBefore: total('before'),
    weights: found.map(({ report }) => report),
  };
}

interface Rounded {
  values: Float32Array;
  bytes: number;
}

/** The last axis is the outputs: each has its own scale. Lists are kept. */
function bytewise(values: Float32Array, shape: readonly number[]): Rounded | undefined {
  if (shape.length < 2) return undefined;
  const outputs = shape.at(-1)!;
  const largest = new Float32Array(outputs);
  values.forEach((value, i) => {
    largest[i % outputs] = Math.max(largest[i % outputs]!, Math.abs(value));
  });
  const scales = largest.map(most => most / 127);
  const rounded = values.map((value, i) => {
    const scale = scales[i % outputs]!;
    return scale === 0 ? 0 : Math.round(value / scale) * scale;
  });
  return { values: rounded, bytes: values.length + 4 * outputs };
}

function halved(values: Float32Array): Rounded {
  return { values: values.map(toFloat16), bytes: 2 * values.length };
}

function errors(before: Float32Array, after: Float32Array): { maxError: number; rootMeanSquaredError: number } {
  let [largest, squares] = [0, 0];
  for (let i = 0; i < before.length; i++) {
    const error = Math.abs(before[i]! - after[i]!);
    largest = Math.max(largest, error);
    squares += error ** 2;
  }
  return { maxError: largest, rootMeanSquaredError: Math.sqrt(squares / before.length) };
}
