import { assertKeys, assertOneOf, describe, mismatch } from '../core/index.ts';
import { assertPairs, type Label } from './check.ts';

export interface Confusion {
  classes: string[];
  /** `matrix[i][j]`: how many of class `i` were taken for class `j`. */
  matrix: number[][];
}

/**
 * The share of predictions that are right, 0…1.
 *
 * @example metrics.accuracy(['cat', 'dog'], ['cat', 'cat'])   // 0.5
 */
export function accuracy(truth: ArrayLike<Label>, predicted: ArrayLike<Label>): number {
  assertPairs('accuracy(truth, predicted)', truth, predicted);
  let right = 0;
  for (let i = 0; i < truth.length; i++) if (truth[i] === predicted[i]) right++;
  return right / truth.length;
}

/**
 * Counts which class was taken for which: a row for each true class, a column for each predicted one.
 * With `classes`, labels may be their numbers; without, the classes are those that occur, in order.
 *
 * @example metrics.confusion(['cat', 'dog', 'dog'], ['cat', 'cat', 'dog']).matrix   // [[1, 0], [1, 1]]
 */
export function confusion(
  truth: ArrayLike<Label>,
  predicted: ArrayLike<Label>,
  classes: readonly string[] = occurring(truth, predicted),
): Confusion {
  const where = 'confusion(truth, predicted)';
  assertPairs(where, truth, predicted);
  const byName = new Map(classes.map((name, place) => [name, place]));
  const place = (label: Label): number => {
    const named = byName.get(String(label));
    if (named !== undefined) return named;
    if (typeof label === 'number' && Number.isInteger(label) && label >= 0 && label < classes.length) return label;
    throw mismatch({ where, expected: `one of the classes ${classes.join(', ')}`, received: describe(label) });
  };
  const matrix = classes.map(() => classes.map(() => 0));
  for (let i = 0; i < truth.length; i++) matrix[place(truth[i]!)]![place(predicted[i]!)]!++;
  return { classes: [...classes], matrix };
}

export interface ClassScores {
  class: string;
  /** Of those taken for this class, the share that is. */
  precision: number;
  /** Of those that are of this class, the share that was found. */
  recall: number;
  /** The harmonic mean of both. */
  f1: number;
  /** How many are of this class. */
  support: number;
}

/**
 * Precision, recall and F1 of each class; 0 where nothing was there to divide by, as in scikit-learn.
 *
 * @example metrics.classScores(metrics.confusion(['cat', 'dog'], ['cat', 'cat']))[0].recall   // 1
 */
export function classScores({ classes, matrix }: Confusion): ClassScores[] {
  return classes.map((name, place) => {
    const right = matrix[place]![place]!;
    const support = sum(matrix[place]!);
    const taken = sum(matrix.map(row => row[place]!));
    const precision = ratio(right, taken);
    const recall = ratio(right, support);
    return { class: name, precision, recall, f1: ratio(2 * right, taken + support), support };
  });
}

export interface AverageOptions {
  /**
   * How the classes are joined: 'macro', each counts the same, however rare; 'weighted', each by how many there are;
   * 'micro', all decisions in one, which is the accuracy. Default 'macro'.
   */
  average?: 'macro' | 'weighted' | 'micro';
  /** The one class to score, instead of an average over all. */
  positive?: Label;
}

/**
 * Of those taken for a class, the share that is: one number over all classes, or of one.
 *
 * @example metrics.precision(['spam', 'ham', 'ham'], ['spam', 'spam', 'ham'], { positive: 'spam' })   // 0.5
 */
export function precision(truth: ArrayLike<Label>, predicted: ArrayLike<Label>, options: AverageOptions = {}): number {
  return averaged('precision', truth, predicted, options);
}

/**
 * Of those that are of a class, the share that was found: one number over all classes, or of one.
 *
 * @example metrics.recall([1, 1, 0], [1, 0, 0], { positive: 1 })   // 0.5
 */
export function recall(truth: ArrayLike<Label>, predicted: ArrayLike<Label>, options: AverageOptions = {}): number {
  return averaged('recall', truth, predicted, options);
}

/**
 * The harmonic mean of precision and recall: one number over all classes, or of one.
 *
 * @example metrics.f1([0, 1, 2, 2], [0, 1, 1, 2], { average: 'weighted' })
 */
export function f1(truth: ArrayLike<Label>, predicted: ArrayLike<Label>, options: AverageOptions = {}): number {
  return averaged('f1', truth, predicted, options);
}

const AVERAGES = ['macro', 'weighted', 'micro'] as const;

function averaged(
  score: 'precision' | 'recall' | 'f1',
  truth: ArrayLike<Label>,
  predicted: ArrayLike<Label>,
  options: AverageOptions,
): number {
  const where = `${score}(truth, predicted`;
  assertPairs(`${where})`, truth, predicted);
  assertKeys(`${where}, options)`, options, ['average', 'positive']);
  const { average = 'macro', positive } = options;
  assertOneOf(`${where}, { average })`, average, AVERAGES);
  const scores = classScores(confusion(truth, predicted));
  if (positive !== undefined) {
    const found = scores.find(entry => entry.class === String(positive));
    if (found) return found[score];
    throw mismatch({
      where: `${where}, { positive })`,
      expected: `one of the classes that occur: ${scores.map(entry => entry.class).join(', ')}`,
      received: describe(positive),
    });
  }
  // Each example is one decision: what is wrong for one class is wrong for another.
  if (average === 'micro') return accuracy(truth, predicted);
  const weight = (entry: ClassScores) => (average === 'macro' ? 1 : entry.support);
  return sum(scores.map(entry => entry[score] * weight(entry))) / sum(scores.map(weight));
}

function occurring(truth: ArrayLike<Label>, predicted: ArrayLike<Label>): string[] {
  const labels = [...new Set([...Array.from(truth ?? []), ...Array.from(predicted ?? [])])];
  const byNumber = labels.every(label => typeof label === 'number');
  return byNumber ? (labels as number[]).sort((a, b) => a - b).map(String) : labels.map(String).sort();
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
