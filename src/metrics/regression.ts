import { LearnableError } from '../core/index.ts';
import { assertNumbers, assertPairs } from './check.ts';

/**
 * The mean of the squared errors, in the square of the target's unit.
 *
 * @example metrics.meanSquaredError([1, 2], [2, 4])   // 2.5
 */
export function meanSquaredError(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  assertNumberPairs('meanSquaredError(truth, predicted)', truth, predicted);
  return mean(truth, i => (truth[i]! - predicted[i]!) ** 2);
}

/**
 * Its root: a typical error, in the target's unit.
 *
 * @example metrics.rootMeanSquaredError([1, 2], [2, 4])   // 1.58…
 */
export function rootMeanSquaredError(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  assertNumberPairs('rootMeanSquaredError(truth, predicted)', truth, predicted);
  return Math.sqrt(meanSquaredError(truth, predicted));
}

/**
 * The mean of the errors without their sign, in the target's unit.
 *
 * @example metrics.meanAbsoluteError([1, 2], [2, 4])   // 1.5
 */
export function meanAbsoluteError(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  assertNumberPairs('meanAbsoluteError(truth, predicted)', truth, predicted);
  return mean(truth, i => Math.abs(truth[i]! - predicted[i]!));
}

/**
 * The share of the variance that the predictions explain: 1 is perfect, 0 is as good as the mean, below 0 is worse.
 *
 * @example metrics.r2([1, 2, 3], [1, 2, 3])   // 1
 */
export function r2(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  assertNumberPairs('r2(truth, predicted)', truth, predicted);
  const centre = mean(truth, i => truth[i]!);
  const variance = mean(truth, i => (truth[i]! - centre) ** 2);
  if (variance === 0)
    throw new LearnableError('r2(truth, predicted): expected true values that differ, received one value only.', {
      hint: 'There is no variance to explain: use meanSquaredError.',
    });
  return 1 - meanSquaredError(truth, predicted) / variance;
}

function assertNumberPairs(where: string, truth: ArrayLike<number>, predicted: ArrayLike<number>): void {
  assertPairs(where, truth, predicted);
  assertNumbers(where, 'truth', truth);
  assertNumbers(where, 'predicted', predicted);
}

function mean(values: ArrayLike<number>, of: (position: number) => number): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += of(i);
  return total / values.length;
}
