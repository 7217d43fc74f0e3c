import {
  addDotProducts,
  cholesky,
  type Dense,
  dense,
  invertLower,
  rowProducts,
  transpose,
  weightedSums,
} from '../../core/index.ts';
import { collapsed, type Densities, logConstant } from './parts.ts';

/** So many rows at a time: what is made of them stays in the cache. */
const BLOCK = 256;

/** Parts of any shape. Where the covariance is L·Lᵀ, the exponent is −|L⁻¹(x − mean)|² / 2. */
export function fullDensities(x: Dense, regularisation: number): Densities {
  const d = x.columns;
  const squares = new Float64Array(x.rows);
  const squaresTo = mahalanobisSquares(x, squares);
  let across: Dense | undefined;
  let spare: Dense | undefined;
  return {
    logarithms({ weights, means, covariances }) {
      const k = weights.length;
      const out = dense(x.rows, k);
      const values = out.values;
      for (let part = 0; part < k; part++) {
        const root = cholesky(covariances[part]!);
        if (!root) throw collapsed(part);
        let logRoot = 0;
        for (let t = 0; t < d; t++) logRoot += Math.log(root.values[t * d + t]!);
        const constant = logConstant(weights[part]!, d, logRoot);
        squaresTo(means.values.subarray(part * d, (part + 1) * d), invertLower(root));
        for (let i = 0; i < x.rows; i++) values[i * k + part] = constant - squares[i]! / 2;
      }
      return out;
    },
    fitted(shares, totals) {
      across ??= transpose(x); // (features, rows): what is summed lies side by side
      spare ??= dense(d, x.rows);
      const means = weightedSums(shares, x);
      for (let i = 0; i < means.values.length; i++) means.values[i] = means.values[i]! / totals[Math.floor(i / d)]!;
      const ofPart = transpose(shares);
      const covariances = Array.from(totals, (total, part) => {
        const own = ofPart.values.subarray(part * x.rows, (part + 1) * x.rows);
        scaleDifferences(across!, own, means.values.subarray(part * d, (part + 1) * d), spare!.values);
        const covariance = rowProducts(spare!);
        for (let i = 0; i < d * d; i++) covariance.values[i]! /= total;
        for (let t = 0; t < d; t++) covariance.values[t * d + t]! += regularisation;
        return covariance;
      });
      return { means, covariances };
    },
  };
}

/** Writes |inverse · (x − mean)|² of each row, `inverse` a lower triangle. */
function mahalanobisSquares(x: Dense, squares: Float64Array): (mean: Float64Array, inverse: Dense) => void {
  const d = x.columns;
  const values = x.values;
  const block = new Float64Array(BLOCK * d);
  const product = new Float64Array(BLOCK * d);
  return (mean, inverse) => {
    for (let from = 0; from < x.rows; from += BLOCK) {
      const rows = Math.min(BLOCK, x.rows - from);
      for (let i = 0; i < rows; i++)
        for (let t = 0; t < d; t++) block[i * d + t] = values[(from + i) * d + t]! - mean[t]!;
      product.fill(0);
      addDotProducts(dense(rows, d, block), inverse, product, true);
      for (let i = 0; i < rows; i++) {
        let sum = 0;
        for (let t = i * d; t < (i + 1) * d; t++) sum += product[t]! * product[t]!;
        squares[from + i] = sum;
      }
    }
  };
}

/** √share · (x − mean), whose products with each other are the covariance times the sum of the shares. */
function scaleDifferences(across: Dense, shares: Float64Array, mean: Float64Array, into: Float64Array): void {
  const values = across.values;
  const n = across.columns;
  const roots = new Float64Array(n);
  for (let i = 0; i < n; i++) roots[i] = Math.sqrt(shares[i]!);
  for (let t = 0; t < across.rows; t++) {
    const centre = mean[t]!;
    for (let i = 0; i < n; i++) into[t * n + i] = roots[i]! * (values[t * n + i]! - centre);
  }
}
