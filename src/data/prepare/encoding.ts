import type { DataFrame } from 'danfojs-node';
import { columnNumbers, columnValues, describe, kindOf, LearnableError, mismatch } from '../../core/index.ts';
import { assertComplete } from '../assert.ts';
import { labels } from '../matrix.ts';
import { missingPositions } from '../missing.ts';
import { timeOf } from '../parts/time.ts';
import { applyScale, fitScale, invertScale, NO_SCALE, type Scale, type ScalingKind } from './scale.ts';

export type NumberEncoding = ScalingKind | 'none';
export type CategoryEncoding = 'one-hot' | 'ordinal';
/** Categories that the training part does not have: an error, or no category at all (all 0; of 'ordinal' −1). */
export type UnknownPolicy = 'refuse' | 'ignore';

/** How one column is turned into numbers. */
export type ColumnEncoding =
  | NumberEncoding
  | CategoryEncoding
  /** Days since 1970, scaled as other numbers are. */
  | 'date'
  /** Steps 0, 1, 2, … in the order that is given. */
  | { kind: 'ordinal'; order: readonly string[] };

/** What was learned of one column; plain data. */
export type Encoding = { column: string } & (
  | { kind: 'number'; scale: Scale }
  | { kind: 'date'; scale: Scale; wholeDays: boolean }
  | { kind: CategoryEncoding; categories: string[]; unknown: UnknownPolicy }
);

export interface EncodingDefaults {
  numeric: NumberEncoding;
  categorical: CategoryEncoding;
  unknown: UnknownPolicy;
}

/** A column that has as many values as this is an identifier or a text, not a category. */
const MAX_CATEGORIES = 200;
const DAY_MS = 86_400_000;

export function fitEncoding(
  frame: DataFrame,
  column: string,
  wanted: ColumnEncoding | undefined,
  defaults: EncodingDefaults,
): Encoding {
  const where = `fitPreparation('${column}')`;
  const kind = kindOf(columnValues(where, frame, column));
  assertComplete(where, frame, column, missingPositions(where, frame, column));
  const { unknown } = defaults;
  if (typeof wanted === 'object')
    return { column, kind: 'ordinal', categories: inOrder(where, labels(frame, column), wanted.order), unknown };
  const chosen = wanted ?? (kind === 'number' ? defaults.numeric : defaults.categorical);
  if (chosen === 'date') {
    const days = columnValues(where, frame, column).map(value => timeOf(where, value) / DAY_MS);
    return { column, kind: 'date', scale: scaleOf(days, defaults.numeric), wholeDays: days.every(Number.isInteger) };
  }
  if (chosen === 'one-hot' || chosen === 'ordinal')
    return { column, kind: chosen, categories: categoriesOf(where, column, labels(frame, column), kind), unknown };
  return { column, kind: 'number', scale: scaleOf(columnNumbers(where, frame, column), chosen) };
}

function scaleOf(values: readonly number[], kind: NumberEncoding): Scale {
  return kind === 'none' ? NO_SCALE : fitScale(values, kind);
}

/** In order of their names, numbers in order of their size. */
function categoriesOf(where: string, column: string, values: readonly string[], kind: string): string[] {
  const categories = [...new Set(values)].sort();
  if (kind === 'number') categories.sort((a, b) => Number(a) - Number(b));
  if (categories.length <= MAX_CATEGORIES) return categories;
  throw new LearnableError(
    `${where}: expected at most ${MAX_CATEGORIES} different values to encode one-hot, received ${categories.length}, such as ${describe(categories[0])}.`,
    { hint: `'${column}' looks like a text or a name: leave it out of { features }.` },
  );
}

function inOrder(where: string, values: readonly string[], order: readonly string[]): string[] {
  const stray = values.find(value => !order.includes(value));
  if (stray === undefined) return order.map(String);
  throw mismatch({
    where,
    expected: `one of ${order.join(', ')}, as { order } says`,
    received: describe(stray),
    hint: 'Put it into the order, at its place.',
  });
}

/** The names of the numbers that a column becomes. */
export function featuresOf(encoding: Encoding): string[] {
  const { column } = encoding;
  return encoding.kind === 'one-hot' ? encoding.categories.map(category => `${column}=${category}`) : [column];
}

/** Writes the numbers of one value from `offset` on. */
export type Encoder = (value: unknown, into: Float32Array, offset: number) => void;

export function encoderOf(encoding: Encoding): Encoder {
  const where = `prepare('${encoding.column}')`;
  if (encoding.kind === 'number') {
    const { scale } = encoding;
    return (value, into, offset) => {
      if (typeof value !== 'number')
        throw new LearnableError(`${where}: expected a number, as in training, received ${describe(value)}.`);
      into[offset] = applyScale(value, scale);
    };
  }
  if (encoding.kind === 'date') {
    const { scale } = encoding;
    return (value, into, offset) => {
      into[offset] = applyScale(timeOf(where, value) / DAY_MS, scale);
    };
  }
  const { categories, unknown, kind } = encoding;
  const placeOf = new Map(categories.map((category, place) => [category, place]));
  return (value, into, offset) => {
    const place = placeOf.get(String(value));
    if (place === undefined && unknown === 'refuse')
      throw new LearnableError(`${where}: expected one of ${categories.join(', ')}, received ${describe(value)}.`, {
        hint: "The training part has no such value: split with stratify, leave the column out, or say { unknown: 'ignore' }.",
      });
    if (kind === 'ordinal') into[offset] = place ?? -1;
    else if (place !== undefined) into[offset + place] = 1;
  };
}

/** From the numbers of one column back to its value; null where it was of no known category. */
export function decodeValue(encoding: Encoding, numbers: readonly number[]): unknown {
  const [number = Number.NaN] = numbers;
  switch (encoding.kind) {
    case 'number':
      return invertScale(number, encoding.scale);
    case 'date': {
      const days = invertScale(number, encoding.scale);
      const text = new Date((encoding.wholeDays ? Math.round(days) : days) * DAY_MS).toISOString();
      return text.slice(0, encoding.wholeDays ? 10 : 19);
    }
    case 'ordinal':
      return encoding.categories[Math.round(number)] ?? null;
    case 'one-hot': {
      const most = Math.max(...numbers);
      return most > 0 ? encoding.categories[numbers.indexOf(most)] : null;
    }
  }
}
