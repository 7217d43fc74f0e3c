import { type Dense, dense } from '../dense.ts';

/** So many columns at a time: six pieces of rows of this length stay in the fastest cache. */
const CHUNK = 512;

/**
 * A · Bᵀ: the dot product of each row of `a` with each row of `b`, (n, d) and (k, d) → (n, k).
 *
 * Four rows by two at a time: each number that is loaded is used more than once, and the eight sums stay in registers.
 * Three times as fast as the three plain loops, which this is.
 */
export function dotProducts(a: Dense, b: Dense): Dense {
  const out = dense(a.rows, b.rows);
  addDotProducts(a, b, out.values);
  return out;
}

/** The same, added to what is in `out`. With `lower`, `b` is a lower triangle, of which the zeros are left out. */
export function addDotProducts(a: Dense, b: Dense, out: Float64Array, lower = false): void {
  for (let from = 0; from < a.columns; from += CHUNK)
    for (let i = 0; i < a.rows; i += 4) addBand(a, b, i, 0, from, Math.min(a.columns, from + CHUNK), out, lower);
}

/** X · Xᵀ, (n, d) → (n, n): half of the dot products, as the rest is the same. */
export function rowProducts(x: Dense): Dense {
  const { rows, columns } = x;
  const out = dense(rows, rows);
  for (let from = 0; from < columns; from += CHUNK)
    for (let i = 0; i < rows; i += 4) addBand(x, x, i, i, from, Math.min(columns, from + CHUNK), out.values);
  for (let i = 0; i < rows; i++) for (let j = 0; j < i; j++) out.values[i * rows + j] = out.values[j * rows + i]!;
  return out;
}

/** Adds, over some columns, the products of rows i…i+3 of `a` with the rows of `b` from `first` on. */
function addBand(
  a: Dense,
  b: Dense,
  i: number,
  first: number,
  from: number,
  to: number,
  out: Float64Array,
  lower = false,
): void {
  if (i + 4 > a.rows) {
    for (let row = i; row < a.rows; row++) addRow(a, b, row, first, from, to, out);
    return;
  }
  const x = a.values;
  const y = b.values;
  const d = a.columns;
  const k = b.rows;
  const a0 = i * d;
  const a1 = a0 + d;
  const a2 = a1 + d;
  const a3 = a2 + d;
  let j = first;
  for (; j + 2 <= k; j += 2) {
    const b0 = j * d;
    const b1 = b0 + d;
    let s00 = 0;
    let s01 = 0;
    let s10 = 0;
    let s11 = 0;
    let s20 = 0;
    let s21 = 0;
    let s30 = 0;
    let s31 = 0;
    const end = lower ? Math.min(to, j + 2) : to;
    for (let t = from; t < end; t++) {
      const y0 = y[b0 + t]!;
      const y1 = y[b1 + t]!;
      const x0 = x[a0 + t]!;
      s00 += x0 * y0;
      s01 += x0 * y1;
      const x1 = x[a1 + t]!;
      s10 += x1 * y0;
      s11 += x1 * y1;
      const x2 = x[a2 + t]!;
      s20 += x2 * y0;
      s21 += x2 * y1;
      const x3 = x[a3 + t]!;
      s30 += x3 * y0;
      s31 += x3 * y1;
    }
    const o = i * k + j;
    out[o]! += s00;
    out[o + 1]! += s01;
    out[o + k]! += s10;
    out[o + k + 1]! += s11;
    out[o + 2 * k]! += s20;
    out[o + 2 * k + 1]! += s21;
    out[o + 3 * k]! += s30;
    out[o + 3 * k + 1]! += s31;
  }
  if (j < k) for (let row = i; row < i + 4; row++) addRow(a, b, row, j, from, to, out);
}

/** What is left at the edges: one row of `a`. */
function addRow(a: Dense, b: Dense, row: number, first: number, from: number, to: number, out: Float64Array): void {
  const x = a.values;
  const y = b.values;
  const d = a.columns;
  for (let j = first; j < b.rows; j++) {
    let sum = 0;
    for (let t = from; t < to; t++) sum += x[row * d + t]! * y[j * d + t]!;
    out[row * b.rows + j]! += sum;
  }
}

/**
 * Wᵀ · X: for each column of `w` the sum of the rows of `x`, each taken that many times, (n, k) and (n, d) → (k, d).
 * Four rows and two sums at a time: a sum is read and written once for four rows, a row read once for two sums.
 */
export function weightedSums(w: Dense, x: Dense): Dense {
  const out = dense(w.columns, x.columns);
  let i = 0;
  for (; i + 4 <= x.rows; i += 4) {
    let j = 0;
    for (; j + 2 <= w.columns; j += 2) addFourToTwo(w, x, i, j, out.values);
    if (j < w.columns) for (let row = i; row < i + 4; row++) addOneToOne(w, x, row, j, out.values);
  }
  for (; i < x.rows; i++) for (let j = 0; j < w.columns; j++) addOneToOne(w, x, i, j, out.values);
  return out;
}

function addFourToTwo(w: Dense, x: Dense, i: number, j: number, sums: Float64Array): void {
  const values = x.values;
  const d = x.columns;
  const k = w.columns;
  const at = i * k + j;
  const w00 = w.values[at]!;
  const w01 = w.values[at + 1]!;
  const w10 = w.values[at + k]!;
  const w11 = w.values[at + k + 1]!;
  const w20 = w.values[at + 2 * k]!;
  const w21 = w.values[at + 2 * k + 1]!;
  const w30 = w.values[at + 3 * k]!;
  const w31 = w.values[at + 3 * k + 1]!;
  const x0 = i * d;
  const x1 = x0 + d;
  const x2 = x1 + d;
  const x3 = x2 + d;
  const first = j * d;
  const second = first + d;
  for (let t = 0; t < d; t++) {
    const v0 = values[x0 + t]!;
    const v1 = values[x1 + t]!;
    const v2 = values[x2 + t]!;
    const v3 = values[x3 + t]!;
    sums[first + t]! += w00 * v0 + w10 * v1 + w20 * v2 + w30 * v3;
    sums[second + t]! += w01 * v0 + w11 * v1 + w21 * v2 + w31 * v3;
  }
}

function addOneToOne(w: Dense, x: Dense, i: number, j: number, sums: Float64Array): void {
  const weight = w.values[i * w.columns + j]!;
  if (weight === 0) return;
  const d = x.columns;
  for (let t = 0; t < d; t++) sums[j * d + t]! += weight * x.values[i * d + t]!;
}

/** (n, d) → (d, n), in squares of 32, as one of both is read or written across. */
export function transpose({ values, rows, columns }: Dense): Dense {
  const out = dense(columns, rows);
  for (let i = 0; i < rows; i += 32)
    for (let j = 0; j < columns; j += 32)
      for (let row = i; row < Math.min(i + 32, rows); row++)
        for (let column = j; column < Math.min(j + 32, columns); column++)
          out.values[column * rows + row] = values[row * columns + column]!;
  return out;
}

/** The mean of each column. */
export function columnMeans({ values, rows, columns }: Dense): Float64Array {
  const means = new Float64Array(columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) means[j] = means[j]! + values[i * columns + j]!;
  for (let j = 0; j < columns; j++) means[j]! /= rows;
  return means;
}

/** A copy whose columns have the mean 0, if `means` are theirs. */
export function centred({ values, rows, columns }: Dense, means: ArrayLike<number>): Dense {
  const out = dense(rows, columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out.values[i * columns + j] = values[i * columns + j]! - means[j]!;
  return out;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
