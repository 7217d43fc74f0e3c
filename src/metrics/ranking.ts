import { assertKeys, assertOneOf } from '../core/index.ts';
import { assertBothClasses, assertLists, assertNumbers, type Label, positives } from './check.ts';

export interface PositiveOptions {
  /** The class that counts as found. Default 1, of 0 and 1. */
  positive?: Label;
}

/** What becomes of a classifier as its threshold falls: a point for each threshold, from none taken to all taken. */
export interface RocCurve {
  /** Taken for positive is what scores at least this; the first is Infinity, where nothing is. */
  thresholds: number[];
  /** Of the negatives, the share that is taken for positive. */
  falsePositiveRate: number[];
  /** Of the positives, the share that is found: the recall. */
  truePositiveRate: number[];
}

/**
 * The receiver operating characteristic (Fawcett, Pattern Recognition Letters 27, 2006): one point for each threshold
 * at which a decision changes. `scores` are any numbers that are higher for the positive class.
 *
 * @example metrics.roc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).truePositiveRate   // [0, 0.5, 0.5, 1, 1]
 */
export function roc(truth: ArrayLike<Label>, scores: ArrayLike<number>, options: PositiveOptions = {}): RocCurve {
  const { thresholds, found, taken, positive, negative } = sweep('roc', truth, scores, options);
  return {
    thresholds: [Number.POSITIVE_INFINITY, ...thresholds],
    falsePositiveRate: [0, ...found.map((right, i) => (taken[i]! - right) / negative)],
    truePositiveRate: [0, ...found.map(right => right / positive)],
  };
}

/**
 * The area under the ROC curve: how likely a positive example scores higher than a negative one, ties counted half.
 * 0.5 is chance, 1 is perfect.
 *
 * @example metrics.rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])   // 0.75
 */
export function rocAuc(truth: ArrayLike<Label>, scores: ArrayLike<number>, options: PositiveOptions = {}): number {
  const { falsePositiveRate: x, truePositiveRate: y } = roc(truth, scores, options);
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
  return area;
}

export interface PrecisionRecallCurve {
  /** Taken for positive is what scores at least this, from the highest on. */
  thresholds: number[];
  precision: number[];
  recall: number[];
}

/**
 * Precision and recall at each threshold: what ROC hides when positives are rare.
 *
 * @example metrics.precisionRecall(['ham', 'spam'], [0.2, 0.9], { positive: 'spam' }).precision   // [1, 0.5]
 */
export function precisionRecall(
  truth: ArrayLike<Label>,
  scores: ArrayLike<number>,
  options: PositiveOptions = {},
): PrecisionRecallCurve {
  const { thresholds, found, taken, positive } = sweep('precisionRecall', truth, scores, options);
  return {
    thresholds,
    precision: found.map((right, i) => right / taken[i]!),
    recall: found.map(right => right / positive),
  };
}

/**
 * The mean precision over the steps of recall, each step with the precision that it costs; no interpolation.
 *
 * @example metrics.averagePrecision([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])   // 0.8333…
 */
export function averagePrecision(
  truth: ArrayLike<Label>,
  scores: ArrayLike<number>,
  options: PositiveOptions = {},
): number {
  const { precision, recall } = precisionRecall(truth, scores, options);
  return precision.reduce((total, value, i) => total + value * (recall[i]! - (recall[i - 1] ?? 0)), 0);
}

export interface ThresholdOptions extends PositiveOptions {
  /** What shall be highest: F1, or Youden's J, the true minus the false positive rate. Default 'f1'. */
  by?: 'f1' | 'youden';
}

export interface Threshold {
  threshold: number;
  /** What was to be highest, at this threshold. */
  score: number;
}

/**
 * The threshold at which a classifier does best; the highest of equals. Choose it on validation data: chosen on the
 * test data, the score is too good.
 *
 * @example metrics.bestThreshold([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).threshold   // 0.35
 */
export function bestThreshold(
  truth: ArrayLike<Label>,
  scores: ArrayLike<number>,
  options: ThresholdOptions = {},
): Threshold {
  assertKeys('bestThreshold(truth, scores, options)', options, ['positive', 'by']);
  const { by = 'f1', ...rest } = options;
  assertOneOf('bestThreshold({ by })', by, ['f1', 'youden'] as const);
  const { thresholds, found, taken, positive, negative } = sweep('bestThreshold', truth, scores, rest);
  let best: Threshold = { threshold: Number.POSITIVE_INFINITY, score: 0 };
  for (const [i, threshold] of thresholds.entries()) {
    const right = found[i]!;
    const score =
      by === 'f1' ? (2 * right) / (taken[i]! + positive) : right / positive - (taken[i]! - right) / negative;
    if (score > best.score) best = { threshold, score };
  }
  return best;
}

interface Sweep {
  /** Each score that occurs, from high to low. */
  thresholds: number[];
  /** How many positives score at least the threshold. */
  found: number[];
  /** How many examples do. */
  taken: number[];
  positive: number;
  negative: number;
}

function sweep(
  name: string,
  truth: ArrayLike<Label>,
  scores: ArrayLike<number>,
  { positive, ...others }: PositiveOptions,
): Sweep {
  const where = `${name}(truth, scores)`;
  assertLists(where, { truth, scores });
  assertKeys(`${name}(truth, scores, options)`, others, ['positive']);
  assertNumbers(where, 'scores', scores);
  const isPositive = positives(where, truth, positive);
  assertBothClasses(where, isPositive);
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const thresholds: number[] = [];
  const found: number[] = [];
  const taken: number[] = [];
  let right = 0;
  for (const [place, i] of order.entries()) {
    if (isPositive[i]) right++;
    if (scores[order[place + 1] ?? -1] === scores[i]) continue; // equal scores fall together
    thresholds.push(scores[i]!);
    found.push(right);
    taken.push(place + 1);
  }
  return { thresholds, found, taken, positive: right, negative: order.length - right };
}
