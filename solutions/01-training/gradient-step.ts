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
  let slopeGradient = 0;
  let interceptGradient = 0;
  xs.forEach((x, i) => {
    const error = line.slope * x + line.intercept - ys[i]!;
    slopeGradient += (2 * error * x) / xs.length;
    interceptGradient += (2 * error) / xs.length;
  });
  return {
    slope: line.slope - learningRate * slopeGradient,
    intercept: line.intercept - learningRate * interceptGradient,
  };
}
