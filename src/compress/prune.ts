import * as tf from '@tensorflow/tfjs';
import { assertKeys, assertNumber, assertOneOf } from '../core/index.ts';
import { copyModel } from './copy.ts';

export interface PruneOptions {
  /** How many of the weights become 0, from 0 to 1. */
  share: number;
  /** 'all': the smallest of the whole model; 'layer': of each layer alike. Default 'all'. */
  within?: 'all' | 'layer';
}

export interface Pruned {
  /** The caller disposes it. */
  model: tf.LayersModel;
  /** How many weights are 0 now, of those that may be: biases are kept. */
  zeros: number;
  weights: number;
  layers: { name: string; zeros: number; weights: number }[];
  /** Makes the pruned weights 0 again: call it after each epoch of fine-tuning. */
  reapply(): void;
}

/**
 * Takes away the smallest weights, which matter least (Han et al., NeurIPS 2015). The model itself stays as it is.
 *
 * @example
 * const model = models.mlp({ inputs: 4, hidden: [16], outputs: 3, task: 'classification', seed: 1 });
 * const { model: sparse, reapply } = await compress.prune(model, { share: 0.5 });
 */
export async function prune(model: tf.LayersModel, options: PruneOptions): Promise<Pruned> {
  assertKeys('prune(model, options)', options, ['share', 'within']);
  const { share, within = 'all' } = options;
  assertNumber('prune({ share })', share, { min: 0, max: 1 });
  assertOneOf('prune({ within })', within, ['all', 'layer'] as const);
  const copy = await copyModel(model);
  const values = copy.getWeights().map(weight => weight.dataSync() as Float32Array);
  const isKernel = copy.weights.map((weight, i) => weight.trainable && copy.getWeights()[i]!.rank >= 2);
  const kernels = values.filter((_, i) => isKernel[i]);
  const limit = within === 'all' ? limitOf(kernels, share) : undefined;
  const keeps = values.map((one, i) => (isKernel[i] ? keptOf(one, limit ?? limitOf([one], share)) : undefined));

  const reapply = () => {
    const tensors = copy.getWeights().map((weight, i) => {
      const keep = keeps[i];
      if (!keep) return weight.clone();
      const now = weight.dataSync() as Float32Array;
      return tf.tensor(
        now.map((value, place) => value * keep[place]!),
        weight.shape,
      );
    });
    copy.setWeights(tensors);
    tf.dispose(tensors);
  };
  reapply();
  const layers = keeps.flatMap((keep, i) => {
    const zeros = keep?.reduce((count, kept) => count + (1 - kept), 0) ?? 0;
    return keep ? [{ name: copy.weights[i]!.originalName, zeros, weights: keep.length }] : [];
  });
  const sum = (key: 'zeros' | 'weights') => layers.reduce((total, layer) => total + layer[key], 0);
  return { model: copy, zeros: sum('zeros'), weights: sum('weights'), layers, reapply };
}

interface Limit {
  /** What is smaller goes. */
  below: number;
  /** Of those that are just as large, so many go, the first ones. */
  ties: number;
}

function limitOf(lists: readonly Float32Array[], share: number): Limit {
  const sizes = Float64Array.from(lists.flatMap(list => Array.from(list, Math.abs))).sort();
  const count = Math.round(share * sizes.length);
  if (count === 0) return { below: 0, ties: 0 };
  const below = sizes[count - 1]!;
  const smaller = sizes.findIndex(size => size === below);
  return { below, ties: count - smaller };
}

/** 1 for what stays. Ties are shared out in order, over all lists that have the same limit. */
function keptOf(values: Float32Array, limit: Limit): Uint8Array {
  return Uint8Array.from(values, value => {
    const size = Math.abs(value);
    if (size > limit.below) return 1;
    if (size < limit.below) return 0;
    return limit.ties-- > 0 ? 0 : 1;
  });
}
