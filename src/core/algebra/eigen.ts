import { type Dense, dense } from '../dense.ts';

export interface Eigen {
  /** From the largest to the smallest. */
  values: Float64Array;
  /** Row i belongs to value i; each of length 1, its largest component positive, so that it is the same each time. */
  vectors: Dense;
}

/**
 * All eigenvalues and eigenvectors of a symmetric matrix: Householder reflections make it tridiagonal, implicit QR steps
 * with Wilkinson's shift make that diagonal (Golub and Van Loan, Matrix Computations, 8.3).
 */
export function symmetricEigen(matrix: Dense): Eigen {
  const { diagonal, beside, vectors } = tridiagonalise(matrix);
  diagonalise(diagonal, beside, vectors);
  return sorted(diagonal, vectors);
}

/** A = Vᵀ · T · V with T tridiagonal; the rows of V are orthonormal. */
function tridiagonalise(matrix: Dense) {
  const n = matrix.rows;
  const a = matrix.values.slice();
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const betas = new Float64Array(n);
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k + 2 < n; k++) {
    let square = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = a[k * n + i]!;
      square += v[i]! * v[i]!;
    }
    const norm = Math.sqrt(square);
    const alpha = v[k + 1]! > 0 ? -norm : norm;
    beside[k] = alpha;
    if (norm === 0) continue;
    const beta = 1 / (norm * (norm + Math.abs(v[k + 1]!)));
    v[k + 1]! -= alpha;
    betas[k] = beta;
    reflectBothSides(a, n, k + 1, v, p, beta);
    // The reflection is kept where the row that it emptied was.
    for (let i = k + 1; i < n; i++) a[k * n + i] = v[i]!;
  }
  if (n > 1) beside[n - 2] = a[(n - 2) * n + n - 1]!;
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i]!;
  return { diagonal, beside, vectors: accumulate(a, betas, n) };
}

/** A − v·wᵀ − w·vᵀ on rows and columns from `first` on, with w = p − (β/2)(pᵀv)·v and p = β·A·v. */
function reflectBothSides(a: Float64Array, n: number, first: number, v: Float64Array, p: Float64Array, beta: number) {
  let product = 0;
  for (let i = first; i < n; i++) {
    let sum = 0;
    for (let j = first; j < n; j++) sum += a[i * n + j]! * v[j]!;
    p[i] = beta * sum;
    product += p[i]! * v[i]!;
  }
  const half = (beta * product) / 2;
  for (let i = first; i < n; i++) p[i]! -= half * v[i]!;
  for (let i = first; i < n; i++) {
    const vi = v[i]!;
    const wi = p[i]!;
    for (let j = first; j < n; j++) a[i * n + j]! -= vi * p[j]! + wi * v[j]!;
  }
}

/** The product of the reflections, as rows; from the last to the first, as each leaves more rows alone. */
function accumulate(a: Float64Array, betas: Float64Array, n: number): Dense {
  const out = dense(n, n);
  const q = out.values;
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (let k = n - 3; k >= 0; k--) {
    const beta = betas[k]!;
    if (beta === 0) continue;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += q[i * n + j]! * a[k * n + j]!;
      const factor = beta * sum;
      for (let j = k + 1; j < n; j++) q[i * n + j]! -= factor * a[k * n + j]!;
    }
  }
  return out;
}

/** QR steps on the part of the tridiagonal matrix that is not diagonal yet, from below. */
function diagonalise(diagonal: Float64Array, beside: Float64Array, vectors: Dense): void {
  const rotations: Rotations = { count: 0, k: [], c: [], s: [] };
  let high = diagonal.length - 1;
  while (high > 0) {
    if (isNegligible(diagonal, beside, high - 1)) {
      high--;
      continue;
    }
    let low = high - 1;
    while (low > 0 && !isNegligible(diagonal, beside, low - 1)) low--;
    step(diagonal, beside, low, high, rotations);
    if (rotations.count > 12 * diagonal.length) rotate(vectors, rotations);
  }
  rotate(vectors, rotations);
}

function isNegligible(diagonal: Float64Array, beside: Float64Array, i: number): boolean {
  const size = Math.abs(diagonal[i]!) + Math.abs(diagonal[i + 1]!);
  return Math.abs(beside[i]!) <= Number.EPSILON * size + Number.MIN_VALUE;
}

function step(d: Float64Array, e: Float64Array, low: number, high: number, rotations: Rotations): void {
  const half = (d[high - 1]! - d[high]!) / 2;
  const last = e[high - 1]!;
  const root = Math.sqrt(half * half + last * last);
  const shift = d[high]! - (last * last) / (half + (half < 0 ? -root : root));
  let x = d[low]! - shift;
  let bulge = e[low]!;
  for (let k = low; k < high; k++) {
    const r = Math.sqrt(x * x + bulge * bulge);
    const c = r === 0 ? 1 : x / r;
    const s = r === 0 ? 0 : bulge / r;
    if (k > low) e[k - 1] = r;
    const above = d[k]!;
    const between = e[k]!;
    const below = d[k + 1]!;
    d[k] = c * c * above + 2 * c * s * between + s * s * below;
    d[k + 1] = s * s * above - 2 * c * s * between + c * c * below;
    e[k] = c * s * (below - above) + (c * c - s * s) * between;
    if (k + 1 < high) {
      x = e[k]!;
      bulge = s * e[k + 1]!;
      e[k + 1]! *= c;
    }
    const place = rotations.count++;
    rotations.k[place] = k;
    rotations.c[place] = c;
    rotations.s[place] = s;
  }
}

/** Of rows k and k + 1, by an angle with this cosine and sine; to be done to the vectors later. */
interface Rotations {
  count: number;
  k: number[];
  c: number[];
  s: number[];
}

/** Many rotations on some columns at a time, which stay in the cache meanwhile: four times as fast for large matrices. */
function rotate({ values, rows, columns }: Dense, rotations: Rotations): void {
  const { count, k, c, s } = rotations;
  const width = Math.max(8, Math.floor(30_000 / rows));
  for (let from = 0; from < columns; from += width) {
    const to = Math.min(columns, from + width);
    let r = 0;
    for (; r + 1 < count; r++) {
      const a = k[r]! * columns;
      const [c0, s0, c1, s1] = [c[r]!, s[r]!, c[r + 1]!, s[r + 1]!];
      if (k[r + 1] !== k[r]! + 1) {
        rotateTwo(values, a, columns, from, to, c0, s0);
        continue;
      }
      // Two that follow each other at once: the row between is read and written once.
      for (let j = a + from; j < a + to; j++) {
        const x = values[j]!;
        const y = values[j + columns]!;
        const z = values[j + 2 * columns]!;
        const between = c0 * y - s0 * x;
        values[j] = c0 * x + s0 * y;
        values[j + columns] = c1 * between + s1 * z;
        values[j + 2 * columns] = c1 * z - s1 * between;
      }
      r++;
    }
    if (r < count) rotateTwo(values, k[r]! * columns, columns, from, to, c[r]!, s[r]!);
  }
  rotations.count = 0;
}

function rotateTwo(v: Float64Array, a: number, columns: number, from: number, to: number, c: number, s: number): void {
  for (let j = a + from; j < a + to; j++) {
    const x = v[j]!;
    const y = v[j + columns]!;
    v[j] = c * x + s * y;
    v[j + columns] = c * y - s * x;
  }
}

function sorted(diagonal: Float64Array, vectors: Dense): Eigen {
  const n = diagonal.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => diagonal[j]! - diagonal[i]!);
  const out = dense(n, n);
  order.forEach((from, to) => {
    out.values.set(vectors.values.subarray(from * n, (from + 1) * n), to * n);
  });
  orient(out);
  return { values: Float64Array.from(order, i => diagonal[i]!), vectors: out };
}

/** Turns each row so that its largest component by size is positive; an eigenvector's sign means nothing. */
export function orient({ values, rows, columns }: Dense): void {
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns);
    let largest = 0;
    for (let j = 1; j < columns; j++) if (Math.abs(row[j]!) > Math.abs(row[largest]!)) largest = j;
    if (row[largest]! < 0) for (let j = 0; j < columns; j++) row[j] = -row[j]!;
  }
}
