import { describe, LearnableError } from '../core/index.ts';
import { applyScale, fitScale, invertScale, type ScalingKind } from './scale.ts';

/** Turns the values of one column into one or more numbers, and back. */
export interface Encoder {
  column: string;
  /** The names of the numbers. */
  features: string[];
  /** Writes the numbers of one value from `offset` on. */
  encode(value: unknown, into: Float32Array, offset: number): void;
  decode(numbers: readonly number[]): unknown;
}

export function fitNumber(column: string, values: readonly number[], kind: ScalingKind | 'none'): Encoder {
  const scale = kind === 'none' ? { shift: 0, spread: 1 } : fitScale(values, kind);
  return {
    column,
    features: [column],
    encode: (value, into, offset) => {
      if (typeof value !== 'number')
        throw new LearnableError(
          `prepare('${column}'): expected a number, as in training, received ${describe(value)}.`,
        );
      into[offset] = applyScale(value, scale);
    },
    decode: ([number]) => invertScale(number ?? Number.NaN, scale),
  };
}

/** A column that has as many values as this is an identifier or a text, not a category. */
const MAX_CATEGORIES = 200;

export function fitOneHot(where: string, column: string, values: readonly string[]): Encoder {
  const categories = [...new Set(values)].sort();
  if (categories.length > MAX_CATEGORIES)
    throw new LearnableError(
      `${where}: expected at most ${MAX_CATEGORIES} different values to encode one-hot, received ${categories.length}, such as ${describe(categories[0])}.`,
      { hint: `'${column}' looks like a text or a name: leave it out of { features }.` },
    );
  const placeOf = new Map(categories.map((category, place) => [category, place]));
  return {
    column,
    features: categories.map(category => `${column}=${category}`),
    encode: (value, into, offset) => {
      const place = placeOf.get(String(value));
      if (place === undefined)
        throw new LearnableError(
          `prepare('${column}'): expected one of ${categories.join(', ')}, received ${describe(value)}.`,
          { hint: 'The training part has no such value: split with stratify, or leave the column out.' },
        );
      into[offset + place] = 1;
    },
    decode: numbers => categories[numbers.indexOf(Math.max(...numbers))],
  };
}
