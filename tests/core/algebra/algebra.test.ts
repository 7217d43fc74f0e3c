import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cholesky,
  type Dense,
  dense,
  dotProducts,
  invertLower,
  leadingEigen,
  leastSquares,
  minimise,
  random,
  rowProducts,
  solveCholesky,
  symmetricEigen,
  transpose,
  weightedSums,
} from '../../../src/core/index.ts';

function randomDense(rows: number, columns: number, seed: number): Dense {
  const generator = random(seed);
  return dense(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => generator.normal()),
  );
}

/** The three plain loops. */
function product(a: Dense, b: Dense): Dense {
  const out = dense(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.columns; j++)
      for (let t = 0; t < a.columns; t++)
        out.values[i * b.columns + j]! += a.values[i * a.columns + t]! * b.values[t * b.columns + j]!;
  return out;
}

function expectSame(a: Dense, b: Dense, tolerance = 1e-10): void {
  expect([a.rows, a.columns]).toEqual([b.rows, b.columns]);
  let worst = 0;
  for (let i = 0; i < a.values.length; i++) worst = Math.max(worst, Math.abs(a.values[i]! - b.values[i]!));
  expect(worst).toBeLessThan(tolerance);
}

const size = (max: number) => fc.integer({ min: 1, max });

describe('products', () => {
  it('are those of three plain loops, at all sizes', () => {
    fc.assert(
      fc.property(size(13), size(9), size(11), fc.nat(99), (n, k, d, seed) => {
        const [a, b, w] = [randomDense(n, d, seed), randomDense(k, d, seed + 1), randomDense(n, k, seed + 2)];
        expectSame(dotProducts(a, b), product(a, transpose(b)));
        expectSame(rowProducts(a), product(a, transpose(a)));
        expectSame(weightedSums(w, a), product(transpose(w), a));
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('and where rows are taken in pieces', () => {
    const [a, b] = [randomDense(6, 1300, 1), randomDense(5, 1300, 2)];
    expectSame(dotProducts(a, b), product(a, transpose(b)));
    expectSame(rowProducts(a), product(a, transpose(a)));
  });
});

describe('cholesky', () => {
  it('gives back the matrix, solves, and inverts', () => {
    const x = randomDense(30, 7, 3);
    const a = rowProducts(transpose(x));
    const lower = cholesky(a)!;
    expectSame(product(lower, transpose(lower)), a);
    const solution = solveCholesky(lower, [1, 2, 3, 4, 5, 6, 7]);
    expectSame(product(a, dense(7, 1, solution)), dense(7, 1, Float64Array.of(1, 2, 3, 4, 5, 6, 7)));
    const identity = product(lower, invertLower(lower));
    for (let i = 0; i < 7; i++)
      for (let j = 0; j < 7; j++) expect(identity.values[i * 7 + j]).toBeCloseTo(i === j ? 1 : 0, 10);
  });

  it('says when a matrix is not positive definite, also when rounding hides it', () => {
    expect(cholesky(dense(2, 2, Float64Array.of(1, 2, 2, 1)))).toBeUndefined();
    const x = randomDense(4, 7, 3);
    expect(cholesky(rowProducts(transpose(x)))).toBeUndefined();
  });
});

describe('eigenvectors', () => {
  it('are orthonormal and give back the matrix, at all sizes', () => {
    fc.assert(
      fc.property(size(40), fc.nat(99), fc.integer({ min: -1, max: 30 }), (n, seed, rank) => {
        const x = randomDense(rank < 0 ? n : rank + 1, n, seed);
        const a = rowProducts(transpose(x)); // of low rank now and then: many eigenvalues are 0
        const { values, vectors } = symmetricEigen(a);
        expect([...values]).toEqual([...values].sort((p, q) => q - p));
        const scaled = dense(
          n,
          n,
          vectors.values.map((value, i) => value * values[Math.floor(i / n)]!),
        );
        expectSame(product(transpose(vectors), scaled), a, 1e-9 * Math.max(1, values[0]!));
        const identity = dense(n, n);
        for (let i = 0; i < n; i++) identity.values[i * n + i] = 1;
        expectSame(product(vectors, transpose(vectors)), identity);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('have their largest component positive', () => {
    const { vectors } = symmetricEigen(rowProducts(randomDense(9, 20, 5)));
    for (let i = 0; i < 9; i++) {
      const row = [...vectors.values.subarray(i * 9, i * 9 + 9)];
      expect(Math.max(...row)).toBe(Math.max(...row.map(Math.abs)));
    }
  });

  it('of diagonal, zero and one-by-one matrices', () => {
    expect([...symmetricEigen(dense(3, 3, Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, 3))).values]).toEqual([5, 3, 1]);
    expect([...symmetricEigen(dense(4, 4)).values]).toEqual([0, 0, 0, 0]);
    const { values, vectors } = symmetricEigen(dense(1, 1, Float64Array.of(-2)));
    expect([[...values], [...vectors.values]]).toEqual([[-2], [1]]);
  });

  it('the leading ones alone are the same, whatever the start', () => {
    const x = randomDense(400, 240, 7);
    for (let i = 0; i < x.values.length; i++) x.values[i]! *= 1 + 9 / (1 + (i % 240)); // some count more
    const a = rowProducts(transpose(x));
    const all = symmetricEigen(a);
    for (const seed of [1, 2]) {
      const apply = (block: Dense) => dotProducts(block, a);
      const found = leadingEigen({ count: 4, start: randomDense(8, 240, seed), apply })!;
      for (let i = 0; i < 4; i++) expect(found.values[i]! / all.values[i]!).toBeCloseTo(1, 10);
      expectSame(found.vectors, dense(4, 240, all.vectors.values.slice(0, 4 * 240)), 1e-6);
    }
  });

  it('the leading ones of a matrix in which several are equal', () => {
    const a = dense(60, 60);
    for (let i = 0; i < 60; i++) a.values[i * 61] = i < 3 ? 9 : 1 / (i + 1);
    const apply = (block: Dense) => dotProducts(block, a);
    const found = leadingEigen({ count: 3, start: randomDense(6, 60, 1), apply })!;
    for (const value of found.values) expect(value).toBeCloseTo(9, 9);
  });
});

describe('least squares', () => {
  it('leaves nothing that the columns could still explain, and is the shortest solution', () => {
    fc.assert(
      fc.property(size(12), size(8), size(8), fc.nat(99), (n, d, rank, seed) => {
        // A product of thin matrices has at most their rank.
        const a = product(randomDense(n, rank, seed), randomDense(rank, d, seed + 1));
        const b = randomDense(n, 1, seed + 2).values;
        const { solution, rank: found } = leastSquares(a, b);
        expect(found).toBe(Math.min(n, d, rank));
        const rest = product(a, dense(d, 1, solution)).values.map((value, i) => b[i]! - value);
        expectSame(product(transpose(a), dense(n, 1, rest)), dense(d, 1), 1e-8);
        // The shortest one is a sum of rows of A: what is left of it beside them is nothing.
        const { vectors, values } = symmetricEigen(rowProducts(transpose(a)));
        for (let i = 0; i < d; i++) {
          if (values[i]! > 1e-9 * values[0]!) continue;
          let part = 0;
          for (let j = 0; j < d; j++) part += vectors.values[i * d + j]! * solution[j]!;
          expect(Math.abs(part)).toBeLessThan(1e-6);
        }
      }),
      { seed: 1, numRuns: 80 },
    );
  });

  it('of zeros is zero', () => {
    expect(leastSquares(dense(3, 2), [1, 2, 3])).toEqual({ solution: new Float64Array(2), rank: 0 });
  });
});

describe('minimise', () => {
  it("finds the bottom of Rosenbrock's valley", () => {
    const { x, converged, history } = minimise({
      start: Float64Array.of(-1.2, 1),
      valueAndGradient(at, gradient) {
        const [a, b] = [at[0]!, at[1]!];
        gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a);
        gradient[1] = 200 * (b - a * a);
        return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
      },
    });
    expect(converged).toBe(true);
    expect(x[0]).toBeCloseTo(1, 8);
    expect(x[1]).toBeCloseTo(1, 8);
    expect(history.length).toBeLessThan(60);
    expect(history.every((value, i) => i === 0 || value <= history[i - 1]!)).toBe(true);
  });

  it('says when it was stopped before', () => {
    const slow = minimise({
      start: Float64Array.of(5, 5),
      maxIterations: 1,
      valueAndGradient(at, gradient) {
        gradient[0] = 4 * at[0]! ** 3;
        gradient[1] = 2 * at[1]!;
        return at[0]! ** 4 + at[1]! ** 2;
      },
    });
    expect(slow.converged).toBe(false);
  });
});
