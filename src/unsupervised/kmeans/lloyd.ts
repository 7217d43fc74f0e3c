import { type Dense, dense, squaredDistance } from '../../core/index.ts';
import { Clusters } from './clusters.ts';

/** One step: where the centres were, and which row belonged to which. */
export interface LloydStep {
  centres: Dense;
  /** Of this step and no other: it changes with the next. */
  assignments: Int32Array;
  /** The sum of the squared distances of the rows to their centres. */
  inertia: number;
  /** How many rows changed their cluster. */
  moved: number;
}

export interface LloydOptions {
  maxIterations: number;
  /** Stop when all centres together move less than this, squared. */
  tolerance: number;
}

/**
 * Lloyd's iteration (1957, published 1982): give each row to its nearest centre, move each centre to the mean of its
 * rows, until no row changes. The last step's assignments belong to the last step's centres.
 */
export function* lloyd(x: Dense, start: Dense, { maxIterations, tolerance }: LloydOptions): Generator<LloydStep> {
  const clusters = new Clusters(x, start.rows);
  let centres = start;
  let isStill = false;
  for (let iteration = 1; ; iteration++) {
    const moved = clusters.assign(centres);
    yield { centres, assignments: clusters.assignments, inertia: clusters.inertia(centres), moved };
    if (moved === 0 || isStill || iteration > maxIterations) return;
    const means = meansOf(x, centres, clusters);
    const distances = distancesBetween(centres, means);
    clusters.shift(distances);
    isStill = distances.reduce((sum, distance) => sum + distance * distance, 0) <= tolerance;
    centres = means;
  }
}

/** The place of the nearest centre of each row. */
export function nearestCentres(x: Dense, centres: Dense): Int32Array {
  const clusters = new Clusters(x, centres.rows);
  clusters.assign(centres);
  return clusters.assignments;
}

export function inertiaOf(x: Dense, centres: Dense, assignments: Int32Array): number {
  const d = x.columns;
  let sum = 0;
  for (let i = 0; i < x.rows; i++) sum += squaredDistance(x.values, i * d, centres.values, assignments[i]! * d, d);
  return sum;
}

function distancesBetween(a: Dense, b: Dense): Float64Array {
  const d = a.columns;
  return Float64Array.from({ length: a.rows }, (_, i) =>
    Math.sqrt(squaredDistance(a.values, i * d, b.values, i * d, d)),
  );
}

/** The mean of each cluster's rows. A cluster that lost all of its rows gets the row that is farthest from its centre. */
function meansOf(x: Dense, centres: Dense, { assignments, counts, sums }: Clusters): Dense {
  const d = x.columns;
  const means = dense(centres.rows, d, sums.values.slice());
  const sizes = counts.slice();
  if (sizes.includes(0)) fillEmpty(x, centres, assignments, means, sizes);
  for (let i = 0; i < means.values.length; i++) means.values[i]! /= sizes[Math.floor(i / d)] || 1;
  return means;
}

/** Moves rows in `sums` and `sizes` alone: to which centre they belong is for the next step to say. */
function fillEmpty(x: Dense, centres: Dense, assignments: Int32Array, sums: Dense, sizes: Int32Array): void {
  const d = x.columns;
  const squares = Float64Array.from(assignments, (place, i) =>
    squaredDistance(x.values, i * d, centres.values, place * d, d),
  );
  const farthestFirst = Array.from(assignments, (_, i) => i).sort((a, b) => squares[b]! - squares[a]! || a - b);
  for (const [cluster, size] of sizes.entries()) {
    if (size > 0) continue;
    // Never the last row of another cluster, which would be empty then.
    const place = farthestFirst.findIndex(row => sizes[assignments[row]!]! > 1);
    if (place < 0) return;
    const row = farthestFirst.splice(place, 1)[0]!;
    const from = assignments[row]!;
    for (let t = 0; t < d; t++) {
      const value = x.values[row * d + t]!;
      sums.values[from * d + t] = sums.values[from * d + t]! - value;
      sums.values[cluster * d + t] = value;
    }
    sizes[from]!--;
    sizes[cluster] = 1;
  }
}
