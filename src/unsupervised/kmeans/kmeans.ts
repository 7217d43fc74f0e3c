import {
  assertInteger,
  assertKeys,
  assertNumber,
  assertOneOf,
  assertSeed,
  centred,
  columnMeans,
  countOf,
  createFitted,
  type Dense,
  dense,
  type Features,
  numberedNames,
  type Predictor,
  random,
  readFeatures,
  readFeaturesFor,
  type SavedFields,
  squaredDistance,
  type Transformer,
  toRows,
} from '../../core/index.ts';
import { explainedShare, squaredSpread } from '../explained.ts';
import { assertEnoughRows, type Columns, readStart } from '../options.ts';
import { inertiaOf, type LloydOptions, type LloydStep, lloyd, nearestCentres } from './lloyd.ts';
import { plusPlusStart, randomStart } from './start.ts';

export interface KmeansOptions {
  /** How many. */
  clusters: number;
  /** Where the centres begin: drawn by k-means++, any rows, or places of your own. Default 'k-means++'. */
  start?: 'k-means++' | 'random' | readonly (readonly number[])[];
  /** Begin so many times and keep the best, as each start may end elsewhere. Default 10; with places of your own 1. */
  restarts?: number;
  /** Default 300. */
  maxIterations?: number;
  /** Stop when the centres move less than this share of the data's variance. Default 1e-4. */
  tolerance?: number;
  /** Default 0: the same clusters each time. */
  seed?: number;
}

interface KmeansNumbers {
  readonly features: readonly string[];
  /** (clusters, features) */
  readonly centres: readonly (readonly number[])[];
  /** The cluster of each row that it was fitted on. */
  readonly assignments: readonly number[];
  /** The sum of the squared distances of these rows to their centres. */
  readonly inertia: number;
  /** The inertia at each step of the best start: it never rises. */
  readonly history: readonly number[];
}

export interface KmeansModel extends Predictor<number>, Transformer, KmeansNumbers {
  readonly kind: 'kmeans';
  readonly features: readonly string[];
  /** x: (rows, features) → the number of the nearest centre of each row. */
  predict(x: Features): number[];
  /** x: (rows, features) → (rows, clusters): the distance to each centre. */
  transform(x: Features): number[][];
  /** Of the squared distances to the mean, the share that the clusters explain: 1 is all, 0 is none. */
  score(x: Features): number;
}

/** One step of k-means, to look at. */
export interface KmeansStep {
  /** From 1. */
  iteration: number;
  /** (clusters, features): where the centres are in this step. */
  centres: number[][];
  /** The nearest of these centres for each row. */
  assignments: number[];
  inertia: number;
  /** How many rows changed their cluster since the step before. */
  moved: number;
}

const KEYS = ['clusters', 'start', 'restarts', 'maxIterations', 'tolerance', 'seed'];

/**
 * k-means: finds centres so that the rows are near to theirs (Lloyd, 1982), from starts drawn by k-means++ (Arthur and
 * Vassilvitskii, 2007). Scale the features first: the one with the largest numbers decides alone.
 *
 * x: (rows, features). Throws on empty or missing data, and on fewer rows than clusters.
 *
 * @example
 * const model = unsupervised.kmeans([[1, 1], [1, 2], [8, 8], [9, 8]], { clusters: 2, seed: 1 });
 * model.predict([[0, 0]]);
 */
export function kmeans(x: Features, options: KmeansOptions): KmeansModel {
  const { columns, means, centredX, settings, starts } = prepared('unsupervised.kmeans', x, options);
  const { centres, assignments, history } = bestClusters(centredX, starts(), settings);
  return kmeansModel({
    features: columns.features,
    centres: movedRows(centres, means),
    assignments: Array.from(assignments),
    inertia: inertiaOf(centredX, centres, assignments),
    history,
  });
}

/** Where the best of several starts ends. */
export function bestClusters(x: Dense, starts: Iterable<Dense>, settings: LloydOptions) {
  let best: { centres: Dense; assignments: Int32Array; history: number[] } | undefined;
  for (const start of starts) {
    const history: number[] = [];
    let last: LloydStep | undefined;
    for (const step of lloyd(x, start, settings)) {
      history.push(step.inertia);
      last = step;
    }
    const { centres, assignments } = last!;
    if (!best || history.at(-1)! < best.history.at(-1)!) best = { centres, assignments, history };
  }
  return best!;
}

/**
 * The steps of k-means from one start, one after the other, to watch them: each gives the centres and which row is
 * nearest to which. The last step is where they rest.
 *
 * x: (rows, features). Throws as `kmeans` does.
 *
 * @example
 * const x = [[1, 1], [1, 2], [8, 8], [9, 8]];
 * for (const { centres, inertia } of unsupervised.kmeansSteps(x, { clusters: 2, seed: 1 })) show(inertia, centres);
 */
export function* kmeansSteps(x: Features, options: Omit<KmeansOptions, 'restarts'>): Generator<KmeansStep> {
  const { means, centredX, settings, starts } = prepared('unsupervised.kmeansSteps', x, { ...options, restarts: 1 });
  let iteration = 0;
  const [start] = starts();
  for (const step of lloyd(centredX, start!, settings))
    yield {
      iteration: ++iteration,
      centres: movedRows(step.centres, means),
      assignments: Array.from(step.assignments),
      inertia: step.inertia,
      moved: step.moved,
    };
}

/** Checks all, and moves the data so that its mean is 0: distances stay, and products of small numbers are exact. */
function prepared(where: string, x: Features, options: KmeansOptions) {
  assertKeys(`${where}(x, options)`, options, KEYS);
  const { clusters, start = 'k-means++', maxIterations = 300, tolerance = 1e-4, seed = 0 } = options;
  const { restarts = typeof start === 'string' ? 10 : 1 } = options;
  assertInteger(`${where}({ clusters })`, clusters, { min: 1 });
  assertInteger(`${where}({ restarts })`, restarts, { min: 1 });
  assertInteger(`${where}({ maxIterations })`, maxIterations, { min: 1 });
  assertNumber(`${where}({ tolerance })`, tolerance, { min: 0 });
  assertSeed(`${where}({ seed })`, seed);
  const read = readFeatures(`${where}(x)`, x);
  const columns: Columns = { ...read, features: read.features ?? numberedNames(read.columns) };
  assertEnoughRows(`${where}(x)`, columns.rows, clusters, 'clusters');
  const means = columnMeans(columns);
  const centredX = centred(columns, means);
  const variance = squaredSpread(centredX) / columns.rows / columns.columns;

  const own = typeof start === 'string' ? undefined : readStart(`${where}({ start })`, start, clusters, read.columns);
  if (typeof start === 'string') assertOneOf(`${where}({ start })`, start, ['k-means++', 'random'] as const);
  const draw = start === 'random' ? randomStart : plusPlusStart;
  const starts = (): Dense[] =>
    own
      ? [centred(dense(clusters, read.columns, own), means)]
      : Array.from({ length: restarts }, (_, i) => draw(centredX, clusters, random(seed).derive(`start ${i}`)));
  return { columns, means, centredX, starts, settings: { maxIterations, tolerance: tolerance * variance } };
}

function movedRows(centres: Dense, means: Float64Array): number[][] {
  return toRows(centres).map(row => row.map((value, j) => value + means[j]!));
}

function kmeansModel(learned: KmeansNumbers): KmeansModel {
  const { features, centres, assignments, inertia, history } = learned;
  const places = dense(centres.length, features.length, Float64Array.from(centres.flat()));
  const predict = (x: Features) => Array.from(nearestCentres(readFeaturesFor('model.predict(x)', x, features), places));
  const members = {
    kind: 'kmeans' as const,
    ...learned,
    predict,
    transform(x: Features): number[][] {
      const { values, rows, columns: d } = readFeaturesFor('model.transform(x)', x, features);
      return Array.from({ length: rows }, (_, i) =>
        centres.map((_, j) => Math.sqrt(squaredDistance(values, i * d, places.values, j * d, d))),
      );
    },
    score(x: Features): number {
      const rows = readFeaturesFor('model.score(x)', x, features);
      return explainedShare(rows, inertiaOf(rows, places, nearestCentres(rows, places)));
    },
  };
  return createFitted(
    members,
    () => ({ centres, assignments, inertia, history }),
    () => ({
      caption: `${countOf(centres.length, 'cluster')} of ${countOf(assignments.length, 'row')} by k-means, inertia ${Number(inertia.toPrecision(6))}`,
      table: {
        columns: [...features, 'rows'],
        index: centres.map((_, place) => place),
        rows: centres.map((row, place) => [...row, assignments.filter(assigned => assigned === place).length]),
      },
    }),
  );
}

export function restoreKmeans(saved: SavedFields): KmeansModel {
  const { features } = saved;
  const centres = saved.matrix('centres', undefined, features.length);
  return kmeansModel({
    features,
    centres,
    assignments: saved.places('assignments', centres.length),
    inertia: saved.number('inertia', { min: 0 }),
    history: saved.numbers('history'),
  });
}
