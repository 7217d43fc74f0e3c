import type { Dense } from './dense.ts';

/** For each query the nearest rows, nearest first; of equally near ones the first row. */
export interface Neighbours {
  /** How many for each query. */
  count: number;
  /** Row numbers, (queries · count). */
  rows: Int32Array;
  /** Squared Euclidean distances, (queries · count). */
  squares: Float64Array;
}

/**
 * The nearest rows by comparing with all of them: exact in any number of dimensions, where trees stop paying off beyond
 * ten or so (Hastie et al., The Elements of Statistical Learning, 13.5). With `withoutSelf`, `queries` are the rows
 * themselves and none is its own neighbour.
 */
export function nearestRows(data: Dense, queries: Dense, count: number, withoutSelf = false): Neighbours {
  const found: Neighbours = {
    count,
    rows: new Int32Array(queries.rows * count),
    squares: new Float64Array(queries.rows * count).fill(Number.POSITIVE_INFINITY),
  };
  const squares = new Float64Array(data.rows);
  for (let query = 0; query < queries.rows; query++) {
    squaredDistances(data, queries.values, query * queries.columns, squares);
    if (withoutSelf) squares[query] = Number.NaN; // nearer than nothing
    keepNearest(squares, found, query * count);
  }
  return found;
}

/** From one point, `point[offset …]`, to each row. */
export function squaredDistances(data: Dense, point: ArrayLike<number>, offset: number, into: Float64Array): void {
  const { values, rows, columns: d } = data;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const a = row * d;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let t = 0; t < d; t++) {
      const value = point[offset + t]!;
      const d0 = values[a + t]! - value;
      const d1 = values[a + d + t]! - value;
      const d2 = values[a + 2 * d + t]! - value;
      const d3 = values[a + 3 * d + t]! - value;
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    into[row] = s0;
    into[row + 1] = s1;
    into[row + 2] = s2;
    into[row + 3] = s3;
  }
  for (; row < rows; row++) into[row] = squaredDistance(values, row * d, point, offset, d);
}

export function squaredDistance(
  a: ArrayLike<number>,
  fromA: number,
  b: ArrayLike<number>,
  fromB: number,
  length: number,
): number {
  let sum = 0;
  for (let t = 0; t < length; t++) {
    const difference = a[fromA + t]! - b[fromB + t]!;
    sum += difference * difference;
  }
  return sum;
}

/** Insertion into the sorted list of those found so far: few of many rows come that far. */
function keepNearest(squares: Float64Array, { count, rows, squares: kept }: Neighbours, start: number): void {
  const last = start + count - 1;
  for (let row = 0; row < squares.length; row++) {
    const square = squares[row]!;
    if (!(square < kept[last]!)) continue;
    let place = last;
    for (; place > start && kept[place - 1]! > square; place--) {
      kept[place] = kept[place - 1]!;
      rows[place] = rows[place - 1]!;
    }
    kept[place] = square;
    rows[place] = row;
  }
}
