import { type Dense, dense } from '../dense.ts';

/**
 * The lower triangle L of a symmetric, positive definite matrix A = L · Lᵀ (Golub and Van Loan, Matrix Computations,
 * 4.2); undefined when it is not positive definite, or so nearly not that rounding decides.
 */
export function cholesky(a: Dense): Dense | undefined {
  const n = a.rows;
  const rounding = n * Number.EPSILON;
  const lower = dense(n, n);
  const l = lower.values;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = a.values[i * n + j]!;
      for (let t = 0; t < j; t++) sum -= l[i * n + t]! * l[j * n + t]!;
      if (i !== j) l[i * n + j] = sum / l[j * n + j]!;
      else if (sum > rounding * a.values[i * n + i]!) l[i * n + i] = Math.sqrt(sum);
      else return undefined;
    }
  return lower;
}

/** Solves L · z = b. */
export function solveLower({ values: l, rows: n }: Dense, b: ArrayLike<number>): Float64Array {
  const z = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let t = 0; t < i; t++) sum -= l[i * n + t]! * z[t]!;
    z[i] = sum / l[i * n + i]!;
  }
  return z;
}

/** Solves L · Lᵀ · x = b. */
export function solveCholesky(lower: Dense, b: ArrayLike<number>): Float64Array {
  const { values: l, rows: n } = lower;
  const x = solveLower(lower, b);
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let t = i + 1; t < n; t++) sum -= l[t * n + i]! * x[t]!;
    x[i] = sum / l[i * n + i]!;
  }
  return x;
}

/** L⁻¹, which is a lower triangle, too. */
export function invertLower({ values: l, rows: n }: Dense): Dense {
  const inverse = dense(n, n);
  const v = inverse.values;
  for (let j = 0; j < n; j++) {
    v[j * n + j] = 1 / l[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let t = j; t < i; t++) sum -= l[i * n + t]! * v[t * n + j]!;
      v[i * n + j] = sum / l[i * n + i]!;
    }
  }
  return inverse;
}
