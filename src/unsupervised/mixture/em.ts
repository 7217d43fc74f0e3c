import { type Dense, dense, weightedSums } from '../../core/index.ts';
import { type CovarianceKind, covarianceOf, logDensities, type Parts } from './gaussian.ts';

/** One step: the parts, what they make of the rows, and how likely the rows are under them. */
export interface EmStep {
  parts: Parts;
  /** (rows, parts): the probability that a row is of a part. */
  responsibilities: Dense;
  /** The mean over the rows. */
  logLikelihood: number;
}

export interface EmOptions {
  kind: CovarianceKind;
  maxIterations: number;
  /** Stop when the mean log-likelihood rises by less. */
  tolerance: number;
  regularisation: number;
}

/**
 * Expectation and maximisation (Dempster, Laird and Rubin, 1977; Bishop, Pattern Recognition and Machine Learning, 9.2):
 * say of which part each row probably is, then fit each part to its rows. The log-likelihood never falls, but for what the
 * regularisation takes.
 */
export function* expectationMaximisation(x: Dense, start: Parts, options: EmOptions): Generator<EmStep> {
  let parts = start;
  let before = Number.NEGATIVE_INFINITY;
  for (let iteration = 1; ; iteration++) {
    const { responsibilities, logLikelihoods } = expectation(x, parts);
    const logLikelihood = logLikelihoods.reduce((sum, value) => sum + value, 0) / x.rows;
    yield { parts, responsibilities, logLikelihood };
    if (iteration > options.maxIterations || Math.abs(logLikelihood - before) < options.tolerance) return;
    before = logLikelihood;
    parts = maximisation(x, responsibilities, options);
  }
}

/** The probability of each part for each row, and the logarithm of each row's density. */
export function expectation(x: Dense, parts: Parts): { responsibilities: Dense; logLikelihoods: Float64Array } {
  const responsibilities = logDensities(x, parts);
  const { values, columns: k } = responsibilities;
  const logLikelihoods = new Float64Array(x.rows);
  for (let i = 0; i < x.rows; i++) {
    const start = i * k;
    let largest = Number.NEGATIVE_INFINITY;
    for (let part = 0; part < k; part++) largest = Math.max(largest, values[start + part]!);
    let total = 0;
    for (let part = 0; part < k; part++) total += Math.exp(values[start + part]! - largest);
    const sum = largest + Math.log(total);
    logLikelihoods[i] = sum;
    for (let part = 0; part < k; part++) values[start + part] = Math.exp(values[start + part]! - sum);
  }
  return { responsibilities, logLikelihoods };
}

/** A part that no row belongs to keeps this many, so that nothing is divided by 0. */
const FEWEST = 10 * Number.EPSILON;

export function maximisation(x: Dense, responsibilities: Dense, { kind, regularisation }: EmOptions): Parts {
  const k = responsibilities.columns;
  const d = x.columns;
  const means = weightedSums(responsibilities, x);
  const weights = new Float64Array(k);
  const covariances: Dense[] = [];
  for (let part = 0; part < k; part++) {
    const shares = new Float64Array(x.rows);
    let total = FEWEST;
    for (let i = 0; i < x.rows; i++) {
      shares[i] = responsibilities.values[i * k + part]!;
      total += shares[i]!;
    }
    const mean = means.values.subarray(part * d, (part + 1) * d);
    for (let t = 0; t < d; t++) mean[t]! /= total;
    weights[part] = total;
    covariances.push(covarianceOf(x, shares, total, mean, kind, regularisation));
  }
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return { kind, weights: weights.map(weight => weight / all), means, covariances };
}

/** One for the part of each row, 0 for the others. */
export function certain(assignments: ArrayLike<number>, parts: number): Dense {
  const out = dense(assignments.length, parts);
  for (let i = 0; i < assignments.length; i++) out.values[i * parts + assignments[i]!] = 1;
  return out;
}
