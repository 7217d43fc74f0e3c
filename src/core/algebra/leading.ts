import { type Dense, dense } from '../dense.ts';
import { type Eigen, orient, symmetricEigen } from './eigen.ts';
import { dot, dotProducts, transpose, weightedSums } from './multiply.ts';

export interface LeadingOptions {
  count: number;
  /** Where the search begins, at least `count` rows; what is found does not depend on it, but how soon. */
  start: Dense;
  /** A · v for each row v of a block, as rows. */
  apply(block: Dense): Dense;
}

const TOLERANCE = 1e-9;

/**
 * The largest eigenvalues of a symmetric matrix that is known only by its products, when few of many are wanted: a block
 * Krylov method (Golub and Underwood, The block Lanczos method, 1977) with full orthogonalisation, until the residual of
 * each pair is below 10⁻⁹ of the largest value. Undefined if that would take half of all dimensions: the direct way is shorter then.
 */
export function leadingEigen({ count, start, apply }: LeadingOptions): Eigen | undefined {
  const { rows: width, columns: dimension } = start;
  let block = start;
  let basis = dense(0, dimension);
  let images = dense(0, dimension);
  let inside = dense(0, 0); // the matrix as it acts within the space of the basis
  while (basis.rows + width <= dimension / 2) {
    block = orthonormal(block, basis);
    if (block.rows === 0) break; // nothing new can be reached: the matrix has few dimensions
    const image = apply(block);
    basis = stacked(basis, block);
    images = stacked(images, image);
    inside = bordered(inside, dotProducts(image, basis));
    if (basis.rows >= count) {
      const found = best(inside, basis, images, count);
      if (found.residual <= TOLERANCE * Math.abs(found.eigen.values[0]!)) {
        orient(found.eigen.vectors);
        return found.eigen;
      }
    }
    block = image;
  }
  return undefined;
}

/** The best pairs within the space of the basis (Rayleigh and Ritz), and how far the worst is from being one. */
function best(inside: Dense, basis: Dense, images: Dense, count: number) {
  const size = basis.rows;
  const small = symmetricEigen(inside);
  const weights = transpose(dense(count, size, small.vectors.values.subarray(0, count * size)));
  const vectors = weightedSums(weights, basis);
  const products = weightedSums(weights, images);
  const values = small.values.slice(0, count);
  let residual = 0;
  for (let i = 0; i < count; i++) {
    let square = 0;
    for (let t = i * basis.columns; t < (i + 1) * basis.columns; t++)
      square += (products.values[t]! - values[i]! * vectors.values[t]!) ** 2;
    residual = Math.max(residual, Math.sqrt(square));
  }
  return { eigen: { values, vectors }, residual };
}

/** A symmetric matrix with some more rows, and as columns the same. */
function bordered(inner: Dense, rows: Dense): Dense {
  const size = rows.columns;
  const out = dense(size, size);
  for (let i = 0; i < inner.rows; i++)
    out.values.set(inner.values.subarray(i * inner.rows, (i + 1) * inner.rows), i * size);
  for (let i = 0; i < rows.rows; i++)
    for (let j = 0; j < size; j++) {
      const value = rows.values[i * size + j]!;
      out.values[(inner.rows + i) * size + j] = value;
      out.values[j * size + inner.rows + i] = value;
    }
  return out;
}

/**
 * Rows of length 1 at right angles to each other and to those of `basis`: Gram and Schmidt, twice, as once leaves what
 * rounding brought in. Rows that depend on others are dropped.
 */
export function orthonormal(block: Dense, basis: Dense): Dense {
  const d = block.columns;
  const kept = dense(block.rows, d, block.values.slice());
  const before = Array.from({ length: block.rows }, (_, i) => norm(rowOf(kept, i)));
  for (let pass = 0; pass < 2 && basis.rows > 0; pass++) {
    const parts = weightedSums(transpose(dotProducts(kept, basis)), basis);
    for (let i = 0; i < kept.values.length; i++) kept.values[i] = kept.values[i]! - parts.values[i]!;
  }
  let rows = 0;
  for (let i = 0; i < block.rows; i++) {
    const row = rowOf(kept, rows);
    row.set(rowOf(kept, i));
    for (let pass = 0; pass < 2; pass++) for (let other = 0; other < rows; other++) removePart(row, rowOf(kept, other));
    const after = norm(row);
    if (!(after > 1e-10 * before[i]!)) continue;
    for (let t = 0; t < d; t++) row[t]! /= after;
    rows++;
  }
  return dense(rows, d, kept.values.slice(0, rows * d));
}

function rowOf({ values, columns }: Dense, i: number): Float64Array {
  return values.subarray(i * columns, (i + 1) * columns);
}

function removePart(row: Float64Array, other: Float64Array): void {
  const part = dot(row, other);
  for (let t = 0; t < row.length; t++) row[t] = row[t]! - part * other[t]!;
}

function norm(values: Float64Array): number {
  let square = 0;
  for (let t = 0; t < values.length; t++) square += values[t]! * values[t]!;
  return Math.sqrt(square);
}

function stacked(above: Dense, below: Dense): Dense {
  const out = dense(above.rows + below.rows, below.columns);
  out.values.set(above.values);
  out.values.set(below.values, above.values.length);
  return out;
}
