/**
 * How wrong the predictions are: the mean of the squared differences.
 *
 * @param predictions n numbers
 * @param targets the n true values, in the same order
 * @returns one number, 0 or more
 */
export function meanSquaredError(predictions: number[], targets: number[]): number {
  const squares = predictions.map((prediction, i) => (prediction - targets[i]!) ** 2);
  return squares.reduce((sum, square) => sum + square, 0) / squares.length;
}
