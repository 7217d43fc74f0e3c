import {
  type Dense,
  type Features,
  type Label,
  mismatch,
  readFeatures,
  squaredDistance,
  squaredDistances,
} from '../core/index.ts';
import { assertLists, assertPairs } from './check.ts';

/**
 * How well each row lies in its cluster, from −1 to 1 (Rousseeuw, 1987): (b − a) / max(a, b), with a its mean distance
 * to the rows of its own cluster and b that to those of the nearest other one. 0 for a row that is a cluster alone.
 *
 * x: (rows, features); labels: the cluster of each row, such as `model.assignments`; at least 2 clusters, and fewer than
 * rows. Noise counts as a cluster of its own: leave its rows out first.
 *
 * @example metrics.silhouettes([[1], [2], [8], [9]], [0, 0, 1, 1]);   // all near 0.85
 */
export function silhouettes(x: Features, labels: ArrayLike<Label>): number[] {
  const { matrix, codes, sizes } = readClusters('silhouettes(x, labels)', x, labels);
  const squares = new Float64Array(matrix.rows);
  const sums = new Float64Array(sizes.length);
  return Array.from(codes, (own, row) => {
    if (sizes[own] === 1) return 0;
    squaredDistances(matrix, matrix.values, row * matrix.columns, squares);
    sums.fill(0);
    for (let other = 0; other < codes.length; other++) sums[codes[other]!]! += Math.sqrt(squares[other]!);
    const within = sums[own]! / (sizes[own]! - 1);
    let nearest = Number.POSITIVE_INFINITY;
    for (let cluster = 0; cluster < sizes.length; cluster++)
      if (cluster !== own) nearest = Math.min(nearest, sums[cluster]! / sizes[cluster]!);
    const largest = Math.max(within, nearest);
    return largest === 0 ? 0 : (nearest - within) / largest;
  });
}

/**
 * The mean of the silhouettes of all rows: near 1 where clusters are tight and apart, near 0 where they overlap.
 *
 * x: (rows, features); labels: the cluster of each row.
 *
 * @example metrics.silhouette([[1], [2], [8], [9]], [0, 0, 1, 1]);
 */
export function silhouette(x: Features, labels: ArrayLike<Label>): number {
  const values = silhouettes(x, labels);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Davies and Bouldin's index (1979): how wide clusters are beside the distance of their centres, for each cluster with the
 * one that it is hardest to tell from; the lower, the better.
 *
 * x: (rows, features); labels: the cluster of each row.
 *
 * @example metrics.daviesBouldin([[1], [2], [8], [9]], [0, 0, 1, 1]);   // 1 / 7
 */
export function daviesBouldin(x: Features, labels: ArrayLike<Label>): number {
  const { matrix, codes, sizes } = readClusters('daviesBouldin(x, labels)', x, labels);
  const d = matrix.columns;
  const centres = new Float64Array(sizes.length * d);
  for (let row = 0; row < matrix.rows; row++)
    for (let t = 0; t < d; t++) centres[codes[row]! * d + t]! += matrix.values[row * d + t]! / sizes[codes[row]!]!;
  const widths = new Float64Array(sizes.length);
  for (let row = 0; row < matrix.rows; row++) {
    const own = codes[row]!;
    widths[own]! += Math.sqrt(squaredDistance(matrix.values, row * d, centres, own * d, d)) / sizes[own]!;
  }
  let sum = 0;
  for (let i = 0; i < sizes.length; i++) {
    let worst = 0;
    for (let j = 0; j < sizes.length; j++) {
      const apart = Math.sqrt(squaredDistance(centres, i * d, centres, j * d, d));
      if (i !== j) worst = Math.max(worst, (widths[i]! + widths[j]!) / apart);
    }
    sum += worst;
  }
  return sum / sizes.length;
}

/**
 * How far two partings of the same rows agree, whatever their clusters are called (Hubert and Arabie, 1985): 1 if they are
 * the same, about 0 for two that know nothing of each other.
 *
 * @example metrics.adjustedRand(['a', 'a', 'b', 'b'], [1, 1, 0, 0]);   // 1
 */
export function adjustedRand(truth: ArrayLike<Label>, clusters: ArrayLike<Label>): number {
  const { table, rows, columns, total } = crossTable('adjustedRand(truth, clusters)', truth, clusters);
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + pairs(count), 0);
  const [both, inRows, inColumns] = [sum(table.flat()), sum(rows), sum(columns)];
  const expected = (inRows * inColumns) / pairs(total);
  const most = (inRows + inColumns) / 2;
  return most === expected || total === 1 ? 1 : (both - expected) / (most - expected);
}

/**
 * How much one parting of the rows says about another (Strehl and Ghosh, 2002): their mutual information divided by the
 * mean of their entropies, from 0, nothing, to 1, all.
 *
 * @example metrics.normalisedMutualInformation(['a', 'a', 'b', 'b'], [1, 1, 0, 0]);   // 1
 */
export function normalisedMutualInformation(truth: ArrayLike<Label>, clusters: ArrayLike<Label>): number {
  const where = 'normalisedMutualInformation(truth, clusters)';
  const { table, rows, columns, total } = crossTable(where, truth, clusters);
  let shared = 0;
  table.forEach((row, i) => {
    row.forEach((count, j) => {
      if (count > 0) shared += (count / total) * Math.log((count * total) / (rows[i]! * columns[j]!));
    });
  });
  const entropy = (counts: readonly number[]) =>
    counts.reduce((sum, count) => sum - (count / total) * Math.log(count / total), 0);
  const mean = (entropy(rows) + entropy(columns)) / 2;
  return mean === 0 ? 1 : Math.min(1, Math.max(0, shared / mean));
}

function readClusters(where: string, x: Features, labels: ArrayLike<Label>) {
  const matrix: Dense = readFeatures(where, x);
  assertLists(where, { x: { length: matrix.rows }, labels });
  const { codes, sizes } = numbered(labels);
  if (sizes.length > 1 && sizes.length < matrix.rows) return { matrix, codes, sizes };
  throw mismatch({
    where,
    expected: `from 2 to ${matrix.rows - 1} clusters for ${matrix.rows} rows`,
    received: `${sizes.length}`,
  });
}

/** Labels as 0, 1, 2, … in the order in which they come, and how many there are of each. */
function numbered(labels: ArrayLike<Label>): { codes: Int32Array; sizes: number[] } {
  const places = new Map<Label, number>();
  const sizes: number[] = [];
  const codes = Int32Array.from(labels, label => {
    const place = places.get(label) ?? places.size;
    places.set(label, place);
    sizes[place] = (sizes[place] ?? 0) + 1;
    return place;
  });
  return { codes, sizes };
}

function crossTable(where: string, truth: ArrayLike<Label>, clusters: ArrayLike<Label>) {
  assertPairs(where, truth, clusters);
  const [a, b] = [numbered(truth), numbered(clusters)];
  const table = a.sizes.map(() => b.sizes.map(() => 0));
  a.codes.forEach((code, i) => {
    table[code]![b.codes[i]!]!++;
  });
  return { table, rows: a.sizes, columns: b.sizes, total: truth.length };
}
