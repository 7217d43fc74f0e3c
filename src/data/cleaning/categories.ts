import type { DataFrame } from 'danfojs-node';
import { assertInteger, assertKeys, columnValues, describe, isMissing, mismatch, nearest } from '../../core/index.ts';
import type { Displayable } from '../../display/channel.ts';
import { assertFrame } from '../assert.ts';
import { withColumns } from '../frame.ts';
import { groupPositions } from '../groups.ts';
import { editDistance } from './edit-distance.ts';
import { counted, report } from './report.ts';
import { plainWords } from './shingles.ts';

export interface CategoryOptions {
  /** How many letters may differ for two names to be called near. Default 1; 0 to look for none. */
  distance?: number;
}

export interface CategoryReport extends Displayable {
  column: string;
  /** Each value with how often it occurs, the most frequent first. */
  values: { value: string; count: number }[];
  missing: number;
  /** Values that are the same but for case, spaces, punctuation and accents; the most frequent first. */
  spellings: string[][];
  /** Pairs that differ by a letter or so: perhaps an error, perhaps not. Names that differ in a digit are not near. */
  near: { rare: string; frequent: string; distance: number }[];
  /** From each rarer spelling to the most frequent one: what `data.unify` takes. Pairs that are only near are not in it. */
  mapping: Record<string, string>;
}

/**
 * Counts the values of a column of names, and finds those that are one name spelt in several ways.
 *
 * @example data.categories(data.frame({ city: ['Oslo', 'oslo ', 'Bergen', 'Bregen'] }), 'city').mapping  // { 'oslo ': 'Oslo' }
 */
export function categories(frame: DataFrame, column: string, options: CategoryOptions = {}): CategoryReport {
  const where = `categories('${column}')`;
  assertFrame(where, frame);
  assertKeys('categories(…, options)', options, ['distance']);
  const { distance = 1 } = options;
  assertInteger('categories({ distance })', distance, { min: 0, max: 3 });
  const all = columnValues(where, frame, column);
  const values = countValues(all.filter(value => !isMissing(value)).map(String));
  const byLetters = [...groupPositions(values.map(({ value }) => plain(value))).values()].map(group =>
    group.map(place => values[place]!.value),
  );
  const spellings = byLetters.filter(group => group.length > 1);
  const mapping = Object.fromEntries(
    spellings.flatMap(([frequent, ...rarer]) => rarer.map(value => [value, frequent!] as const)),
  );
  const near = nearPairs(
    byLetters.map(([frequent]) => frequent!),
    distance,
  );
  const found = {
    column,
    values,
    missing: all.length - values.reduce((sum, { count }) => sum + count, 0),
    spellings,
    near,
    mapping,
  };
  return report(found, () => ({
    caption: `${counted(values.length, 'value')} of '${column}'; ${counted(spellings.length, 'name')} spelt in several ways, ${counted(near.length, 'pair')} near each other`,
    columns: ['count', 'perhaps'],
    index: values.map(({ value }) => value),
    rows: values.map(({ value, count }) => [
      count,
      mapping[value] ?? near.find(({ rare }) => rare === value)?.frequent ?? '',
    ]),
  }));
}

/**
 * A new frame in which values of a column are replaced by others; those that are not named stay.
 *
 * @example
 * const cities = data.frame({ city: ['Oslo', 'oslo ', 'Bregen'] });
 * data.unify(cities, 'city', { ...data.categories(cities, 'city').mapping, Bregen: 'Bergen' })
 */
export function unify(frame: DataFrame, column: string, mapping: Readonly<Record<string, string>>): DataFrame {
  const where = `unify('${column}', mapping)`;
  assertFrame(where, frame);
  const values = columnValues(where, frame, column);
  const present = new Set(values.filter(value => !isMissing(value)).map(String));
  const absent = Object.keys(mapping).find(value => !present.has(value));
  if (absent !== undefined) {
    const [close] = nearest(absent, present, 1);
    throw mismatch({
      where,
      expected: 'values that the column has',
      received: describe(absent),
      hint: close && `Did you mean '${close}'?`,
    });
  }
  const unified = values.map(value =>
    !isMissing(value) && Object.hasOwn(mapping, String(value)) ? mapping[String(value)] : value,
  );
  return withColumns(frame, new Map([[column, unified]]));
}

function plain(value: string): string {
  return plainWords(value).join('') || value;
}

function countValues(values: readonly string[]): { value: string; count: number }[] {
  return [...groupPositions(values)]
    .map(([value, { length: count }]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Of names of four letters and more, from the most frequent on; with the same digits, as codes are other things. */
function nearPairs(names: readonly string[], most: number): CategoryReport['near'] {
  if (most === 0) return [];
  const long = names.map(name => ({ name, letters: plain(name) })).filter(({ letters }) => letters.length >= 4);
  const digits = (text: string) => text.replace(/\P{N}+/gu, ' ').trim();
  const pairs: CategoryReport['near'] = [];
  long.forEach((rare, place) => {
    for (const frequent of long.slice(0, place)) {
      if (digits(rare.name) !== digits(frequent.name)) continue;
      const distance = editDistance(rare.letters, frequent.letters, most);
      if (distance <= most) pairs.push({ rare: rare.name, frequent: frequent.name, distance });
    }
  });
  return pairs;
}
