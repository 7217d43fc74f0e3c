import type * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertNumber } from '../core/index.ts';
import { assertModel, type Data } from './data.ts';
import { assertFits, lossesAt, type SliceOptions } from './losses-at.ts';
import type { WeightValues } from './snapshot.ts';

export interface LineOptions extends SliceOptions {
  /** How far beyond both ends, as a share of the way between them. Default 0.25. */
  margin?: number;
}

export interface LossLine {
  /** 0 is at `from`, 1 at `to`. */
  positions: number[];
  losses: number[];
}

/**
 * The loss on the straight way between two sets of weights, and a little beyond (Goodfellow et al., 2015): from first
 * weights to trained ones, or from one solution to another. The model keeps its weights. Default 41 points.
 *
 * @example
 * const data = { x: tf.tensor2d([[1], [2]]), y: tf.tensor1d([3, 5]) };
 * const model = models.linear({ inputs: 1, seed: 1 });
 * const from = train.snapshot(model);
 * await train.fit(model, data, { epochs: 20 });
 * const { positions, losses } = await train.lossLine(model, data, from, train.snapshot(model));
 */
export async function lossLine(
  model: tf.LayersModel,
  data: Data,
  from: WeightValues,
  to: WeightValues,
  options: LineOptions = {},
): Promise<LossLine> {
  const where = 'train.lossLine';
  assertKeys(`${where}(options)`, options, ['loss', 'steps', 'signal', 'margin']);
  const { steps = 41, margin = 0.25 } = options;
  assertInteger(`${where}({ steps })`, steps, { min: 2 });
  assertNumber(`${where}({ margin })`, margin, { min: 0 });
  assertModel(where, model);
  for (const [name, values] of Object.entries({ from, to })) assertFits(`${where}(${name})`, model, values);
  const positions = Array.from({ length: steps }, (_, i) => -margin + (i * (1 + 2 * margin)) / (steps - 1));
  const points = positions.map(at => () => from.map((list, i) => list.map((w, j) => w + at * (to[i]![j]! - w))));
  const losses = await lossesAt(where, model, data, points, options);
  return { positions: positions.slice(0, losses.length), losses };
}
