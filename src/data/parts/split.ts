import type { DataFrame } from 'danfojs-node';
import { assertKeys, assertNumber, describe, mismatch, type Random, random } from '../../core/index.ts';
import { groupPositions } from '../groups.ts';
import type { ImageSet } from '../images/image-set.ts';
import { type KeyOf, keysOf } from './keys.ts';
import { sourceOf } from './source.ts';
import { timeOf } from './time.ts';

export type SplitOptions<Key = string> = {
  /** The share of rows to keep for the test, between 0 and 1. */
  test: number;
} & (
  | {
      /** What shall have the same shares of its values in both parts: a column of names, such as the class. */
      stratify?: Key;
      /** Default 0: the same split each time. */
      seed?: number;
      group?: undefined;
      time?: undefined;
    }
  | {
      /** What must not be torn apart: rows of one patient, one bird, one writer go to one part. */
      group: Key;
      seed?: number;
      stratify?: undefined;
      time?: undefined;
    }
  | {
      /** What orders the rows: the last ones are the test, as the future is. Rows of the same time stay together. */
      time: Key;
      stratify?: undefined;
      group?: undefined;
    }
);

export interface Split<Whole = DataFrame> {
  train: Whole;
  test: Whole;
}

/**
 * Parts a frame, an image set or a list into two: one to fit on, one that is kept back to judge. At random, with equal
 * shares of each class (`stratify`), by whole groups (`group`), or by time (`time`).
 *
 * Throws where a part would be empty, or where a class, group or time is missing.
 *
 * @example
 * const penguins = await data.load('penguins');
 * const { train: fitting, test } = data.split(penguins, { test: 0.2, stratify: 'species', seed: 1 });
 * @example
 * const raw = await data.load('penguins-raw');
 * const byBird = data.split(raw, { test: 0.2, group: 'Individual ID', seed: 1 });
 * const byDay = data.split(raw, { test: 0.2, time: 'Date Egg' });
 * @example
 * const mails = await data.load('spam');
 * const parts = data.split(mails, { test: 0.2, stratify: mail => mail.label, seed: 1 });
 * const digits = data.split(await data.load('digits'), { test: 0.2, stratify: true, seed: 1 });
 */
export function split(frame: DataFrame, options: SplitOptions): Split;
export function split(
  images: ImageSet,
  options: SplitOptions<true | ((label: number, position: number) => unknown)>,
): Split<ImageSet>;
export function split<Item>(
  items: readonly Item[],
  options: SplitOptions<(item: Item, position: number) => unknown>,
): Split<Item[]>;
export function split(whole: unknown, options: object): Split<unknown> {
  const source = sourceOf('split(frame)', whole);
  const { test, stratify, group, time, seed = 0 } = checked(options, source.count);
  const generator = random(seed);
  let parts: Positions;
  if (time !== undefined) parts = splitByTime(keysOf('split({ time })', whole, time), test);
  else if (group !== undefined) parts = splitByGroup(keysOf('split({ group })', whole, group), test, generator);
  else {
    const classes = stratify === undefined ? undefined : keysOf('split({ stratify })', whole, stratify);
    parts = splitByClass(classes, source.count, test, generator, stratify);
  }
  if (parts.test.length === 0 || parts.train.length === 0)
    throw mismatch({
      where: 'split({ test })',
      expected: 'at least one row in each part',
      received: `${describe(test)} of ${source.count} rows`,
    });
  return { train: source.take(parts.train), test: source.take(parts.test) };
}

interface Positions {
  train: number[];
  test: number[];
}

interface Checked {
  test: number;
  stratify?: KeyOf;
  group?: KeyOf;
  time?: KeyOf;
  seed?: number;
}

function checked(options: unknown, rows: number): Checked {
  assertKeys('split(frame, options)', options, ['test', 'stratify', 'group', 'time', 'seed']);
  const found = options as Checked;
  const [how, other] = (['stratify', 'group', 'time'] as const).filter(key => found[key] !== undefined);
  if (other)
    throw mismatch({
      where: 'split(frame, options)',
      expected: 'one of stratify, group, time',
      received: `${how} and ${other}`,
    });
  const { test } = found;
  assertNumber('split({ test })', test);
  if (test > 0 && test < 1) return found;
  throw mismatch({
    where: 'split({ test })',
    expected: 'a share between 0 and 1',
    received: describe(test),
    hint: test > 1 ? `For ${test} of ${rows} rows: test: ${test} / ${rows}.` : undefined,
  });
}

/** Both parts in random order. */
function splitByClass(
  keys: readonly unknown[] | undefined,
  count: number,
  test: number,
  generator: Random,
  stratify: KeyOf | undefined,
): Positions {
  const classes = keys ? classPositions(keys, stratify!) : [Array.from({ length: count }, (_, position) => position)];
  const sizes = shareOut(classes.map(members => members.length * test));
  const shuffled = classes.map(members => generator.shuffle(members));
  const kept = shuffled.flatMap((members, place) => members.slice(0, sizes[place]));
  const fitted = shuffled.flatMap((members, place) => members.slice(sizes[place]));
  return { train: generator.shuffle(fitted), test: generator.shuffle(kept) };
}

/** The positions of each class, classes in order of their names so that the order of the rows plays no part. */
function classPositions(keys: readonly unknown[], stratify: KeyOf): number[][] {
  const sorted = [...groupPositions(keys.map(String))].sort(([a], [b]) => (a < b ? -1 : 1));
  const alone = sorted.find(([, members]) => members.length < 2);
  if (alone)
    throw mismatch({
      where: 'split({ stratify })',
      expected: `at least 2 rows of each value${typeof stratify === 'string' ? ` of '${stratify}'` : ''}`,
      received: `1 row of ${describe(alone[0])}`,
      hint: 'Leave out stratify, join rare values, or drop them.',
    });
  return sorted.map(([, members]) => members);
}

/** Groups in random order go to the test as long as that brings it nearer to its share; at least one to each part. */
function splitByGroup(keys: readonly unknown[], test: number, generator: Random): Positions {
  const groups = [...groupPositions(keys.map(String))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => members);
  if (groups.length < 2)
    throw mismatch({ where: 'split({ group })', expected: 'at least 2 groups', received: String(groups.length) });
  const wanted = keys.length * test;
  const parts: Positions = { train: [], test: [] };
  generator.shuffle(groups).forEach((members, place) => {
    const closer = Math.abs(parts.test.length + members.length - wanted) < Math.abs(parts.test.length - wanted);
    const isLast = place === groups.length - 1;
    const toTest = (closer && !(isLast && parts.train.length === 0)) || (isLast && parts.test.length === 0);
    parts[toTest ? 'test' : 'train'].push(...members);
  });
  return { train: generator.shuffle(parts.train), test: generator.shuffle(parts.test) };
}

/** In order of time. What is as late as the first of the test is in the test too. */
function splitByTime(keys: readonly unknown[], test: number): Positions {
  const times = keys.map(key => timeOf('split({ time })', key));
  const order = times.map((_, position) => position).sort((a, b) => times[a]! - times[b]! || a - b);
  let border = order.length - Math.round(order.length * test);
  while (border > 0 && times[order[border - 1]!] === times[order[border]!]) border--;
  return { train: order.slice(0, border), test: order.slice(border) };
}

/** Whole numbers near the wanted ones, with the same sum, rounded: the largest remainders are rounded up. */
function shareOut(wanted: readonly number[]): number[] {
  const sizes = wanted.map(Math.floor);
  const total = Math.round(wanted.reduce((sum, size) => sum + size, 0));
  let left = total - sizes.reduce((sum, size) => sum + size, 0);
  const byRemainder = wanted
    .map((size, place) => ({ place, remainder: size - Math.floor(size) }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { place } of byRemainder) {
    if (left-- <= 0) break;
    sizes[place]!++;
  }
  return sizes;
}
