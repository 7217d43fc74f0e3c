import {
  centred,
  columnMeans,
  type Dense,
  dense,
  dotProducts,
  leadingEigen,
  orient,
  orthonormal,
  random,
  rowProducts,
  symmetricEigen,
  transpose,
  weightedSums,
} from '../core/index.ts';

export interface Principal {
  mean: Float64Array;
  /** (count, features): orthonormal, the direction of the largest variance first. */
  components: Dense;
  /** Along each component, divided by rows − 1. */
  variances: Float64Array;
  /** Of all features together. */
  totalVariance: number;
}

/** From so many on, a few of many directions are sought by themselves, not among all. */
const MANY = 300;

/** About how many products with a matrix a Krylov method needs for each direction, there and back. */
const PRODUCTS = 28;

/**
 * The directions in which the rows vary most, from the smaller one of two matrices: features by features, or rows by
 * rows (Jolliffe, Principal Component Analysis, 3.5). If few of many are wanted, by a Krylov method, which does not
 * make that matrix at all.
 */
export function principalDirections(x: Dense, count: number): Principal {
  const mean = columnMeans(x);
  const z = centred(x, mean);
  const n = x.rows;
  let squares = 0;
  for (let i = 0; i < z.values.length; i++) squares += z.values[i]! * z.values[i]!;
  const { values, vectors } = directions(z, count);
  return {
    mean,
    components: vectors,
    variances: values.map(value => Math.max(0, value) / (n - 1)),
    totalVariance: squares / (n - 1),
  };
}

/** The leading eigenvectors of ZᵀZ as rows. */
function directions(z: Dense, count: number): { values: Float64Array; vectors: Dense } {
  const smaller = Math.min(z.rows, z.columns);
  const isFew = smaller > MANY && count <= smaller / 8;
  if (isFew && PRODUCTS * count < smaller) {
    const apply = (block: Dense) => weightedSums(dotProducts(z, block), z);
    const found = leadingEigen({ count, start: someRows(z, count), apply });
    if (found) return found;
  }
  return z.columns <= z.rows ? leading(rowProducts(transpose(z)), count, isFew) : fromRowProducts(z, count, isFew);
}

/** The first eigenvectors of a symmetric matrix, by themselves or among all. */
function leading(products: Dense, count: number, isFew: boolean): { values: Float64Array; vectors: Dense } {
  const apply = (block: Dense) => dotProducts(block, products);
  const few = isFew ? leadingEigen({ count, start: someRows(products, count), apply }) : undefined;
  const { values, vectors } = few ?? symmetricEigen(products);
  const wanted = vectors.values.slice(0, count * products.rows);
  return { values: values.slice(0, count), vectors: dense(count, products.rows, wanted) };
}

/** Rows of the matrix itself: they lie along its leading directions already, more or less. */
function someRows(matrix: Dense, count: number): Dense {
  const d = matrix.columns;
  const rows = random(0)
    .derive('start')
    .permutation(matrix.rows)
    .slice(0, count + 4);
  const start = dense(rows.length, d);
  rows.forEach((row, place) => {
    start.values.set(matrix.values.subarray(row * d, (row + 1) * d), place * d);
  });
  return start;
}

/** If Z·Zᵀ·u = λ·u, then Zᵀ·u is an eigenvector of ZᵀZ with the same λ. */
function fromRowProducts(z: Dense, count: number, isFew: boolean): { values: Float64Array; vectors: Dense } {
  const eigen = leading(rowProducts(z), Math.min(count, z.rows), isFew);
  const rank = eigen.values.findIndex(value => value <= 1e-12 * eigen.values[0]!);
  const kept = Math.min(count, rank < 0 ? eigen.values.length : rank);
  const weights = transpose(dense(kept, z.rows, eigen.vectors.values.slice(0, kept * z.rows)));
  // What is wanted beyond the rank varies in no direction: any directions across the others will do.
  const rest = dense(count - kept, z.columns);
  const generator = random(0).derive('rest');
  for (let i = 0; i < rest.values.length; i++) rest.values[i] = generator.normal();
  const found = orthonormal(weightedSums(weights, z), dense(0, z.columns));
  const vectors = dense(count, z.columns);
  vectors.values.set(found.values);
  vectors.values.set(orthonormal(rest, found).values, found.values.length);
  orient(vectors);
  const values = new Float64Array(count);
  values.set(eigen.values.subarray(0, kept));
  return { values, vectors };
}
