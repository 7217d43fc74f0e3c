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
  throw new Error('TODO: train once with each candidate and compare the losses');
}
