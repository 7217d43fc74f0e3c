import {
  cholesky,
  type Dense,
  dense,
  dotProducts,
  invertLower,
  LearnableError,
  rowProducts,
  transpose,
} from '../../core/index.ts';

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

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** So many rows at a time: what is made of them stays in the cache. */
const BLOCK = 256;

/** log(weight · density) of each row under each part, (rows, parts). */
export function logDensities(x: Dense, parts: Parts): Dense {
  const k = parts.weights.length;
  const out = dense(x.rows, k);
  for (let part = 0; part < k; part++) {
    const { inverse, logRoot } = rootOf(parts, part, x.columns);
    const constant = Math.log(parts.weights[part]!) - (x.columns * LOG_TWO_PI) / 2 - logRoot;
    const mean = parts.means.values.subarray(part * x.columns, (part + 1) * x.columns);
    for (let from = 0; from < x.rows; from += BLOCK) {
      const block = differences(x, from, Math.min(BLOCK, x.rows - from), mean);
      const squares = 'rows' in inverse ? rowSquares(dotProducts(block, inverse)) : scaledSquares(block, inverse);
      for (let i = 0; i < block.rows; i++) out.values[(from + i) * k + part] = constant - squares[i]! / 2;
    }
  }
  return out;
}

/** x − mean, of some rows. */
function differences(x: Dense, from: number, rows: number, mean: Float64Array): Dense {
  const d = x.columns;
  const out = dense(rows, d);
  for (let i = 0; i < rows; i++)
    for (let t = 0; t < d; t++) out.values[i * d + t] = x.values[(from + i) * d + t]! - mean[t]!;
  return out;
}

function rowSquares({ values, rows, columns }: Dense): Float64Array {
  const squares = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let t = i * columns; t < (i + 1) * columns; t++) sum += values[t]! * values[t]!;
    squares[i] = sum;
  }
  return squares;
}

function scaledSquares({ values, rows, columns }: Dense, factors: Float64Array): Float64Array {
  const squares = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let t = 0; t < columns; t++) {
      const value = values[i * columns + t]!;
      sum += value * value * factors[t]!;
    }
    squares[i] = sum;
  }
  return squares;
}

/**
 * What makes a difference to the mean a row of independent numbers of variance 1: L⁻¹ of the covariance L·Lᵀ, or one over
 * each variance; and the logarithm of the root of the determinant.
 */
function rootOf(
  { kind, covariances }: Parts,
  part: number,
  d: number,
): { inverse: Dense | Float64Array; logRoot: number } {
  const { values } = covariances[part]!;
  let logRoot = 0;
  if (kind === 'full') {
    const lower = cholesky(covariances[part]!);
    if (!lower) throw collapsed(part);
    for (let t = 0; t < d; t++) logRoot += Math.log(lower.values[t * d + t]!);
    return { inverse: invertLower(lower), logRoot };
  }
  const variances = kind === 'diagonal' ? values : new Float64Array(d).fill(values[0]!);
  for (const variance of variances) {
    if (!(variance > 0)) throw collapsed(part);
    logRoot += Math.log(variance) / 2;
  }
  return { inverse: variances.map(variance => 1 / variance), logRoot };
}

function collapsed(part: number): LearnableError {
  return new LearnableError(
    `unsupervised.mixture: part ${part} shrank to a point or a plane, where its density has no end.`,
    {
      hint: "Ask for fewer parts, raise { regularisation }, or take { covariance: 'diagonal' }.",
    },
  );
}

/** The weighted mean of the squared differences, and `regularisation` on the diagonal. */
export function covarianceOf(
  x: Dense,
  shares: Float64Array,
  total: number,
  mean: Float64Array,
  kind: CovarianceKind,
  regularisation: number,
): Dense {
  const d = x.columns;
  const scaled = dense(x.rows, d); // √share · (x − mean)
  for (let i = 0; i < x.rows; i++) {
    const root = Math.sqrt(shares[i]!);
    for (let t = 0; t < d; t++) scaled.values[i * d + t] = root * (x.values[i * d + t]! - mean[t]!);
  }
  if (kind === 'full') {
    const out = rowProducts(transpose(scaled));
    for (let i = 0; i < out.values.length; i++) out.values[i]! /= total;
    for (let t = 0; t < d; t++) out.values[t * d + t]! += regularisation;
    return out;
  }
  const variances = dense(1, d);
  for (let i = 0; i < scaled.values.length; i++) variances.values[i % d]! += scaled.values[i]! ** 2 / total;
  for (let t = 0; t < d; t++) variances.values[t]! += regularisation;
  if (kind === 'diagonal') return variances;
  return dense(1, 1, Float64Array.of(variances.values.reduce((sum, variance) => sum + variance, 0) / d));
}
