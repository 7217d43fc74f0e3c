import type { DataFrame } from 'danfojs-node';
import {
  assertKeys,
  assertOneOf,
  columnNumbers,
  columnValues,
  isMissing,
  kindOf,
  LearnableError,
} from '../core/index.ts';
import { assertRows } from './assert.ts';
import { withColumns } from './frame.ts';

export interface ImputationOptions {
  /** What stands in for a missing number. Default 'median'. */
  numeric?: 'mean' | 'median' | 'mode';
  /** What stands in for any other missing value. Default 'mode', the most frequent one; the first by name of equals. */
  categorical?: 'mode';
  /** Default: all columns. */
  columns?: readonly string[];
}

/** Fills the missing values of a frame with what was learned from another, and gives a new frame. */
export interface Imputation {
  (frame: DataFrame): DataFrame;
  /** What is filled in, by column. */
  readonly fills: Readonly<Record<string, unknown>>;
}

/**
 * Learns from one frame what to fill in for missing values. Fit on the training part only: what is learned from the
 * test part leaks.
 *
 * @example const fill = data.fitImputation(fitting, { numeric: 'median' }); const filled = fill(test);
 */
export function fitImputation(frame: DataFrame, options: ImputationOptions = {}): Imputation {
  assertRows('fitImputation(frame)', frame);
  assertKeys('fitImputation(frame, options)', options, ['numeric', 'categorical', 'columns']);
  const { numeric = 'median', columns = frame.columns } = options;
  assertOneOf('fitImputation({ numeric })', numeric, ['mean', 'median', 'mode'] as const);

  const fills = Object.fromEntries(columns.map(column => [column, learn(frame, column, numeric)]));
  const impute = (target: DataFrame) => {
    const changed = columns.map(column => {
      const values = columnValues('impute(frame)', target, column);
      return [column, values.map(value => (isMissing(value) ? fills[column] : value))] as const;
    });
    return withColumns(target, new Map(changed));
  };
  return Object.assign(impute, { fills });
}

function learn(frame: DataFrame, column: string, numeric: 'mean' | 'median' | 'mode'): unknown {
  const where = `fitImputation('${column}')`;
  const present = columnValues(where, frame, column).filter(value => !isMissing(value));
  if (present.length === 0)
    throw new LearnableError(`${where}: expected at least one value that is not missing, received none.`, {
      hint: `Leave '${column}' out: name the others in { columns }.`,
    });
  if (kindOf(present) !== 'number' || numeric === 'mode') return mode(present);
  const numbers = columnNumbers(where, frame, column).filter(value => !isMissing(value));
  return numeric === 'mean' ? mean(numbers) : median(numbers);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function mode(values: readonly unknown[]): unknown {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const winners = [...counts].filter(([, count]) => count === most).map(([value]) => value);
  return winners.sort((a, b) => ((a as string) < (b as string) ? -1 : 1))[0];
}
