import type { Random } from '../core/index.ts';

/**
 * A random matrix whose rows have length 1 and stand at right angles to each other (its columns, if it is higher than
 * wide), by Gram and Schmidt's method in float64. With such weights from a state to itself, what a recurrent network
 * remembers neither fades nor grows at first (Saxe et al., 2014).
 */
export function orthogonalRows([rows, columns]: [number, number], generator: Random): Float32Array {
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const vectors: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const vector = Float64Array.from({ length }, () => generator.normal());
    // Twice is enough to be exact to the last digits (Giraud et al., 2005).
    for (let pass = 0; pass < 2; pass++) for (const before of vectors) subtract(vector, before, dot(vector, before));
    const norm = Math.sqrt(dot(vector, vector));
    for (let j = 0; j < length; j++) vector[j] = vector[j]! / norm;
    vectors.push(vector);
  }
  const matrix = new Float32Array(rows * columns);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < length; j++) matrix[rows <= columns ? i * columns + j : j * columns + i] = vectors[i]![j]!;
  return matrix;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function subtract(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = a[i]! - factor * b[i]!;
}
