import type * as tf from '@tensorflow/tfjs';
import { random } from '../core/index.ts';
import type { WeightValues } from './snapshot.ts';

/** A plane in the space of all weights, and the part of it to look at. */
export interface Plane {
  center: WeightValues;
  first: WeightValues;
  second: WeightValues;
  a: [low: number, high: number];
  b: [low: number, high: number];
  path?: { a: number[]; b: number[] };
  explained?: [number, number];
}

/**
 * Two random directions in which each filter, that is each output of a layer, has a part as long as its weights: a
 * network whose layers are scaled up and down looks the same (Li et al., 2018). Biases and what belongs to a
 * normalisation stay.
 */
export function filterNormalised(model: tf.LayersModel, seed: number): [WeightValues, WeightValues] {
  const generator = random(seed).derive('landscape');
  const direction = () =>
    model.weights.map(weight => {
      const values = weight.read().dataSync();
      const shape = weight.shape as number[];
      const drawn = Float32Array.from(values, () => generator.normal());
      if (shape.length < 2) return drawn.fill(0);
      const outputs = shape.at(-1)!;
      for (let output = 0; output < outputs; output++) {
        let [length, wanted] = [0, 0];
        for (let i = output; i < values.length; i += outputs) {
          length += drawn[i]! ** 2;
          wanted += values[i]! ** 2;
        }
        const factor = Math.sqrt(wanted / length);
        for (let i = output; i < values.length; i += outputs) drawn[i] = drawn[i]! * factor;
      }
      return drawn;
    });
  return [direction(), direction()];
}

/** The plane through the end of a path that holds most of it: its first two principal components. */
export function planeOfPath(path: readonly WeightValues[]): Plane {
  const center = path.at(-1)!;
  const steps = path.map(values => flat(values.map((list, i) => list.map((w, j) => w - center[i]![j]!))));
  const total = steps.reduce((sum, step) => sum + dot(step, step), 0) || 1;
  const directions: Float64Array[] = [];
  const explained: number[] = [];
  for (let k = 0; k < 2; k++) {
    const left = steps.map(step => without(step, directions));
    const direction = mainDirection(left);
    directions.push(direction);
    explained.push(left.reduce((sum, step) => sum + dot(step, direction) ** 2, 0) / total);
  }
  const [a, b] = directions.map(direction => steps.map(step => dot(step, direction))) as [number[], number[]];
  return {
    center,
    first: unflat(directions[0]!, center),
    second: unflat(directions[1]!, center),
    a: around(a),
    b: around(b),
    path: { a, b },
    explained: explained as [number, number],
  };
}

/** The direction of the largest sum of squares, by power iteration on the small matrix of products. */
function mainDirection(vectors: readonly Float64Array[]): Float64Array {
  const products = vectors.map(v => vectors.map(w => dot(v, w)));
  let weights = products.map((_, i) => 1 + i / vectors.length);
  for (let iteration = 0; iteration < 200; iteration++) {
    const next = products.map(row => row.reduce((sum, product, j) => sum + product * weights[j]!, 0));
    const length = Math.hypot(...next) || 1;
    weights = next.map(value => value / length);
  }
  const direction = new Float64Array(vectors[0]!.length);
  for (const [i, vector] of vectors.entries())
    for (let j = 0; j < direction.length; j++) direction[j] = direction[j]! + weights[i]! * vector[j]!;
  const length = Math.sqrt(dot(direction, direction)) || 1;
  for (let j = 0; j < direction.length; j++) direction[j] = direction[j]! / length;
  return direction;
}

function without(vector: Float64Array, directions: readonly Float64Array[]): Float64Array {
  const rest = vector.slice();
  for (const direction of directions) {
    const share = dot(rest, direction);
    for (let j = 0; j < rest.length; j++) rest[j] = rest[j]! - share * direction[j]!;
  }
  return rest;
}

/** With a margin, and not narrower than can be seen. */
function around(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = 0.25 * (high - low) || 0.5;
  return [low - margin, high + margin];
}

function flat(lists: WeightValues): Float64Array {
  const all = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}

function unflat(all: Float64Array, like: WeightValues): WeightValues {
  let end = 0;
  return like.map(list => {
    end += list.length;
    return Float32Array.from(all.subarray(end - list.length, end));
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
