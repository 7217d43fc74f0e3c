import { type Dense, dense, dotProducts, squaredDistance } from '../../core/index.ts';

/** One step: where the centres were, and which row belonged to which. */
export interface LloydStep {
  centres: Dense;
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
  let centres = start;
  let assignments: Int32Array = new Int32Array(x.rows).fill(-1);
  let isStill = false;
  for (let iteration = 1; ; iteration++) {
    const next = nearestCentres(x, centres);
    let moved = 0;
    for (let i = 0; i < x.rows; i++) if (next[i] !== assignments[i]) moved++;
    assignments = next;
    yield { centres, assignments, inertia: inertiaOf(x, centres, assignments), moved };
    if (moved === 0 || isStill || iteration > maxIterations) return;
    const means = meansOf(x, centres, assignments);
    isStill = squaredDistance(means.values, 0, centres.values, 0, means.values.length) <= tolerance;
    centres = means;
  }
}

/** So many rows at a time: their distances stay in the cache. */
const BLOCK = 256;

/** The place of the nearest centre of each row: where |c|²/2 − x·c is smallest. */
export function nearestCentres(x: Dense, centres: Dense): Int32Array {
  const [k, d] = [centres.rows, x.columns];
  const halfSquares = new Float64Array(k);
  for (let j = 0; j < k; j++) for (let t = 0; t < d; t++) halfSquares[j]! += centres.values[j * d + t]! ** 2 / 2;
  const nearest = new Int32Array(x.rows);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const rows = Math.min(BLOCK, x.rows - from);
    const block = dense(rows, d, x.values.subarray(from * d, (from + rows) * d));
    const products = dotProducts(block, centres).values;
    for (let i = 0; i < rows; i++) {
      let best = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let j = 0; j < k; j++) {
        const value = halfSquares[j]! - products[i * k + j]!;
        if (value < least) {
          least = value;
          best = j;
        }
      }
      nearest[from + i] = best;
    }
  }
  return nearest;
}

export function inertiaOf(x: Dense, centres: Dense, assignments: Int32Array): number {
  const d = x.columns;
  let sum = 0;
  for (let i = 0; i < x.rows; i++) sum += squaredDistance(x.values, i * d, centres.values, assignments[i]! * d, d);
  return sum;
}

/** The mean of each cluster's rows. A cluster that lost all of its rows gets the row that is farthest from its centre. */
function meansOf(x: Dense, centres: Dense, assignments: Int32Array): Dense {
  const [k, d] = [centres.rows, x.columns];
  const members = assignments.slice();
  const counts = countMembers(members, k);
  if (counts.includes(0)) fillEmpty(x, centres, members, counts);
  const means = dense(k, d);
  const [from, to] = [x.values, means.values];
  for (let i = 0; i < x.rows; i++) {
    const at = members[i]! * d;
    const row = i * d;
    for (let t = 0; t < d; t++) to[at + t] = to[at + t]! + from[row + t]!;
  }
  for (let j = 0; j < k; j++) for (let t = 0; t < d; t++) to[j * d + t]! /= counts[j] || 1;
  return means;
}

function countMembers(members: Int32Array, k: number): Int32Array {
  const counts = new Int32Array(k);
  for (let i = 0; i < members.length; i++) counts[members[i]!]!++;
  return counts;
}

function fillEmpty(x: Dense, centres: Dense, members: Int32Array, counts: Int32Array): void {
  const d = x.columns;
  const squares = Float64Array.from(members, (place, i) =>
    squaredDistance(x.values, i * d, centres.values, place * d, d),
  );
  const farthestFirst = Array.from(members, (_, i) => i).sort((a, b) => squares[b]! - squares[a]! || a - b);
  for (const [cluster, count] of counts.entries()) {
    if (count > 0) continue;
    // Never the last row of another cluster, which would be empty then.
    const place = farthestFirst.findIndex(row => counts[members[row]!]! > 1);
    if (place < 0) return;
    const [row] = farthestFirst.splice(place, 1);
    counts[members[row!]!]!--;
    members[row!] = cluster;
    counts[cluster] = 1;
  }
}
