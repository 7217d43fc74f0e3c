import type * as tf from '@tensorflow/tfjs';
import { longTask, mismatch, scope } from '../core/index.ts';
import type { Data } from './data.ts';
import { disposeExamples, examplesOf } from './examples.ts';
import { judge } from './judge.ts';
import { assertLoss, inferLoss, type LossFunction, type LossName } from './loss.ts';
import { restore, snapshot, type WeightValues } from './snapshot.ts';

export interface SliceOptions {
  loss?: LossName | LossFunction;
  /** Points along each axis. */
  steps?: number;
  signal?: AbortSignal;
}

/** The loss at each point, as far as it comes before somebody stops it. */
export async function lossesAt(
  where: string,
  model: tf.LayersModel,
  data: Data,
  points: readonly (() => WeightValues)[],
  options: SliceOptions,
): Promise<number[]> {
  const loss = options.loss ?? inferLoss(model);
  assertLoss(where, loss, model);
  return scope(async own => {
    const examples = examplesOf(where, model, data, loss);
    own({ dispose: () => disposeExamples(examples) });
    const weights = snapshot(model);
    const losses: number[] = [];
    try {
      await longTask('Landscape', points.length, options.signal, async tick => {
        for (const point of points) {
          restore(model, point());
          losses.push((await judge(model, examples, { loss, metrics: [] })).loss!);
          if (await tick(losses.length)) break;
        }
      });
      return losses;
    } finally {
      restore(model, weights);
    }
  });
}

export function assertFits(where: string, model: tf.LayersModel, values: unknown): asserts values is WeightValues {
  const sizes = model.weights.map(weight => weight.read().size);
  const lists = Array.isArray(values) ? (values as Float32Array[]) : [];
  if (lists.length === sizes.length && sizes.every((size, i) => lists[i]?.length === size)) return;
  throw mismatch({
    where,
    expected: `weights of ${sizes.join(', ')} numbers, as the model has`,
    received: lists.map(list => list?.length).join(', ') || String(values),
    hint: 'train.snapshot(model) gives them.',
  });
}
