/**
 * The line's prediction for each input: slope · x + intercept.
 *
 * @param xs n inputs
 * @returns n predictions, in the order of the inputs
 */
export function predict(xs: number[], slope: number, intercept: number): number[] {
  return xs.map(x => slope * x + intercept);
}
