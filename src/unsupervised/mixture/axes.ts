import { type Dense, dense, dotProducts, weightedSums } from '../../core/index.ts';
import { collapsed, type Densities, logConstant } from './parts.ts';

/**
 * Parts along the axes, or round ones. With v the variances, Σ (x − mean)²/v = Σ x²/v − 2 Σ x·mean/v + Σ mean²/v: products
 * of the rows (x², x) with one row for each part, and their weighted sums are what means and variances are made of.
 */
export function axisDensities(x: Dense, kind: 'diagonal' | 'spherical', regularisation: number): Densities {
  const d = x.columns;
  const squaresAndValues = dense(x.rows, 2 * d);
  for (let i = 0; i < x.rows; i++)
    for (let t = 0; t < d; t++) {
      const value = x.values[i * d + t]!;
      squaresAndValues.values[i * 2 * d + t] = value * value;
      squaresAndValues.values[i * 2 * d + d + t] = value;
    }
  return {
    logarithms({ weights, means, covariances }) {
      const k = weights.length;
      const factors = dense(k, 2 * d);
      const constants = new Float64Array(k);
      for (let part = 0; part < k; part++) {
        const variances = covariances[part]!.values;
        let logRoot = 0;
        let square = 0;
        for (let t = 0; t < d; t++) {
          const variance = variances[kind === 'diagonal' ? t : 0]!;
          const mean = means.values[part * d + t]!;
          if (!(variance > 0)) throw collapsed(part);
          factors.values[part * 2 * d + t] = -0.5 / variance;
          factors.values[part * 2 * d + d + t] = mean / variance;
          square += (mean * mean) / variance;
          logRoot += Math.log(variance) / 2;
        }
        constants[part] = logConstant(weights[part]!, d, logRoot) - square / 2;
      }
      const out = dotProducts(squaresAndValues, factors);
      for (let i = 0; i < out.values.length; i++) out.values[i] = out.values[i]! + constants[i % k]!;
      return out;
    },
    fitted(shares, totals) {
      const sums = weightedSums(shares, squaresAndValues);
      const means = dense(totals.length, d);
      const covariances = Array.from(totals, (total, part) => {
        const variances = new Float64Array(d);
        for (let t = 0; t < d; t++) {
          const mean = sums.values[part * 2 * d + d + t]! / total;
          means.values[part * d + t] = mean;
          // Rounding may bring what is 0 below it.
          variances[t] = Math.max(0, sums.values[part * 2 * d + t]! / total - mean * mean) + regularisation;
        }
        if (kind === 'diagonal') return dense(1, d, variances);
        return dense(1, 1, Float64Array.of(variances.reduce((sum, variance) => sum + variance, 0) / d));
      });
      return { means, covariances };
    },
  };
}
