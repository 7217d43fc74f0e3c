import {
  assertInteger,
  assertKeys,
  assertNumber,
  assertOneOf,
  assertSeed,
  centred,
  columnMeans,
  type Features,
  numberedNames,
  random,
  readFeatures,
  toRows,
} from '../../core/index.ts';
import { bestClusters } from '../kmeans/kmeans.ts';
import { plusPlusStart } from '../kmeans/start.ts';
import { assertEnoughRows, type Columns } from '../options.ts';
import { densitiesOf } from './densities.ts';
import { certain, type EmOptions, type EmStep, expectationMaximisation, maximisation } from './em.ts';
import { type MixtureModel, mixtureModel } from './model.ts';
import type { CovarianceKind, Parts } from './parts.ts';
import { type Covariances, KINDS, type MixtureStart, plainParts, readParts } from './plain.ts';

export interface MixtureOptions {
  /** How many normal distributions. */
  components: number;
  /** What shapes they may have: any ellipse, ellipses along the axes, or circles. Default 'full'. */
  covariance?: CovarianceKind;
  /** Where to begin: at the clusters of k-means, or at a mixture of your own. Default 'k-means'. */
  start?: 'k-means' | MixtureStart;
  /** Begin so many times and keep the best. Default 1. */
  restarts?: number;
  /** Default 100. */
  maxIterations?: number;
  /** Stop when the mean log-likelihood rises by less. Default 1e-3. */
  tolerance?: number;
  /** Added to each variance, so that no part shrinks to a point. In squared units of the features. Default 1e-6. */
  regularisation?: number;
  /** Default 0: the same mixture each time. */
  seed?: number;
}

/** One step of expectation and maximisation, to look at. */
export interface MixtureStep {
  /** From 1. */
  iteration: number;
  weights: number[];
  /** (components, features) */
  means: number[][];
  covariances: Covariances;
  /** (rows, components): the probability that a row is of a part. */
  responsibilities: number[][];
  /** The mean over the rows, in nats. */
  logLikelihood: number;
}

const KEYS = ['components', 'covariance', 'start', 'restarts', 'maxIterations', 'tolerance', 'regularisation', 'seed'];

/**
 * A Gaussian mixture: the rows as drawn from several normal distributions, found by expectation and maximisation
 * (Dempster, Laird and Rubin, 1977; Bishop, Pattern Recognition and Machine Learning, 9.2).
 *
 * x: (rows, features). Throws on empty or missing data, on fewer rows than components, and when a part shrinks to a point.
 *
 * @example
 * const x = [[1, 1], [1, 2], [2, 1], [8, 8], [9, 8], [8, 9]];
 * const model = unsupervised.mixture(x, { components: 2, covariance: 'spherical' });
 * model.responsibilities([[1, 1.5]]);
 */
export function mixture(x: Features, options: MixtureOptions): MixtureModel {
  const { columns, settings, starts, densities, plain } = prepared('unsupervised.mixture', x, options);
  let best: { step: EmStep; history: number[] } | undefined;
  for (const start of starts()) {
    const history: number[] = [];
    let last: EmStep | undefined;
    for (const step of expectationMaximisation(densities, start, settings)) {
      history.push(step.logLikelihood);
      last = step;
    }
    if (!best || last!.logLikelihood > best.step.logLikelihood) best = { step: last!, history };
  }
  const { step, history } = best!;
  const converged = history.length <= settings.maxIterations;
  return mixtureModel({ features: columns.features, ...plain(step.parts), history, converged });
}

/**
 * The steps of expectation and maximisation from one start, one after the other, to watch them.
 *
 * x: (rows, features). Throws as `mixture` does.
 *
 * @example
 * const x = [[1, 1], [1, 2], [2, 1], [8, 8], [9, 8], [8, 9]];
 * for (const { means, logLikelihood } of unsupervised.mixtureSteps(x, { components: 2 })) show(logLikelihood, means);
 */
export function* mixtureSteps(x: Features, options: Omit<MixtureOptions, 'restarts'>): Generator<MixtureStep> {
  const { settings, starts, densities, plain } = prepared('unsupervised.mixtureSteps', x, { ...options, restarts: 1 });
  let iteration = 0;
  for (const step of expectationMaximisation(densities, starts()[0]!, settings)) {
    const { weights, means, covariances } = plain(step.parts);
    const { logLikelihood } = step;
    yield {
      iteration: ++iteration,
      weights,
      means,
      covariances,
      responsibilities: toRows(step.responsibilities),
      logLikelihood,
    };
  }
}

function prepared(where: string, x: Features, options: MixtureOptions) {
  assertKeys(`${where}(x, options)`, options, KEYS);
  const { components, covariance: kind = 'full', start = 'k-means', restarts = 1, maxIterations = 100 } = options;
  const { tolerance = 1e-3, regularisation = 1e-6, seed = 0 } = options;
  assertInteger(`${where}({ components })`, components, { min: 1 });
  assertOneOf(`${where}({ covariance })`, kind, KINDS);
  assertInteger(`${where}({ restarts })`, restarts, { min: 1 });
  assertInteger(`${where}({ maxIterations })`, maxIterations, { min: 1 });
  assertNumber(`${where}({ tolerance })`, tolerance, { min: 0 });
  assertNumber(`${where}({ regularisation })`, regularisation, { min: 0 });
  assertSeed(`${where}({ seed })`, seed);
  const read = readFeatures(`${where}(x)`, x);
  const columns: Columns = { ...read, features: read.features ?? numberedNames(read.columns) };
  assertEnoughRows(`${where}(x)`, columns.rows, components, 'components');
  const means = columnMeans(columns);
  const around0 = centred(columns, means);
  const densities = densitiesOf(around0, kind, regularisation);
  const fromClusters = (restart: number): Parts => {
    const start = plusPlusStart(around0, components, random(seed).derive(restart));
    const { assignments } = bestClusters(around0, [start], { maxIterations: 300, tolerance: 0 });
    return maximisation(densities, kind, certain(assignments, components));
  };
  const own = start === 'k-means' ? undefined : readParts(`${where}({ start })`, start, kind, components, means);
  const starts = () => (own ? [own] : Array.from({ length: restarts }, (_, restart) => fromClusters(restart)));
  const settings: EmOptions = { maxIterations, tolerance };
  return { columns, settings, starts, densities, plain: (parts: Parts) => plainParts(parts, means) };
}
