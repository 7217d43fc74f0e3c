import type { DataFrame } from 'danfojs-node';
import { assertInteger, assertKeys, describe, mismatch, type Random, random } from '../../core/index.ts';
import { groupPositions } from '../groups.ts';
import type { ImageSet } from '../images/image-set.ts';
import { type KeyOf, keysOf } from './keys.ts';
import { sourceOf } from './source.ts';
import type { Split } from './split.ts';
import { timeOf } from './time.ts';

export type FoldOptions<Key = string> = {
  /** How many parts, each of which is the test once. Default 5. */
  folds?: number;
} & (
  | {
      /** What shall have the same shares of its values in all parts. */
      stratify?: Key;
      /** Put the rows in random order first. Default true. */
      shuffle?: boolean;
      /** Default 0. */
      seed?: number;
      group?: undefined;
      time?: undefined;
    }
  | {
      /** What must not be torn apart: the largest groups first, each to the part that is smallest so far. */
      group: Key;
      stratify?: undefined;
      time?: undefined;
    }
  | {
      /** What orders the rows: each part is the test for all that was before it, so that there is one part more than tests. */
      time: Key;
      stratify?: undefined;
      group?: undefined;
    }
);

/**
 * Parts a frame, an image set or a list into folds for cross-validation: for each fold what to fit on and what to judge by.
 *
 * @example
 * const penguins = await data.load('penguins');
 * for (const { train: fitting, test } of data.kFolds(penguins, { folds: 5, stratify: 'species', seed: 1 })) {
 *   // fit on one, judge by the other
 * }
 */
export function kFolds(frame: DataFrame, options?: FoldOptions): Split[];
export function kFolds(
  images: ImageSet,
  options?: FoldOptions<true | ((label: number, position: number) => unknown)>,
): Split<ImageSet>[];
export function kFolds<Item>(
  items: readonly Item[],
  options?: FoldOptions<(item: Item, position: number) => unknown>,
): Split<Item[]>[];
export function kFolds(whole: unknown, options: object = {}): Split<unknown>[] {
  const source = sourceOf('kFolds(frame)', whole);
  const { folds, stratify, group, time, shuffle, seed } = checked(options);
  const all = Array.from({ length: source.count }, (_, position) => position);
  const order = shuffle ? random(seed) : undefined;
  const needed = time === undefined ? folds : folds + 1;
  if (source.count < needed)
    throw mismatch({ where: 'kFolds({ folds })', expected: `at least ${needed} rows`, received: String(source.count) });

  if (time !== undefined) return byTime(keysOf('kFolds({ time })', whole, time), folds, source);
  const foldOf =
    group !== undefined
      ? byGroup(keysOf('kFolds({ group })', whole, group), folds)
      : stratify !== undefined
        ? byClass(keysOf('kFolds({ stratify })', whole, stratify), folds, order)
        : inTurn(all, folds, order);
  return Array.from({ length: folds }, (_, fold) => ({
    train: source.take(all.filter(position => foldOf[position] !== fold)),
    test: source.take(all.filter(position => foldOf[position] === fold)),
  }));
}

interface Checked {
  folds: number;
  stratify?: KeyOf;
  group?: KeyOf;
  time?: KeyOf;
  shuffle: boolean;
  seed: number;
}

function checked(options: unknown): Checked {
  const where = 'kFolds(frame, options)';
  assertKeys(where, options, ['folds', 'stratify', 'group', 'time', 'shuffle', 'seed']);
  const found = { folds: 5, shuffle: true, seed: 0, ...(options as Partial<Checked>) };
  assertInteger('kFolds({ folds })', found.folds, { min: 2 });
  const [how, other] = (['stratify', 'group', 'time'] as const).filter(key => found[key] !== undefined);
  if (other) throw mismatch({ where, expected: 'one of stratify, group, time', received: `${how} and ${other}` });
  return found;
}

/** Runs of rows, the first ones longer by one. */
function inTurn(all: readonly number[], folds: number, order: Random | undefined): number[] {
  const sorted = order ? order.shuffle(all) : all;
  const foldOf = new Array<number>(all.length);
  let from = 0;
  for (let fold = 0; fold < folds; fold++) {
    const size = Math.floor(all.length / folds) + (fold < all.length % folds ? 1 : 0);
    for (const position of sorted.slice(from, from + size)) foldOf[position] = fold;
    from += size;
  }
  return foldOf;
}

/**
 * As scikit-learn: the rows sorted by class are dealt out in turn, which says how many of each class a fold gets; those
 * it gets in the order of the rows, or in random order.
 */
function byClass(keys: readonly unknown[], folds: number, order: Random | undefined): number[] {
  const classes = [...groupPositions(keys.map(String)).values()];
  const rare = classes.find(members => members.length < folds);
  if (rare)
    throw mismatch({
      where: 'kFolds({ stratify })',
      expected: `at least ${folds} rows of each value`,
      received: `${rare.length} of ${describe(String(keys[rare[0]!]))}`,
      hint: 'Take fewer folds, join rare values, or drop them.',
    });
  const foldOf = new Array<number>(keys.length);
  let before = 0;
  for (const members of classes) {
    const sizes = new Array<number>(folds).fill(0);
    for (let place = 0; place < members.length; place++) sizes[(before + place) % folds]!++;
    before += members.length;
    const dealt = sizes.flatMap((size, fold) => new Array<number>(size).fill(fold));
    const folded = order ? order.shuffle(dealt) : dealt;
    members.forEach((position, place) => {
      foldOf[position] = folded[place]!;
    });
  }
  return foldOf;
}

function byGroup(keys: readonly unknown[], folds: number): number[] {
  const groups = [...groupPositions(keys.map(String))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => members);
  if (groups.length < folds)
    throw mismatch({
      where: 'kFolds({ group })',
      expected: `at least ${folds} groups`,
      received: String(groups.length),
    });
  const sizes = new Array<number>(folds).fill(0);
  const foldOf = new Array<number>(keys.length);
  for (const members of groups.sort((a, b) => b.length - a.length)) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    sizes[smallest]! += members.length;
    for (const position of members) foldOf[position] = smallest;
  }
  return foldOf;
}

function byTime(
  keys: readonly unknown[],
  folds: number,
  source: { take(positions: readonly number[]): unknown },
): Split<unknown>[] {
  const times = keys.map(key => timeOf('kFolds({ time })', key));
  const order = times.map((_, position) => position).sort((a, b) => times[a]! - times[b]! || a - b);
  const size = Math.floor(order.length / (folds + 1));
  const first = order.length - folds * size;
  return Array.from({ length: folds }, (_, fold) => {
    const border = first + fold * size;
    return { train: source.take(order.slice(0, border)), test: source.take(order.slice(border, border + size)) };
  });
}
