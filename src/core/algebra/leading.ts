import { type Dense, dense } from '../dense.ts';
import type { Random } from '../random.ts';
import { type Eigen, orient, symmetricEigen } from './eigen.ts';
import { dotProducts, weightedSums } from './multiply.ts';

export interface LeadingOptions {
  dimension: number;
  count: number;
  /** Where the search begins; what is found does not depend on it. */
  random: Random;
  /** A · v for each row v of a block, as rows. */
  apply(block: Dense): Dense;
}

const TOLERANCE = 1e-9;

/**
 * The largest eigenvalues of a symmetric matrix that is known only by its products, when few of many are wanted: a block
 * Krylov method (Golub and Underwood, The block Lanczos method, 1977) with full orthogonalisation, until the residual of
 * each pair is below 10⁻⁹ of the largest value. Undefined if that would take half of all dimensions: the direct way is
 * shorter then.
 */
export function leadingEigen({ dimension, count, random, apply }: LeadingOptions): Eigen | undefined {
  const width = count + Math.min(4, count);
  let block = dense(width, dimension);
  for (let i = 0; i < block.values.length; i++) block.values[i] = random.normal();
  let basis = dense(0, dimension);
  let images = dense(0, dimension);
  while (basis.rows + width <= dimension / 2) {
    block = orthonormal(block, basis);
    if (block.rows === 0) break; // nothing new can be reached: the matrix has few dimensions
    const image = apply(block);
    basis = stacked(basis, block);
    images = stacked(images, image);
    const found = best(basis, images, Math.min(count, basis.rows));
    if (found.residual <= TOLERANCE * Math.abs(found.eigen.values[0]!)) {
      if (found.eigen.values.length < count) return undefined;
      orient(found.eigen.vectors);
      return found.eigen;
    }
    block = image;
  }
  return undefined;
}

/** The best pairs within the space of the basis (Rayleigh and Ritz), and how far the worst is from being one. */
function best(basis: Dense, images: Dense, count: number) {
  const small = symmetricEigen(dotProducts(basis, images));
  const size = basis.rows;
  const weights = dense(size, count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < size; j++) weights.values[j * count + i] = small.vectors.values[i * size + j]!;
  const vectors = weightedSums(weights, basis);
  const products = weightedSums(weights, images);
  const values = small.values.slice(0, count);
  let residual = 0;
  for (let i = 0; i < count; i++) {
    let square = 0;
    for (let t = 0; t < basis.columns; t++) {
      const at = i * basis.columns + t;
      square += (products.values[at]! - values[i]! * vectors.values[at]!) ** 2;
    }
    residual = Math.max(residual, Math.sqrt(square));
  }
  return { eigen: { values, vectors }, residual };
}

/** Across the rows of `basis`: Gram and Schmidt, twice, as once leaves what rounding brought in. Rows that depend on others are dropped. */
export function orthonormal(block: Dense, basis: Dense): Dense {
  const d = block.columns;
  const kept = block.values.slice();
  let rows = 0;
  for (let i = 0; i < block.rows; i++) {
    const row = kept.subarray(rows * d, (rows + 1) * d);
    row.set(block.values.subarray(i * d, (i + 1) * d));
    const before = norm(row);
    for (let pass = 0; pass < 2; pass++) {
      removeParts(row, basis.values, basis.rows);
      removeParts(row, kept, rows);
    }
    const after = norm(row);
    if (!(after > 1e-10 * before)) continue;
    for (let t = 0; t < d; t++) row[t]! /= after;
    rows++;
  }
  return dense(rows, d, kept.slice(0, rows * d));
}

function removeParts(row: Float64Array, basis: Float64Array, rows: number): void {
  const d = row.length;
  for (let i = 0; i < rows; i++) {
    let part = 0;
    for (let t = 0; t < d; t++) part += row[t]! * basis[i * d + t]!;
    for (let t = 0; t < d; t++) row[t]! -= part * basis[i * d + t]!;
  }
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
