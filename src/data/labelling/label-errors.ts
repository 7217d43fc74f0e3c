import { assertKeys, describe, mismatch } from '../../core/index.ts';
import type { Displayable } from '../../display/channel.ts';
import { counted, report } from '../cleaning/report.ts';
import { type Probabilities, probabilityRows } from './probabilities.ts';
import { classesOf, type Label } from './votes.ts';

export interface LabelErrorOptions<L extends Label> {
  /** The class of each column of the probabilities. Default: the labels in order, numbers by size, names by letters. */
  classes?: readonly L[];
}

export interface LabelError<L extends Label> {
  position: number;
  given: L;
  /** The class that the model is confident of. */
  suggested: L;
  /** The probability of the given label. */
  selfConfidence: number;
  /** That probability minus the greatest of any other: below 0 the model prefers another. */
  margin: number;
}

export interface LabelErrors<L extends Label> extends Displayable {
  /** The items whose label is most probably wrong, the most suspicious first. */
  errors: LabelError<L>[];
  classes: L[];
  /** For each class how probable the model finds it, on average, where it is given: from there on it is confident. */
  thresholds: number[];
  /** `confident[i][j]`: how many items with the label `i` the model is confident to be `j`. */
  confident: number[][];
  /** `joint[i][j]`: the share of items that carry the label `i` and are `j`, estimated from it. It sums to 1. */
  joint: number[][];
  /** The share of wrong labels, estimated: what the joint has beside its diagonal. */
  noise: number;
}

/**
 * Finds labels that are probably wrong, by confident learning (Northcutt, Jiang and Chuang, Journal of Artificial
 * Intelligence Research 70, 2021). An item counts against its label if the model finds another class at least as probable
 * as it usually finds that class where it is given.
 *
 * `probabilities`: (items, classes), of a model that has not seen these items, such as by `data.kFolds`: a model
 * that has learned a wrong label believes it.
 *
 * @example
 * const given = ['a', 'a', 'a', 'b', 'b'];
 * const found = data.labelling.labelErrors(given, [[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.2, 0.8], [0.3, 0.7]]);
 * found.errors.map(error => error.position);  // [2]
 */
export function labelErrors<L extends Label>(
  given: readonly L[],
  probabilities: Probabilities,
  options: LabelErrorOptions<L> = {},
): LabelErrors<L> {
  const where = 'labelErrors(given, probabilities)';
  assertKeys('labelErrors(…, options)', options, ['classes']);
  const rows = probabilityRows(where, probabilities);
  const classes = [...(options.classes ?? classesOf(given))];
  if (rows.length !== given.length || rows[0]!.length !== classes.length)
    throw mismatch({
      where,
      expected: `probabilities of ${given.length} items and ${classes.length} classes`,
      received: `${rows.length} items and ${rows[0]!.length} classes`,
      hint: 'Name the class of each column: { classes: […] }.',
    });
  const numbers = given.map(label => {
    const number = classes.indexOf(label);
    if (number >= 0) return number;
    throw mismatch({ where, expected: `one of ${classes.join(', ')}`, received: describe(label) });
  });

  const thresholds = classes.map((_, j) => {
    const own = rows.filter((_, item) => numbers[item] === j).map(row => row[j]!);
    return own.length === 0 ? Number.POSITIVE_INFINITY : own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  const confident = classes.map(() => new Array<number>(classes.length).fill(0));
  const errors: LabelError<L>[] = [];
  rows.forEach((row, position) => {
    const sure = confidentClass(row, thresholds);
    if (sure === undefined) return;
    const own = numbers[position]!;
    confident[own]![sure]!++;
    if (sure === own) return;
    const selfConfidence = row[own]!;
    const other = Math.max(...row.filter((_, j) => j !== own));
    errors.push({
      position,
      given: classes[own]!,
      suggested: classes[sure]!,
      selfConfidence,
      margin: selfConfidence - other,
    });
  });
  errors.sort((a, b) => a.margin - b.margin || a.position - b.position);
  const joint = calibrate(confident, numbers);
  const noise = 1 - joint.reduce((sum, row, i) => sum + row[i]!, 0);
  return report({ errors, classes, thresholds, confident, joint, noise }, () => ({
    caption: `${counted(errors.length, 'label')} of ${given.length.toLocaleString('en')} probably wrong; estimated ${(100 * noise).toFixed(1)} %`,
    columns: ['given', 'suggested', 'self-confidence', 'margin'],
    index: errors.map(({ position }) => position),
    rows: errors.map(error => [error.given, error.suggested, error.selfConfidence, error.margin]),
  }));
}

/** The most probable of the classes that reach their threshold. */
function confidentClass(row: readonly number[], thresholds: readonly number[]): number | undefined {
  let best: number | undefined;
  row.forEach((value, j) => {
    if (value >= thresholds[j]! && (best === undefined || value > row[best]!)) best = j;
  });
  return best;
}

/** Brings each row of counts to the number of items that carry the label, and all to the sum 1. */
function calibrate(confident: readonly number[][], numbers: readonly number[]): number[][] {
  return confident.map((row, i) => {
    const carried = numbers.filter(number => number === i).length / numbers.length;
    const total = row.reduce((sum, count) => sum + count, 0);
    if (total === 0) return row.map((_, j) => (i === j ? carried : 0));
    return row.map(count => (count / total) * carried);
  });
}
