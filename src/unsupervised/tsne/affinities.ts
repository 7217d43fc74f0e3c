import { type Dense, nearestRows } from '../../core/index.ts';

/** A symmetric matrix of probabilities of which most are 0: of row i those from `starts[i]` to `starts[i + 1]`. */
export interface Affinities {
  starts: Int32Array;
  others: Int32Array;
  /** Add up to 1. */
  values: Float64Array;
}

/** Rows farther than the nearest so many times the perplexity have next to no affinity. */
const REACH = 3;

/**
 * How likely two rows are neighbours: pᵢⱼ = (p(j|i) + p(i|j)) / 2n, with p(j|i) normal around row i and as wide as gives
 * it the perplexity, which is about how many neighbours it has (van der Maaten and Hinton, Visualizing data using t-SNE,
 * 2008; over the nearest rows alone: van der Maaten, Accelerating t-SNE, 2014).
 */
export function affinities(x: Dense, perplexity: number): Affinities {
  const n = x.rows;
  const count = Math.min(n - 1, Math.ceil(REACH * perplexity));
  const { rows, squares } = nearestRows(x, x, count, true);
  const conditional = new Float64Array(n * count);
  for (let i = 0; i < n; i++) {
    const own = squares.subarray(i * count, (i + 1) * count);
    conditional.set(neighbourProbabilities(own, perplexity), i * count);
  }
  return symmetric(n, count, rows, conditional);
}

/** p(j|i) ∝ exp(−β·dᵢⱼ²), β found by halving so that the entropy is the logarithm of the perplexity. */
export function neighbourProbabilities(squares: Float64Array, perplexity: number): Float64Array {
  const wanted = Math.log(perplexity);
  const nearest = squares.reduce((least, square) => Math.min(least, square), Number.POSITIVE_INFINITY);
  const found = new Float64Array(squares.length);
  let [low, high, beta] = [0, Number.POSITIVE_INFINITY, 1];
  for (let trial = 0; trial < 100; trial++) {
    // Against the nearest one, so that not all underflow to 0.
    let total = 0;
    let weighted = 0;
    for (let j = 0; j < squares.length; j++) {
      const distance = squares[j]! - nearest;
      const value = Math.exp(-beta * distance);
      found[j] = value;
      total += value;
      weighted += value * distance;
    }
    for (let j = 0; j < squares.length; j++) found[j]! /= total;
    const entropy = Math.log(total) + (beta * weighted) / total;
    if (Math.abs(entropy - wanted) < 1e-10) break;
    if (entropy > wanted) low = beta;
    else high = beta;
    beta = high === Number.POSITIVE_INFINITY ? beta * 2 : (low + high) / 2;
  }
  return found;
}

function symmetric(n: number, count: number, rows: Int32Array, conditional: Float64Array): Affinities {
  const maps = Array.from({ length: n }, () => new Map<number, number>());
  for (let i = 0; i < n; i++)
    for (let t = i * count; t < (i + 1) * count; t++) {
      const j = rows[t]!;
      const half = conditional[t]! / (2 * n);
      maps[i]!.set(j, (maps[i]!.get(j) ?? 0) + half);
      maps[j]!.set(i, (maps[j]!.get(i) ?? 0) + half);
    }
  const starts = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) starts[i + 1] = starts[i]! + maps[i]!.size;
  const others = new Int32Array(starts[n]!);
  const values = new Float64Array(starts[n]!);
  maps.forEach((map, i) => {
    let place = starts[i]!;
    for (const [j, value] of map) {
      others[place] = j;
      values[place++] = value;
    }
  });
  return { starts, others, values };
}
