import { type Dense, dense } from '../dense.ts';
import { transpose } from './multiply.ts';

export interface LeastSquares {
  /** Of all that fit best, the solution of the smallest length. */
  solution: Float64Array;
  /** How many columns say something that the others do not. */
  rank: number;
}

/**
 * Minimises |A·x − b| by a QR decomposition with column pivoting and, where columns depend on others, a second one from
 * the other side: the complete orthogonal decomposition (Golub and Van Loan, Matrix Computations, 5.4 and 5.5).
 * A: (n, d), b: n numbers.
 */
export function leastSquares(a: Dense, b: ArrayLike<number>): LeastSquares {
  const [n, d] = [a.rows, a.columns];
  const columns = transpose(a).values; // column j of A: columns[j·n …]
  const rest = Float64Array.from(b);
  const order = Array.from({ length: d }, (_, j) => j);
  const diagonal = new Float64Array(d);
  let rank = 0;
  for (; rank < Math.min(n, d); rank++) {
    const size = bringLargestForward(columns, n, order, rank);
    if (size <= Number.EPSILON * Math.max(n, d) * Math.abs(rank === 0 ? 0 : diagonal[0]!) || size === 0) break;
    diagonal[rank] = reflectColumn(columns, n, rank, order.slice(rank + 1), order[rank]!, size, rest);
  }
  // R, (rank, d), in the order of the pivots.
  const upper = dense(rank, d);
  for (let i = 0; i < rank; i++) {
    upper.values[i * d + i] = diagonal[i]!;
    for (let j = i + 1; j < d; j++) upper.values[i * d + j] = columns[order[j]! * n + i]!;
  }
  const pivoted = rank === d ? solveUpper(upper, rest) : shortestSolution(upper, rest);
  const solution = new Float64Array(d);
  for (let j = 0; j < d; j++) solution[order[j]!] = pivoted[j]!;
  return { solution, rank };
}

/** The column with the most left below row k becomes the k-th; returns its length there. */
function bringLargestForward(columns: Float64Array, n: number, order: number[], k: number): number {
  let [largest, place] = [-1, k];
  for (let j = k; j < order.length; j++) {
    let square = 0;
    const start = order[j]! * n;
    for (let i = k; i < n; i++) square += columns[start + i]! * columns[start + i]!;
    if (square > largest) [largest, place] = [square, j];
  }
  const moved = order[place]!;
  order[place] = order[k]!;
  order[k] = moved;
  return Math.sqrt(largest);
}

/** Reflects a column onto its k-th axis, the others and `rest` with it; returns what stands on the diagonal then. */
function reflectColumn(
  columns: Float64Array,
  n: number,
  k: number,
  others: readonly number[],
  column: number,
  size: number,
  rest: Float64Array,
): number {
  const v = columns.subarray(column * n, (column + 1) * n);
  const alpha = v[k]! > 0 ? -size : size;
  const beta = 1 / (size * (size + Math.abs(v[k]!)));
  v[k]! -= alpha;
  for (const other of others) reflect(columns.subarray(other * n, (other + 1) * n), v, k, beta);
  reflect(rest, v, k, beta);
  return alpha;
}

/** x − β·v·(vᵀx), from place k on. */
function reflect(x: Float64Array, v: Float64Array, k: number, beta: number): void {
  let product = 0;
  for (let i = k; i < v.length; i++) product += v[i]! * x[i]!;
  const factor = beta * product;
  for (let i = k; i < v.length; i++) x[i]! -= factor * v[i]!;
}

function solveUpper({ values: r, rows, columns: d }: Dense, c: Float64Array): Float64Array {
  const x = new Float64Array(d);
  for (let i = rows - 1; i >= 0; i--) {
    let sum = c[i]!;
    for (let j = i + 1; j < rows; j++) sum -= r[i * d + j]! * x[j]!;
    x[i] = sum / r[i * d + i]!;
  }
  return x;
}

/** The shortest x with R·x = c where R has more columns than rows: reflections make a lower triangle of its rows. */
function shortestSolution(upper: Dense, c: Float64Array): Float64Array {
  const { rows, columns: d } = upper;
  const r = upper.values.slice();
  const betas = new Float64Array(rows);
  const diagonal = new Float64Array(rows);
  for (let k = 0; k < rows; k++) {
    const v = r.subarray(k * d, (k + 1) * d);
    let square = 0;
    for (let j = k; j < d; j++) square += v[j]! * v[j]!;
    const size = Math.sqrt(square);
    diagonal[k] = v[k]! > 0 ? -size : size;
    betas[k] = 1 / (size * (size + Math.abs(v[k]!)));
    v[k] = v[k]! - diagonal[k]!;
    for (let i = k + 1; i < rows; i++) reflect(r.subarray(i * d, (i + 1) * d), v, k, betas[k]!);
  }
  const x = new Float64Array(d);
  for (let i = 0; i < rows; i++) {
    let sum = c[i]!;
    for (let j = 0; j < i; j++) sum -= r[i * d + j]! * x[j]!;
    x[i] = sum / diagonal[i]!;
  }
  for (let k = rows - 1; k >= 0; k--) reflect(x, r.subarray(k * d, (k + 1) * d), k, betas[k]!);
  return x;
}
