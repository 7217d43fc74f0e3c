import type * as tf from '@tensorflow/tfjs';
import {
  assertInteger,
  assertKeys,
  assertNumber,
  assertSeed,
  freshSeed,
  LearnableError,
  mismatch,
} from '../core/index.ts';
import { assertModel, type Data } from './data.ts';
import { filterNormalised, type Plane, planeOfPath } from './directions.ts';
import { assertFits, lossesAt, type SliceOptions } from './losses-at.ts';
import { snapshot, type WeightValues } from './snapshot.ts';

export interface LandscapeOptions extends SliceOptions {
  /** How far along each direction, where it is random; 1 is as long as the weights. Default 1. */
  range?: number;
  /**
   * Weights from a training, such as a recorder keeps: the plane that shows most of the way, with the way on it.
   * Without it the directions are random, each filter's part as long as the filter (Li et al., 2018).
   */
  path?: readonly WeightValues[];
  /** Of random directions. */
  seed?: number;
}

export interface Landscape {
  /** How far along the first direction, and along the second; 0 is where the model is, or where the path ends. */
  a: number[];
  b: number[];
  /** `losses[i][j]` is the loss at `b[i]`, `a[j]`. */
  losses: number[][];
  /** The way of the training, from its start. */
  path?: { a: number[]; b: number[] };
  /** How much of the way's variance lies in each direction, as a share. */
  explained?: [number, number];
}

/**
 * The loss on a plane through the weights of a model: a map of the surroundings. The model keeps its weights. Every
 * point costs a pass over the data, so give some hundred examples. Default 21 × 21 points.
 *
 * @example
 * const data = { x: tf.tensor2d([[1], [2]]), y: tf.tensor1d([3, 5]) };
 * const model = models.mlp({ inputs: 1, hidden: [4], seed: 1 });
 * show(plot.landscape(await train.landscape(model, data, { steps: 9, seed: 1 })));
 */
export async function landscape(model: tf.LayersModel, data: Data, options: LandscapeOptions = {}): Promise<Landscape> {
  const where = 'train.landscape';
  assertKeys(`${where}(options)`, options, ['loss', 'steps', 'signal', 'range', 'path', 'seed']);
  const { steps = 21, range = 1, path, seed = freshSeed() } = options;
  assertInteger(`${where}({ steps })`, steps, { min: 3 });
  assertNumber(`${where}({ range })`, range, { min: 0, aboveMin: true });
  assertSeed(`${where}({ seed })`, seed);
  assertModel(where, model);
  for (const [i, values] of (path ?? []).entries()) assertFits(`${where}({ path })[${i}]`, model, values);
  if (path && path.length < 3)
    throw mismatch({ where: `${where}({ path })`, expected: 'at least 3 places', received: String(path.length) });

  const plane = path ? planeOfPath(path) : randomPlane(model, seed, range);
  const line = (low: number, high: number) =>
    Array.from({ length: steps }, (_, i) => low + (i * (high - low)) / (steps - 1));
  const [a, b] = [line(...plane.a), line(...plane.b)];
  const points = b.flatMap(y => a.map(x => () => pointOf(plane, x, y)));
  const losses = await lossesAt(where, model, data, points, options);
  if (losses.length < points.length)
    throw new LearnableError(`${where}: it was stopped after ${losses.length} of ${points.length} points.`);
  const rows = b.map((_, i) => losses.slice(i * steps, (i + 1) * steps));
  return { a, b, losses: rows, ...(plane.path && { path: plane.path, explained: plane.explained }) };
}

function randomPlane(model: tf.LayersModel, seed: number, range: number): Plane {
  const [first, second] = filterNormalised(model, seed);
  return { center: snapshot(model), first, second, a: [-range, range], b: [-range, range] };
}

function pointOf({ center, first, second }: Plane, x: number, y: number): WeightValues {
  return center.map((list, i) => list.map((w, j) => w + x * first[i]![j]! + y * second[i]![j]!));
}
