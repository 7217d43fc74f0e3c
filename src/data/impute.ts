import type { DataFrame } from 'danfojs-node';
import {
  assertInteger,
  assertKeys,
  assertOneOf,
  columnNumbers,
  columnValues,
  describe,
  isMissing,
  kindOf,
  LearnableError,
  mismatch,
} from '../core/index.ts';
import { assertFrame, assertRows } from './assert.ts';
import { addColumns, withColumns } from './frame.ts';
import { type Donors, nearestMean } from './nearest-rows.ts';
import { mean, median, mode, moments } from './statistics.ts';

type NumericFill = 'mean' | 'median' | 'mode' | 'k-nearest';

export interface ImputationOptions {
  /** What stands in for a missing number: one number for the column, or the mean of the most similar rows. Default 'median'. */
  numeric?: NumericFill;
  /** What stands in for any other missing value. Default 'mode', the most frequent one; the first by name of equals. */
  categorical?: 'mode';
  /** Default: all columns. */
  columns?: readonly string[];
  /** Of 'k-nearest': how many rows. Default 5. */
  neighbours?: number;
  /**
   * Adds a column of 0 and 1 for each column that lacks values in the frame learned from, such as `age_missing`: that a
   * value is missing can say something too. Default false.
   */
  indicator?: boolean;
}

/** Fills the missing values of a frame with what was learned from another, and gives a new frame. */
export interface Imputation {
  (frame: DataFrame): DataFrame;
  /** What is filled in, by column; of 'k-nearest' what stands in where no row can be compared. */
  readonly fills: Readonly<Record<string, unknown>>;
  /** The columns that are added. */
  readonly indicators: readonly string[];
  /** Plain data, for `JSON.stringify`; `data.restoreImputation` makes it work again. */
  toJSON(): SavedImputation;
}

export interface SavedImputation {
  kind: 'imputation';
  fills: Record<string, unknown>;
  /** The columns that lacked values, if they are to be marked. */
  marked: string[];
  nearest?: { neighbours: number; donors: Omit<Donors, 'rows'> & { rows: (number | null)[][] } };
}

/**
 * Learns from one frame what to fill in for missing values. Fit on the training part only: what is learned from the
 * test part leaks.
 *
 * 'k-nearest' (Troyanskaya et al., Bioinformatics 17, 2001) compares rows by their numbers, each in standard deviations
 * of its column, so that millimetres and grams count alike.
 *
 * @example
 * const { train: fitting, test } = data.split(await data.load('penguins'), { test: 0.2, seed: 1 });
 * const fill = data.fitImputation(fitting, { numeric: 'k-nearest', indicator: true });
 * const filled = fill(test);
 */
export function fitImputation(frame: DataFrame, options: ImputationOptions = {}): Imputation {
  assertRows('fitImputation(frame)', frame);
  const known = ['numeric', 'categorical', 'columns', 'neighbours', 'indicator'];
  assertKeys('fitImputation(frame, options)', options, known);
  const {
    numeric = 'median',
    categorical = 'mode',
    columns = frame.columns,
    neighbours = 5,
    indicator = false,
  } = options;
  assertOneOf('fitImputation({ numeric })', numeric, ['mean', 'median', 'mode', 'k-nearest'] as const);
  assertOneOf('fitImputation({ categorical })', categorical, ['mode'] as const);
  assertInteger('fitImputation({ neighbours })', neighbours, { min: 1 });

  const fills = Object.fromEntries(columns.map(column => [column, learn(frame, column, numeric)]));
  const lacking = columns.filter(column => columnValues('fitImputation(frame)', frame, column).some(isMissing));
  const nearest = numeric === 'k-nearest' ? { neighbours, donors: donorsOf(frame, columns) } : undefined;
  return imputation(fills, indicator ? lacking : [], nearest);
}

/**
 * An imputation from what its `toJSON` gave.
 *
 * @example
 * const fill = data.fitImputation(data.frame({ n: [1, 2, 9] }));
 * const again = data.restoreImputation(JSON.parse(JSON.stringify(fill)));
 */
export function restoreImputation(saved: SavedImputation): Imputation {
  if (saved?.kind !== 'imputation')
    throw mismatch({ where: 'restoreImputation(saved)', expected: 'a saved imputation', received: describe(saved) });
  const { fills, marked, nearest } = saved;
  const rows = nearest?.donors.rows.map(row => row.map(value => value ?? Number.NaN));
  return imputation(fills, marked, nearest && { ...nearest, donors: { ...nearest.donors, rows: rows! } });
}

function imputation(
  fills: Record<string, unknown>,
  marked: readonly string[],
  nearest: { neighbours: number; donors: Donors } | undefined,
): Imputation {
  const impute = (frame: DataFrame) => {
    assertFrame('impute(frame)', frame);
    const byRow = nearest && fillNearest(frame, nearest.donors, nearest.neighbours);
    const changed = Object.keys(fills).map(column => {
      const values = columnValues('impute(frame)', frame, column);
      const near = byRow?.get(column);
      return [column, values.map((value, row) => (isMissing(value) ? (near?.[row] ?? fills[column]) : value))] as const;
    });
    const marks = marked.map(column => {
      const values = columnValues('impute(frame)', frame, column);
      return [indicatorOf(column), values.map(value => (isMissing(value) ? 1 : 0))] as const;
    });
    const filled = withColumns(frame, new Map(changed));
    return marks.length === 0 ? filled : addColumns('impute(frame)', filled, new Map(marks));
  };
  return Object.assign(impute, {
    fills,
    indicators: marked.map(indicatorOf),
    toJSON: (): SavedImputation => ({
      kind: 'imputation',
      fills: { ...fills },
      marked: [...marked],
      ...(nearest && {
        nearest: {
          neighbours: nearest.neighbours,
          donors: {
            ...nearest.donors,
            rows: nearest.donors.rows.map(row => row.map(value => (Number.isNaN(value) ? null : value))),
          },
        },
      }),
    }),
  });
}

function indicatorOf(column: string): string {
  return `${column}_missing`;
}

function learn(frame: DataFrame, column: string, numeric: NumericFill): unknown {
  const where = `fitImputation('${column}')`;
  const present = columnValues(where, frame, column).filter(value => !isMissing(value));
  if (present.length === 0)
    throw new LearnableError(`${where}: expected at least one value that is not missing, received none.`, {
      hint: `Leave '${column}' out: name the others in { columns }.`,
    });
  if (kindOf(present) !== 'number' || numeric === 'mode') return mode(present);
  const numbers = present as number[];
  return numeric === 'median' ? median(numbers) : mean(numbers);
}

function donorsOf(frame: DataFrame, columns: readonly string[]): Donors {
  const where = 'fitImputation(frame)';
  const numeric = columns.filter(column => kindOf(columnValues(where, frame, column)) === 'number');
  const byColumn = numeric.map(column => columnNumbers(where, frame, column));
  const scales = byColumn.map(values => moments(values.filter(value => !isMissing(value))));
  const means = scales.map(scale => scale.mean);
  const deviations = scales.map(scale => scale.deviation || 1);
  return { columns: numeric, means, deviations, rows: scaledRows(byColumn, means, deviations) };
}

function scaledRows(
  byColumn: readonly number[][],
  means: readonly number[],
  deviations: readonly number[],
): number[][] {
  return (byColumn[0] ?? []).map((_, row) => byColumn.map((values, i) => (values[row]! - means[i]!) / deviations[i]!));
}

/** What to fill in for each missing number, by column and row. */
function fillNearest(frame: DataFrame, donors: Donors, neighbours: number): Map<string, number[]> {
  const { columns, means, deviations } = donors;
  const byColumn = columns.map(column => columnNumbers('impute(frame)', frame, column));
  const rows = scaledRows(byColumn, means, deviations);
  return new Map(
    columns.map((column, i) => [
      column,
      byColumn[i]!.map((value, row) =>
        Number.isNaN(value) ? nearestMean(donors, rows[row]!, i, neighbours) * deviations[i]! + means[i]! : value,
      ),
    ]),
  );
}
