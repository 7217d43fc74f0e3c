import {
  assertInteger,
  assertKeys,
  assertNumber,
  countOf,
  createFitted,
  type Dense,
  dense,
  type Features,
  nearestRows,
  numberedNames,
  type Predictor,
  readFeatures,
  readFeaturesFor,
  type SavedFields,
  squaredDistances,
  toRows,
} from '../core/index.ts';

export interface DbscanOptions {
  /** How near rows must be to be neighbours, in the unit of the features. */
  radius: number;
  /** A row with so many rows within the radius, itself among them, is in the middle of a cluster. Default 5. */
  minRows?: number;
}

interface DbscanNumbers {
  readonly features: readonly string[];
  readonly radius: number;
  readonly minRows: number;
  /** How many clusters there are. */
  readonly clusters: number;
  /** The cluster of each row that it was fitted on; −1 for noise. */
  readonly assignments: readonly number[];
  /** The numbers of the rows that are in the middle of a cluster. */
  readonly coreRows: readonly number[];
}

export interface DbscanModel extends Predictor<number>, DbscanNumbers {
  readonly kind: 'dbscan';
  readonly features: readonly string[];
  /** x: (rows, features) → the cluster of the nearest core row within the radius; −1 where there is none. */
  predict(x: Features): number[];
}

const NOISE = -1;

/**
 * DBSCAN: clusters are where rows are dense, in any shape and number; what is alone is noise (Ester, Kriegel, Sander and
 * Xu, 1996). A row at the edge of two clusters goes to the one whose core row is nearer, so that the order of the rows
 * plays no part. Scale the features first.
 *
 * x: (rows, features). Throws on empty or missing data.
 *
 * @example
 * const x = [[1, 1], [1, 2], [2, 1], [8, 8], [9, 8], [8, 9], [50, 50]];
 * const model = unsupervised.dbscan(x, { radius: 2, minRows: 3 });
 * model.assignments;   // [0, 0, 0, 1, 1, 1, -1]
 */
export function dbscan(x: Features, options: DbscanOptions): DbscanModel {
  const where = 'unsupervised.dbscan';
  assertKeys(`${where}(x, options)`, options, ['radius', 'minRows']);
  const { radius, minRows = 5 } = options;
  assertNumber(`${where}({ radius })`, radius, { min: 0, aboveMin: true });
  assertInteger(`${where}({ minRows })`, minRows, { min: 1 });
  const matrix = readFeatures(`${where}(x)`, x);
  const { assignments, isCore, clusters } = connect(matrix, radius * radius, minRows);
  const coreRows = Array.from(isCore.keys()).filter(row => isCore[row]);
  const cores = rowsAt(matrix, coreRows);
  const placed = nearestCluster(
    matrix,
    cores,
    coreRows.map(row => assignments[row]!),
    radius,
  );
  return dbscanModel({
    features: matrix.features ?? numberedNames(matrix.columns),
    radius,
    minRows,
    clusters,
    assignments: Array.from(assignments, (cluster, row) => (isCore[row] ? cluster : placed[row]!)),
    coreRows,
    cores,
  });
}

/** Core rows that can be reached from each other, from neighbour to neighbour, are one cluster. */
function connect(x: Dense, square: number, minRows: number) {
  const assignments = new Int32Array(x.rows).fill(NOISE);
  const isCore = new Uint8Array(x.rows);
  const isSeen = new Uint8Array(x.rows);
  const squares = new Float64Array(x.rows);
  /** The rows within the radius of a row that has enough of them; none for any other. */
  const neighboursOfCore = (row: number): number[] => {
    isSeen[row] = 1;
    squaredDistances(x, x.values, row * x.columns, squares);
    const near: number[] = [];
    for (let other = 0; other < x.rows; other++) if (squares[other]! <= square) near.push(other);
    isCore[row] = Number(near.length >= minRows);
    return isCore[row] ? near : [];
  };
  let clusters = 0;
  for (let start = 0; start < x.rows; start++) {
    if (isSeen[start]) continue;
    let reached = neighboursOfCore(start);
    if (!isCore[start]) continue;
    assignments[start] = clusters;
    while (reached.length > 0) {
      const further: number[] = [];
      for (const row of reached) {
        if (isSeen[row]) continue;
        const near = neighboursOfCore(row);
        if (isCore[row]) assignments[row] = clusters;
        for (const next of near) if (!isSeen[next]) further.push(next);
      }
      reached = further;
    }
    clusters++;
  }
  return { assignments, isCore, clusters };
}

function nearestCluster(x: Dense, cores: Dense, clusterOf: readonly number[], radius: number): Int32Array {
  const found = new Int32Array(x.rows).fill(NOISE);
  if (cores.rows === 0) return found;
  const { rows, squares } = nearestRows(cores, x, 1);
  for (let i = 0; i < x.rows; i++) if (squares[i]! <= radius * radius) found[i] = clusterOf[rows[i]!]!;
  return found;
}

function rowsAt(x: Dense, rows: readonly number[]): Dense {
  const d = x.columns;
  const out = dense(rows.length, d);
  rows.forEach((row, place) => {
    out.values.set(x.values.subarray(row * d, (row + 1) * d), place * d);
  });
  return out;
}

function dbscanModel({ cores, ...learned }: DbscanNumbers & { cores: Dense }): DbscanModel {
  const { features, radius, minRows, clusters, assignments, coreRows } = learned;
  const clusterOf = coreRows.map(row => assignments[row]!);
  const members = {
    kind: 'dbscan' as const,
    ...learned,
    predict: (x: Features) =>
      Array.from(nearestCluster(readFeaturesFor('model.predict(x)', x, features), cores, clusterOf, radius)),
  };
  const noise = assignments.filter(cluster => cluster === NOISE).length;
  const saved = () => ({ radius, minRows, clusters, assignments, coreRows, cores: toRows(cores) });
  return createFitted(members, saved, () => ({
    caption: `${countOf(clusters, 'cluster')} of ${countOf(assignments.length, 'row')} by DBSCAN, ${noise} of them noise`,
  }));
}

export function restoreDbscan(saved: SavedFields): DbscanModel {
  const { features } = saved;
  const clusters = saved.number('clusters', { min: 0 });
  const assignments = saved.places('assignments', clusters, { least: NOISE });
  const isCore = (value: unknown): value is number[] =>
    Array.isArray(value) &&
    value.length >= clusters &&
    value.every(row => assignments[row] !== undefined && assignments[row] !== NOISE);
  const coreRows = saved.checked('coreRows', 'numbers of rows that are in a cluster', isCore);
  const cores = coreRows.length > 0 ? saved.matrix('cores', coreRows.length, features.length) : [];
  return dbscanModel({
    features,
    radius: saved.number('radius', { min: 0, aboveMin: true }),
    minRows: saved.number('minRows', { min: 1 }),
    clusters,
    assignments,
    coreRows,
    cores: dense(cores.length, features.length, Float64Array.from(cores.flat())),
  });
}
