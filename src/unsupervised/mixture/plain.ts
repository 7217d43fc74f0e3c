import {
  assertInteger,
  assertKeys,
  assertSeed,
  centred,
  cholesky,
  countOf,
  type Dense,
  dense,
  mismatch,
  random,
  toRows,
} from '../../core/index.ts';
import { readStart } from '../options.ts';
import type { CovarianceKind, Parts } from './parts.ts';

export const KINDS = ['full', 'diagonal', 'spherical'] as const;

/** The covariance of each part: a matrix (full), the variance of each feature (diagonal), or one variance (spherical). */
export type Covariances =
  | readonly (readonly (readonly number[])[])[]
  | readonly (readonly number[])[]
  | readonly number[];

export interface MixtureStart {
  weights: readonly number[];
  means: readonly (readonly number[])[];
  covariances: Covariances;
}

/** Around 0, as the rows are computed with, `shift` being their mean. */
export function readParts(
  where: string,
  start: MixtureStart,
  kind: CovarianceKind,
  count: number,
  shift: Float64Array,
): Parts {
  const d = shift.length;
  assertKeys(where, start, ['weights', 'means', 'covariances']);
  const weights = readStart(`${where}.weights`, [start.weights], 1, count);
  const means = centred(dense(count, d, readStart(`${where}.means`, start.means, count, d)), shift);
  const covariances = readCovariances(start.covariances, kind, count, d);
  if (covariances && weights.every(weight => weight > 0)) return { kind, weights, means, covariances };
  throw mismatch({
    where,
    expected: `${count} weights above 0 and ${count} ${kind} covariances of ${countOf(d, 'feature')}`,
    received: 'others',
  });
}

const SHAPES = { full: (d: number) => [d, d], diagonal: (d: number) => [1, d], spherical: () => [1, 1] } as const;

/** From lists as the model shows them; undefined if they do not fit. */
export function readCovariances(given: unknown, kind: CovarianceKind, count: number, d: number): Dense[] | undefined {
  if (!Array.isArray(given) || given.length !== count) return undefined;
  const [rows, columns] = SHAPES[kind](d) as [number, number];
  const found = given.map((part: unknown) => {
    const numbers = [part].flat(2) as number[];
    return numbers.length === rows * columns && numbers.every(Number.isFinite)
      ? dense(rows, columns, Float64Array.from(numbers))
      : undefined;
  });
  return found.every(part => part !== undefined) ? found : undefined;
}

export function plainParts({ kind, weights, means, covariances }: Parts, shift: Float64Array) {
  const shown = {
    full: toRows,
    diagonal: (part: Dense) => Array.from(part.values),
    spherical: (part: Dense) => part.values[0]!,
  };
  return {
    covariance: kind,
    weights: Array.from(weights),
    means: toRows(means).map(row => row.map((value, t) => value + shift[t]!)),
    covariances: covariances.map(part => shown[kind](part)) as Covariances,
  };
}

/** mean + L·z, with z independent normal numbers and the covariance L·Lᵀ. */
export function draw({ kind, weights, means, covariances }: Parts, count: number, seed: number): number[][] {
  assertInteger('model.sample(count)', count, { min: 0 });
  assertSeed('model.sample(count, seed)', seed);
  const generator = random(seed).derive('sample');
  const d = means.columns;
  const roots = covariances.map(part => (kind === 'full' ? cholesky(part)! : part).values);
  return Array.from({ length: count }, () => {
    const part = generator.choice(Array.from(weights.keys()), weights);
    const z = Array.from({ length: d }, () => generator.normal());
    const root = roots[part]!;
    return z.map((value, t) => {
      const mean = means.values[part * d + t]!;
      if (kind !== 'full') return mean + Math.sqrt(root[kind === 'diagonal' ? t : 0]!) * value;
      let sum = mean;
      for (let s = 0; s <= t; s++) sum += root[t * d + s]! * z[s]!;
      return sum;
    });
  });
}
