import { type Dense, dense } from '../../core/index.ts';
import type { CovarianceKind, Densities, Parts } from './parts.ts';

/** One step: the parts, what they make of the rows, and how likely the rows are under them. */
export interface EmStep {
  parts: Parts;
  /** (rows, parts): the probability that a row is of a part. */
  responsibilities: Dense;
  /** The mean over the rows. */
  logLikelihood: number;
}

export interface EmOptions {
  maxIterations: number;
  /** Stop when the mean log-likelihood rises by less. */
  tolerance: number;
}

/**
 * Expectation and maximisation (Dempster, Laird and Rubin, 1977; Bishop, Pattern Recognition and Machine Learning, 9.2):
 * say of which part each row probably is, then fit each part to its rows. The log-likelihood never falls, but for what the
 * regularisation takes.
 */
export function* expectationMaximisation(densities: Densities, start: Parts, options: EmOptions): Generator<EmStep> {
  let parts = start;
  let before = Number.NEGATIVE_INFINITY;
  for (let iteration = 1; ; iteration++) {
    const { responsibilities, logDensities } = expectation(densities, parts);
    const logLikelihood = logDensities.reduce((sum, value) => sum + value, 0) / logDensities.length;
    yield { parts, responsibilities, logLikelihood };
    if (iteration > options.maxIterations || Math.abs(logLikelihood - before) < options.tolerance) return;
    before = logLikelihood;
    parts = maximisation(densities, start.kind, responsibilities);
  }
}

/** A logarithm: what is smaller counts as 0, as processors are slow with the smallest numbers of all. */
const NEXT_TO_NOTHING = -230;

/** The probability of each part for each row, and the logarithm of each row's density. */
export function expectation(
  densities: Densities,
  parts: Parts,
): { responsibilities: Dense; logDensities: Float64Array } {
  const responsibilities = densities.logarithms(parts);
  const { values, rows, columns: k } = responsibilities;
  const logDensities = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const start = i * k;
    let largest = Number.NEGATIVE_INFINITY;
    for (let part = 0; part < k; part++) largest = Math.max(largest, values[start + part]!);
    let total = 0;
    for (let part = 0; part < k; part++) {
      const below = values[start + part]! - largest;
      const share = below > NEXT_TO_NOTHING ? Math.exp(below) : 0;
      values[start + part] = share;
      total += share;
    }
    logDensities[i] = largest + Math.log(total);
    for (let part = 0; part < k; part++) values[start + part] = values[start + part]! / total;
  }
  return { responsibilities, logDensities };
}

/** A part that no row belongs to keeps this many, so that nothing is divided by 0. */
const FEWEST = 10 * Number.EPSILON;

/** The parts that make the rows likeliest, if each row is of each part by its share. */
export function maximisation(densities: Densities, kind: CovarianceKind, shares: Dense): Parts {
  const { values, columns: k } = shares;
  const totals = new Float64Array(k).fill(FEWEST);
  for (let i = 0; i < values.length; i++) totals[i % k] = totals[i % k]! + values[i]!;
  const all = totals.reduce((sum, total) => sum + total, 0);
  return { kind, weights: totals.map(total => total / all), ...densities.fitted(shares, totals) };
}

/** One for the part of each row, 0 for the others. */
export function certain(assignments: ArrayLike<number>, parts: number): Dense {
  const out = dense(assignments.length, parts);
  for (let i = 0; i < assignments.length; i++) out.values[i * parts + assignments[i]!] = 1;
  return out;
}
