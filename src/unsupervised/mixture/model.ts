import {
  centred,
  columnMeans,
  countOf,
  createFitted,
  dense,
  type Features,
  type Predictor,
  readFeaturesFor,
  type SavedFields,
  toRows,
} from '../../core/index.ts';
import { flat } from '../pca.ts';
import { densitiesOf } from './densities.ts';
import { expectation } from './em.ts';
import type { CovarianceKind } from './parts.ts';
import { type Covariances, draw, KINDS, readCovariances } from './plain.ts';

export interface MixtureNumbers {
  readonly features: readonly string[];
  readonly covariance: CovarianceKind;
  /** The share of each part. */
  readonly weights: readonly number[];
  /** (components, features) */
  readonly means: readonly (readonly number[])[];
  readonly covariances: Covariances;
  /** The mean log-likelihood of the rows at each step of the best start, in nats. */
  readonly history: readonly number[];
  /** False if it stopped at `maxIterations`. */
  readonly converged: boolean;
}

export interface MixtureModel extends Predictor<number>, MixtureNumbers {
  readonly kind: 'mixture';
  readonly features: readonly string[];
  /** x: (rows, features) → the likeliest part of each row. */
  predict(x: Features): number[];
  /** x: (rows, features) → (rows, components): the probability that a row is of a part. */
  responsibilities(x: Features): number[][];
  /** x: (rows, features) → the logarithm of each row's density; low where rows are rare. */
  logDensities(x: Features): number[];
  /** The mean log-likelihood of a row, in nats: the higher, the better. */
  score(x: Features): number;
  /** Schwarz's criterion: the lower, the better; punishes parameters more, the more rows there are. */
  bic(x: Features): number;
  /** Akaike's criterion: the lower, the better. */
  aic(x: Features): number;
  /** New rows as the mixture would make them. */
  sample(count: number, seed: number): number[][];
}

export function mixtureModel(learned: MixtureNumbers): MixtureModel {
  const { features, covariance, weights, means, history, converged } = learned;
  const [k, d] = [weights.length, features.length];
  const covariances = readCovariances(learned.covariances, covariance, k, d)!;
  const parts = { kind: covariance, weights: Float64Array.from(weights), means: dense(k, d, flat(means)), covariances };
  const middle = columnMeans(parts.means);
  const around0 = { ...parts, means: centred(parts.means, middle) };
  const about = (where: string, x: Features) =>
    expectation(densitiesOf(centred(readFeaturesFor(where, x, features), middle), covariance, 0), around0);
  const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const free = { full: (d * (d + 1)) / 2, diagonal: d, spherical: 1 }[covariance];
  const parameters = k * free + k * d + k - 1;
  const members = {
    kind: 'mixture' as const,
    ...learned,
    predict: (x: Features) =>
      toRows(about('model.predict(x)', x).responsibilities).map(row => row.indexOf(Math.max(...row))),
    responsibilities: (x: Features) => toRows(about('model.responsibilities(x)', x).responsibilities),
    logDensities: (x: Features) => Array.from(about('model.logDensities(x)', x).logDensities),
    score(x: Features): number {
      const { logDensities } = about('model.score(x)', x);
      return sumOf(logDensities) / logDensities.length;
    },
    bic(x: Features): number {
      const { logDensities } = about('model.bic(x)', x);
      return parameters * Math.log(logDensities.length) - 2 * sumOf(logDensities);
    },
    aic: (x: Features) => 2 * parameters - 2 * sumOf(about('model.aic(x)', x).logDensities),
    sample: (count: number, seed: number) => draw(parts, count, seed),
  };
  const saved = () => ({ covariance, weights, means, covariances: learned.covariances, history, converged });
  return createFitted(members, saved, () => ({
    caption: `Mixture of ${countOf(k, 'normal distribution')} (${covariance}) on ${countOf(d, 'feature')}, mean log-likelihood ${Number(history.at(-1)!.toPrecision(6))}`,
    table: {
      columns: ['weight', ...features.map(name => `mean of ${name}`)],
      index: weights.map((_, place) => place),
      rows: means.map((row, place) => [weights[place]!, ...row]),
    },
  }));
}

export function restoreMixture(saved: SavedFields): MixtureModel {
  const { features } = saved;
  const weights = saved.numbers('weights');
  const covariance = saved.oneOf('covariance', KINDS);
  const [k, d] = [weights.length, features.length];
  return mixtureModel({
    features,
    covariance,
    weights,
    means: saved.matrix('means', k, d),
    covariances: saved.checked(
      'covariances',
      `${k} ${covariance} covariances`,
      (value): value is Covariances => readCovariances(value, covariance, k, d) !== undefined,
    ),
    history: saved.numbers('history'),
    converged: saved.flag('converged'),
  });
}
