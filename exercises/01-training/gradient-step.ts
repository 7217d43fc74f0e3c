/**
 * One step of gradient descent on the mean squared error of a line.
 *
 * @param line the parameters before the step
 * @param xs n inputs
 * @param ys the n true values
 * @param learningRate how far to go along the negative gradient
 * @returns the parameters after the step; `line` itself stays as it is
 */
export function gradientStep(
  line: { slope: number; intercept: number },
  xs: number[],
  ys: number[],
  learningRate: number,
): { slope: number; intercept: number } {
  throw new Error('TODO: compute both derivatives, then take one step against them');
}
