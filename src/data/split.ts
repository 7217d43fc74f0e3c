import type { DataFrame } from 'danfojs-node';
import { assertKeys, assertNumber, columnValues, describe, mismatch, type Random, random } from '../core/index.ts';
import { assertComplete, assertFrame } from './assert.ts';
import { takeRows } from './frame.ts';
import { missingPositions } from './missing.ts';

export interface SplitOptions {
  /** The share of rows to keep for the test, between 0 and 1. */
  test: number;
  /** A column whose values shall have the same shares in both parts. */
  stratify?: string;
  /** Default 0: the same split each time. */
  seed?: number;
}

export interface Split {
  train: DataFrame;
  test: DataFrame;
}

/**
 * Parts the rows at random into two frames: one to fit on, one that is kept back to judge.
 *
 * @example const { train: fitting, test } = data.split(clean, { test: 0.2, stratify: 'species', seed: 1 });
 */
export function split(frame: DataFrame, options: SplitOptions): Split {
  assertFrame('split(frame)', frame);
  assertKeys('split(frame, options)', options, ['test', 'stratify', 'seed']);
  const { test, stratify, seed = 0 } = options;
  assertNumber('split({ test })', test);
  if (test <= 0 || test >= 1)
    throw mismatch({
      where: 'split({ test })',
      expected: 'a share between 0 and 1',
      received: describe(test),
      hint:
        test > 1 ? `For ${test} of ${frame.values.length} rows: test: ${test} / ${frame.values.length}.` : undefined,
    });

  const generator = random(seed);
  const groups = stratify === undefined ? [allPositions(frame)] : classPositions(frame, stratify);
  const sizes = shareOut(groups.map(group => group.length * test));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total === 0 || total === frame.values.length)
    throw mismatch({
      where: 'split({ test })',
      expected: 'at least one row in each part',
      received: `${describe(test)} of ${frame.values.length} rows`,
    });
  return takeParts(frame, groups, sizes, generator);
}

function takeParts(frame: DataFrame, groups: number[][], sizes: number[], generator: Random): Split {
  const shuffled = groups.map(group => generator.shuffle(group));
  const test = shuffled.flatMap((group, place) => group.slice(0, sizes[place]));
  const train = shuffled.flatMap((group, place) => group.slice(sizes[place]));
  return { train: takeRows(frame, generator.shuffle(train)), test: takeRows(frame, generator.shuffle(test)) };
}

function allPositions(frame: DataFrame): number[] {
  return frame.values.map((_: unknown, position: number) => position);
}

/** The positions of each class, classes in order of their names so that the order of the rows plays no part. */
function classPositions(frame: DataFrame, column: string): number[][] {
  const where = 'split({ stratify })';
  const classes = new Map<string, number[]>();
  columnValues(where, frame, column).forEach((value, position) => {
    const members = classes.get(String(value)) ?? [];
    members.push(position);
    classes.set(String(value), members);
  });
  assertComplete(where, frame, column, missingPositions(where, frame, column));
  const sorted = [...classes].sort(([a], [b]) => (a < b ? -1 : 1));
  const alone = sorted.find(([, members]) => members.length < 2);
  if (alone)
    throw mismatch({
      where,
      expected: `at least 2 rows of each value of '${column}'`,
      received: `1 row of ${describe(alone[0])}`,
      hint: 'Leave out stratify, join rare values, or drop them.',
    });
  return sorted.map(([, members]) => members);
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
