import { addDotProducts, type Dense, dense } from '../../core/index.ts';

/** So many rows at a time: their distances stay in the cache. */
const BLOCK = 256;

/** Of the largest length of a row: what rounding may do to a distance that is a difference of squares. */
const ROUNDING = 1e-7;

/**
 * Which centre is nearest to each row, kept while centres move. How far each centre moved bounds how far it can be from a
 * row now; only where the bounds leave a doubt are distances computed anew (Hamerly, Making k-means even faster, 2010).
 */
export class Clusters {
  /** The place of the nearest centre of each row. */
  readonly assignments: Int32Array;
  /** How many rows each centre has. */
  readonly counts: Int32Array;
  /** The sum of the rows of each centre. */
  readonly sums: Dense;
  readonly #x: Dense;
  readonly #squares: Float64Array;
  /** The distance of a row to its own centre is at most this, … */
  readonly #atMost: Float64Array;
  /** … and to any other at least this. */
  readonly #atLeast: Float64Array;
  readonly #slack: number;
  /** Rows in doubt, their numbers, and their products with the centres: made once, used at each step. */
  readonly #block: Dense;
  readonly #doubtful = new Int32Array(BLOCK);
  readonly #products: Float64Array;

  constructor(x: Dense, clusters: number) {
    this.#x = x;
    this.assignments = new Int32Array(x.rows).fill(-1);
    this.counts = new Int32Array(clusters);
    this.sums = dense(clusters, x.columns);
    this.#block = dense(BLOCK, x.columns);
    this.#products = new Float64Array(BLOCK * clusters);
    this.#squares = squaresOf(x);
    this.#atMost = new Float64Array(x.rows).fill(Number.POSITIVE_INFINITY);
    this.#atLeast = new Float64Array(x.rows);
    this.#slack = ROUNDING * Math.sqrt(this.#squares.reduce((most, square) => Math.max(most, square), 0));
  }

  /** Finds the nearest of these centres for each row; gives how many rows changed. */
  assign(centres: Dense): number {
    const d = this.#x.columns;
    const halves = squaresOf(centres).map(square => square / 2);
    let count = 0;
    let moved = 0;
    for (let row = 0; row < this.#x.rows; row++) {
      if (this.#atMost[row]! + this.#slack >= this.#atLeast[row]!) {
        this.#block.values.set(this.#x.values.subarray(row * d, (row + 1) * d), count * d);
        this.#doubtful[count++] = row;
      }
      if (count < BLOCK && row < this.#x.rows - 1) continue;
      this.#products.fill(0);
      addDotProducts(dense(count, d, this.#block.values), centres, this.#products);
      moved += this.#decide(halves, count);
      count = 0;
    }
    return moved;
  }

  /** |x − c|² = |x|² + 2 (|c|²/2 − x·c): the nearest and the second one of each row in doubt. */
  #decide(halves: Float64Array, count: number): number {
    const k = halves.length;
    const products = this.#products;
    let moved = 0;
    for (let i = 0; i < count; i++) {
      const row = this.#doubtful[i]!;
      let nearest = 0;
      let least = Number.POSITIVE_INFINITY;
      let second = Number.POSITIVE_INFINITY;
      for (let j = 0; j < k; j++) {
        const value = halves[j]! - products[i * k + j]!;
        if (value < least) {
          second = least;
          least = value;
          nearest = j;
        } else if (value < second) second = value;
      }
      this.#atMost[row] = Math.sqrt(Math.max(0, this.#squares[row]! + 2 * least));
      this.#atLeast[row] = Math.sqrt(Math.max(0, this.#squares[row]! + 2 * second));
      if (nearest !== this.assignments[row]) {
        this.#move(row, nearest);
        moved++;
      }
    }
    return moved;
  }

  #move(row: number, to: number): void {
    const from = this.assignments[row]!;
    const d = this.#x.columns;
    const values = this.#x.values;
    const sums = this.sums.values;
    for (let t = 0; t < d; t++) {
      const value = values[row * d + t]!;
      sums[to * d + t]! += value;
      if (from >= 0) sums[from * d + t]! -= value;
    }
    if (from >= 0) this.counts[from]!--;
    this.counts[to]!++;
    this.assignments[row] = to;
  }

  /** Takes note of how far each centre moved. */
  shift(distances: Float64Array): void {
    let [farthest, next] = [0, 0];
    for (const distance of distances) {
      if (distance > farthest) [farthest, next] = [distance, farthest];
      else if (distance > next) next = distance;
    }
    for (let row = 0; row < this.#x.rows; row++) {
      const own = distances[this.assignments[row]!]!;
      this.#atMost[row]! += own;
      this.#atLeast[row]! -= own === farthest ? next : farthest;
    }
  }

  /** The sum of the squared distances of the rows to these centres: Σ|x|² − 2 Σ sum·c + Σ count·|c|². */
  inertia(centres: Dense): number {
    let total = this.#squares.reduce((sum, square) => sum + square, 0);
    const d = centres.columns;
    for (let i = 0; i < centres.values.length; i++) {
      const value = centres.values[i]!;
      total += value * (this.counts[Math.floor(i / d)]! * value - 2 * this.sums.values[i]!);
    }
    return Math.max(0, total);
  }
}

function squaresOf({ values, rows, columns }: Dense): Float64Array {
  const squares = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let t = i * columns; t < (i + 1) * columns; t++) sum += values[t]! * values[t]!;
    squares[i] = sum;
  }
  return squares;
}
