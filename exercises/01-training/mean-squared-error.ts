/**
 * How wrong the predictions are: the mean of the squared differences.
 *
 * @param predictions n numbers
 * @param targets the n true values, in the same order
 * @returns one number, 0 or more
 */
export function meanSquaredError(predictions: number[], targets: number[]): number {
  throw new Error('TODO: square each difference, then take the mean');
}
