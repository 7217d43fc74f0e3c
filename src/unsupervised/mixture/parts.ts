import { type Dense, LearnableError } from '../../core/index.ts';

export type CovarianceKind = 'full' | 'diagonal' | 'spherical';

/** The parts of a mixture, on typed arrays. */
export interface Parts {
  kind: CovarianceKind;
  /** Adds up to 1. */
  weights: Float64Array;
  /** (parts, features) */
  means: Dense;
  /** Of each part: (features, features), (1, features) or (1, 1). */
  covariances: Dense[];
}

/** Some rows, and what normal distributions of one kind say of them. */
export interface Densities {
  /** log(weight · density) of each row under each part, (rows, parts). */
  logarithms(parts: Parts): Dense;
  /** The means and covariances that make the rows likeliest, if each is of each part by its share; `totals`: Σ shares. */
  fitted(shares: Dense, totals: Float64Array): Pick<Parts, 'means' | 'covariances'>;
}

/** The constant of a normal density, as a logarithm: what is not in the exponent. */
export function logConstant(weight: number, features: number, logRootOfDeterminant: number): number {
  return Math.log(weight) - (features * Math.log(2 * Math.PI)) / 2 - logRootOfDeterminant;
}

export function collapsed(part: number): LearnableError {
  return new LearnableError(
    `unsupervised.mixture: part ${part} shrank to a point or a plane, where its density has no end.`,
    { hint: "Ask for fewer parts, raise { regularisation }, or take { covariance: 'diagonal' }." },
  );
}
