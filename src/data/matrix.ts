import type { DataFrame } from 'danfojs-node';
import { columnNumbers, columnValues, isMissing } from '../core/index.ts';
import { assertComplete, assertFrame } from './assert.ts';
import { missingPositions } from './missing.ts';

export interface NumbersOptions {
  /** What to do about missing values: refuse them, or keep them as NaN. Default 'refuse'. */
  missing?: 'refuse' | 'keep';
}

/**
 * The numbers of one column.
 *
 * @example const lengths = data.column(penguins, 'bill_length_mm', { missing: 'keep' });
 */
export function column(frame: DataFrame, name: string, options: NumbersOptions = {}): number[] {
  return numbers(`column('${name}')`, frame, name, options);
}

/**
 * The numbers of some columns, a row of numbers for each row of the frame.
 *
 * @example const x = tf.tensor2d(data.matrix(clean, ['bill_length_mm', 'body_mass_g']));  // (rows, 2)
 */
export function matrix(frame: DataFrame, columns: readonly string[], options: NumbersOptions = {}): number[][] {
  assertFrame('matrix(frame, columns)', frame);
  const byColumn = columns.map(name => numbers(`matrix('${name}')`, frame, name, options));
  return frame.values.map((_: unknown, row: number) => byColumn.map(values => values[row]!));
}

/**
 * The values of one column as texts, for classes and names. Missing values are refused.
 *
 * @example data.labels(penguins, 'species')
 */
export function labels(frame: DataFrame, name: string): string[] {
  const where = `labels('${name}')`;
  const values = columnValues(where, frame, name);
  assertComplete(where, frame, name, missingPositions(where, frame, name));
  return values.map(String);
}

function numbers(where: string, frame: DataFrame, name: string, options: NumbersOptions): number[] {
  const values = columnNumbers(where, frame, name);
  if (options.missing !== 'keep' && values.some(isMissing))
    assertComplete(where, frame, name, missingPositions(where, frame, name));
  return values;
}
