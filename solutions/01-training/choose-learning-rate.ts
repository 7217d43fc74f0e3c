/**
 * The candidate that trains a line best: each starts from slope 0 and intercept 0 and takes
 * `steps` gradient steps on the mean squared error; the smallest loss at the end wins.
 *
 * @param candidates learning rates, at least one
 * @param xs n inputs
 * @param ys the n true values
 * @returns the winning learning rate
 */
export function chooseLearningRate(
  candidates: number[],
  xs: number[],
  ys: number[],
  steps: number,
): number {
  let best = candidates[0]!;
  let bestLoss = Infinity;
  for (const learningRate of candidates) {
    const loss = lossAfterTraining(learningRate, xs, ys, steps);
    // A run that diverged ends in Infinity or NaN, and is never smaller than the best.
    if (loss < bestLoss) {
      best = learningRate;
      bestLoss = loss;
    }
  }
  return best;
}

function lossAfterTraining(
  learningRate: number,
  xs: number[],
  ys: number[],
  steps: number,
): number {
  let slope = 0;
  let intercept = 0;
  for (let step = 0; step < steps; step++) {
    const errors = xs.map((x, i) => slope * x + intercept - ys[i]!);
    const slopeGradient = 2 * average(errors.map((error, i) => error * xs[i]!));
    const interceptGradient = 2 * average(errors);
    slope -= learningRate * slopeGradient;
    intercept -= learningRate * interceptGradient;
  }
  return average(xs.map((x, i) => (slope * x + intercept - ys[i]!) ** 2));
}

function average(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
