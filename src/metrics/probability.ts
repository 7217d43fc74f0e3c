import { assertInteger, assertKeys, assertOneOf, describe, mismatch } from '../core/index.ts';
import { assertLists, assertProbabilities, type Label, positives } from './check.ts';
import type { PositiveOptions } from './ranking.ts';

/** The least probability that counts, so that one sure mistake does not make the loss infinite: float64's epsilon. */
const LEAST = 2 ** -52;

/**
 * Cross-entropy, in nats: the mean of −log of the probability that the true class was given. 0 is perfect; guessing
 * among k classes costs log k. `probabilities` are of the positive class, or a row for each example with one for each of
 * `classes`.
 *
 * @example metrics.logLoss([1, 0], [0.9, 0.2])   // 0.1643
 * @example metrics.logLoss(['cat', 'dog'], [[0.9, 0.1], [0.2, 0.8]], { classes: ['cat', 'dog'] })   // 0.1643
 */
export function logLoss(
  truth: ArrayLike<Label>,
  probabilities: ArrayLike<number> | readonly ArrayLike<number>[],
  options: PositiveOptions & { classes?: readonly string[] } = {},
): number {
  const where = 'logLoss(truth, probabilities)';
  assertLists(where, { truth, probabilities });
  assertKeys('logLoss(truth, probabilities, options)', options, ['positive', 'classes']);
  const given =
    typeof probabilities[0] === 'number'
      ? ofBinary(where, truth, probabilities as ArrayLike<number>, options.positive)
      : ofClasses(where, truth, probabilities as readonly ArrayLike<number>[], options.classes);
  return given.reduce((total, share) => total - Math.log(Math.max(share, LEAST)), 0) / given.length;
}

/**
 * The mean squared difference between the probability and what came (Brier, 1950): 0 is perfect, always saying one half
 * costs 0.25.
 *
 * @example metrics.brier([1, 0], [0.9, 0.2])   // 0.025
 */
export function brier(
  truth: ArrayLike<Label>,
  probabilities: ArrayLike<number>,
  options: PositiveOptions = {},
): number {
  const where = 'brier(truth, probabilities)';
  assertLists(where, { truth, probabilities });
  assertKeys('brier(truth, probabilities, options)', options, ['positive']);
  const given = ofBinary(where, truth, probabilities, options.positive);
  return given.reduce((total, share) => total + (1 - share) ** 2, 0) / given.length;
}

export interface CalibrationBin {
  /** The mean probability in the bin. */
  predicted: number;
  /** The share of positives in it. */
  observed: number;
  count: number;
}

export interface Calibration {
  /** From the lowest probability to the highest; bins without an example are left out. */
  bins: CalibrationBin[];
  /** The mean gap between said and seen, each bin by its count (Naeini et al., AAAI 2015). */
  expectedError: number;
}

export interface CalibrationOptions extends PositiveOptions {
  /** Default 10. */
  bins?: number;
  /** Bins of equal width, or with equally many examples. Default 'uniform'. */
  strategy?: 'uniform' | 'quantile';
}

/**
 * Whether probabilities mean what they say: of those that were given 70 %, are 70 % positive?
 *
 * @example metrics.calibration([0, 0, 1, 1], [0.1, 0.3, 0.6, 0.9], { bins: 2 }).bins
 */
export function calibration(
  truth: ArrayLike<Label>,
  probabilities: ArrayLike<number>,
  options: CalibrationOptions = {},
): Calibration {
  const where = 'calibration(truth, probabilities)';
  assertLists(where, { truth, probabilities });
  assertKeys('calibration(truth, probabilities, options)', options, ['positive', 'bins', 'strategy']);
  const { bins: count = 10, strategy = 'uniform', positive } = options;
  assertInteger('calibration({ bins })', count, { min: 1 });
  assertOneOf('calibration({ strategy })', strategy, ['uniform', 'quantile'] as const);
  assertProbabilities(where, 'probabilities', probabilities);
  const isPositive = positives(where, truth, positive);
  const edges =
    strategy === 'uniform'
      ? Array.from({ length: count - 1 }, (_, i) => (i + 1) / count)
      : quantiles(probabilities, count);
  const binOf = (probability: number) => edges.filter(edge => edge < probability).length;

  const sums = Array.from({ length: count }, () => ({ predicted: 0, observed: 0, count: 0 }));
  for (let i = 0; i < probabilities.length; i++) {
    const bin = sums[binOf(probabilities[i]!)]!;
    bin.predicted += probabilities[i]!;
    bin.observed += isPositive[i] ? 1 : 0;
    bin.count++;
  }
  const bins = sums
    .filter(bin => bin.count > 0)
    .map(bin => ({ ...bin, predicted: bin.predicted / bin.count, observed: bin.observed / bin.count }));
  const gaps = bins.map(bin => (bin.count / probabilities.length) * Math.abs(bin.predicted - bin.observed));
  return { bins, expectedError: gaps.reduce((total, gap) => total + gap, 0) };
}

/** The inner edges of bins with equally many examples, linear between two. */
function quantiles(values: ArrayLike<number>, count: number): number[] {
  const sorted = Float64Array.from(values).sort();
  return Array.from({ length: count - 1 }, (_, i) => {
    const place = ((i + 1) / count) * (sorted.length - 1);
    const low = Math.floor(place);
    return sorted[low]! + (place - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
  });
}

/** The probability that each true class was given. */
function ofBinary(
  where: string,
  truth: ArrayLike<Label>,
  probabilities: ArrayLike<number>,
  positive: Label | undefined,
): number[] {
  assertProbabilities(where, 'probabilities', probabilities);
  return positives(where, truth, positive).map((is, i) => (is ? probabilities[i]! : 1 - probabilities[i]!));
}

function ofClasses(
  where: string,
  truth: ArrayLike<Label>,
  rows: readonly ArrayLike<number>[],
  classes: readonly string[] | undefined,
): number[] {
  return rows.map((row, i) => {
    assertProbabilities(where, `probabilities[${i}]`, row);
    const total = Array.from(row).reduce((sum, share) => sum + share, 0);
    if (Math.abs(total - 1) > 1e-3)
      throw mismatch({ where, expected: 'rows of probabilities that add up to 1', received: `${total} in row ${i}` });
    const label = truth[i]!;
    const place = classes?.indexOf(String(label)) ?? -1;
    const found = place < 0 && typeof label === 'number' ? label : place;
    if (row[found] !== undefined) return row[found]!;
    throw mismatch({
      where,
      expected: classes ? `one of the classes ${classes.join(', ')}` : `a class number below ${row.length}`,
      received: describe(label),
      hint: classes ? undefined : 'Say which column is which: { classes: [...] }.',
    });
  });
}
