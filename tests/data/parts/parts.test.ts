import type { DataFrame } from 'danfojs-node';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { tables, thrown } from '../fixtures.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const sorted = (values: Iterable<unknown>) => [...values].map(Number).sort((a, b) => a - b);

describe('split by group', () => {
  it('never tears a bird apart, and comes near to the share', async () => {
    const raw = await data.load('penguins-raw');
    for (const seed of numbers(10)) {
      const { train, test } = data.split(raw, { test: 0.2, group: 'Individual ID', seed });
      const birds = new Set(data.labels(train, 'Individual ID'));
      expect(data.labels(test, 'Individual ID').filter(bird => birds.has(bird))).toEqual([]);
      expect(Math.abs(test.shape[0]! - 0.2 * 344)).toBeLessThan(2);
      expect(sorted([...train.index, ...test.index])).toEqual(numbers(344));
    }
  });

  it('gives each part a group, however large', () => {
    const frame = data.frame({ g: ['a', 'a', 'a', 'a', 'b'] });
    for (const seed of numbers(8)) {
      const { train, test } = data.split(frame, { test: 0.4, group: 'g', seed });
      expect([train.shape[0], test.shape[0]].sort()).toEqual([1, 4]);
    }
    expect(thrown(() => data.split(data.frame({ g: ['a', 'a'] }), { test: 0.5, group: 'g' })).message).toBe(
      'split({ group }): expected at least 2 groups, received 1.',
    );
  });

  it('is the same for the same seed only, whatever the order of the rows', () => {
    const frame = data.frame({ g: numbers(40).map(n => `g${n % 10}`) });
    const groups = (seed: number, source: DataFrame) =>
      [...new Set(data.labels(data.split(source, { test: 0.3, group: 'g', seed }).test, 'g'))].sort();
    const backwards = data.takeRows(frame, numbers(40).reverse());
    expect(groups(1, frame)).toEqual(groups(1, backwards));
    expect(groups(1, frame)).not.toEqual(groups(2, frame));
  });
});

describe('split by time', () => {
  it('keeps the future for the test, and days whole', async () => {
    const raw = await data.load('penguins-raw');
    const { train, test } = data.split(raw, { test: 0.2, time: 'Date Egg' });
    const [last] = data.labels(train, 'Date Egg').sort().slice(-1);
    const [first] = data.labels(test, 'Date Egg').sort();
    expect(last! < first!).toBe(true);
    expect(train.shape[0]! + test.shape[0]!).toBe(344);
    expect(test.shape[0]!).toBeGreaterThanOrEqual(69);
  });

  it('sorts numbers, dates and texts', () => {
    const later = (values: unknown[]) => data.split(values, { test: 0.5, time: value => value }).test;
    expect(later([3, 1, 2, 10])).toEqual([3, 10]);
    expect(later(['2024-03-01', '2023-12-31', '2024-01-15', '2024-02-01'])).toEqual(['2024-02-01', '2024-03-01']);
    expect(later([new Date(5), new Date(1)])).toEqual([new Date(5)]);
    expect(thrown(() => later([1, 'soon', 2])).message).toBe(
      "split({ time }): expected numbers, dates, or texts such as 2024-02-29, received 'soon'.",
    );
    expect(thrown(() => later([7, 7, 7])).message).toContain('expected at least one row in each part');
  });
});

describe('split of lists and image sets', () => {
  it('takes items, with a function for their class', () => {
    const mails = numbers(100).map(n => ({ label: n % 4 === 0 ? 'spam' : 'ham', n }));
    const parts = data.split(mails, { test: 0.2, stratify: mail => mail.label, seed: 1 });
    expect(parts.test.filter(mail => mail.label === 'spam')).toHaveLength(5);
    expect(sorted([...parts.train, ...parts.test].map(mail => mail.n))).toEqual(numbers(100));
    expectTypeOf(parts.train).toEqualTypeOf<{ label: string; n: number }[]>();
  });

  it('takes pictures, by their labels', async () => {
    const digits = await data.load('digits');
    const { train, test } = data.split(digits, { test: 0.2, stratify: true, seed: 1 });
    expect([train.count, test.count]).toEqual([1438, 359]);
    for (const label of numbers(10)) {
      const all = digits.labels.filter(other => other === label).length;
      expect(Math.abs(test.labels.filter(other => other === label).length - 0.2 * all)).toBeLessThan(1);
    }
    expectTypeOf(train).toEqualTypeOf<data.images.ImageSet>();
    const halves = data.split(digits, { test: 0.5, group: (_label, position) => position % 2 });
    expect(halves.test.count).toBeGreaterThan(890);
  });

  it('refuses what does not belong together', async () => {
    const frame = data.frame({ t: ['a', 'b', 'a', 'b'] });
    // @ts-expect-error: a function is for lists
    expect(thrown(() => data.split(frame, { test: 0.5, stratify: (row: unknown) => row })).message).toContain(
      'expected one of the columns t',
    );
    // @ts-expect-error: a name of a column is for frames
    expect(thrown(() => data.split([1, 2, 3], { test: 0.5, stratify: 'a' })).message).toBe(
      "split({ stratify }): expected a function of an item, received 'a'.",
    );
    // @ts-expect-error: not both
    expect(thrown(() => data.split(frame, { test: 0.5, stratify: 't', group: 't' })).message).toBe(
      'split(frame, options): expected one of stratify, group, time, received stratify and group.',
    );
    expect(thrown(() => data.split([1, 2, 3], { test: 0.5, stratify: n => (n === 2 ? null : 1) })).message).toBe(
      'split({ stratify }): expected a value for each item, received none for item 1.',
    );
    // @ts-expect-error: the promise was not awaited
    expect(thrown(() => data.split(data.load('digits'), { test: 0.5 })).hint).toContain('Wait for it');
    expect(thrown(() => data.split(7 as never, { test: 0.5 })).message).toBe(
      'split(frame): expected a data frame, an image set or a list, received 7.',
    );
  });
});

describe('kFolds', () => {
  const tests = (folds: data.Split<number[]>[]) => folds.map(({ test }) => test);

  it('plain, stratified and by time: as scikit-learn without shuffling', () => {
    expect(tests(data.kFolds(numbers(30), { folds: 4, shuffle: false }))).toEqual(tables.folds.plain);
    const { classes } = tables;
    const stratified = data.kFolds(numbers(classes.length), { folds: 4, stratify: n => classes[n], shuffle: false });
    expect(tests(stratified)).toEqual(tables.folds.stratified);
    const byTime = data.kFolds(numbers(23), { folds: 4, time: n => n });
    expect(byTime.map(({ train, test }) => [train, test])).toEqual(tables.folds.time);
  });

  it('grouped: folds of the sizes that scikit-learn finds', () => {
    const folds = data.kFolds(numbers(60), { folds: 3, group: n => tables.groups[n] });
    expect(tests(folds).map(test => test.length)).toEqual(tables.folds.grouped.map(test => test.length));
    for (const { train, test } of folds) {
      const groups = new Set(train.map(n => tables.groups[n]));
      expect(test.filter(n => groups.has(tables.groups[n]))).toEqual([]);
    }
  });

  it('has each row in one test, and in the training part of all others', async () => {
    const penguins = await data.load('penguins');
    const folds = data.kFolds(penguins, { stratify: 'species', seed: 1 });
    expect(folds).toHaveLength(5);
    expect(sorted(folds.flatMap(({ test }) => test.index))).toEqual(numbers(344));
    for (const { train, test } of folds) expect(sorted([...train.index, ...test.index])).toEqual(numbers(344));
    const digits = data.kFolds(await data.load('digits'), { folds: 3, stratify: true });
    expect(digits.map(({ test }) => test.count).reduce((a, b) => a + b)).toBe(1797);
  });

  it('shuffles by the seed', () => {
    const by = (seed: number) => tests(data.kFolds(numbers(50), { seed }));
    expect(by(1)).toEqual(by(1));
    expect(by(1)).not.toEqual(by(2));
    expect(by(1)[0]).not.toEqual(numbers(10));
    const classes = (seed: number) => tests(data.kFolds(numbers(50), { seed, stratify: n => n % 2 }));
    expect(classes(1)).not.toEqual(classes(2));
    for (const test of classes(1)) expect(test.filter(n => n % 2 === 0)).toHaveLength(5);
  });

  it('explains what it cannot do', () => {
    expect(thrown(() => data.kFolds([1, 2, 3])).message).toBe(
      'kFolds({ folds }): expected at least 5 rows, received 3.',
    );
    expect(thrown(() => data.kFolds(numbers(9), { folds: 1 })).message).toContain('a whole number from 2, received 1');
    expect(thrown(() => data.kFolds(numbers(9), { folds: 3, stratify: n => (n === 0 ? 'a' : 'b') }))).toMatchObject({
      message: "kFolds({ stratify }): expected at least 3 rows of each value, received 1 of 'a'.",
    });
    expect(thrown(() => data.kFolds(numbers(9), { folds: 3, group: n => n % 2 })).message).toBe(
      'kFolds({ group }): expected at least 3 groups, received 2.',
    );
    // @ts-expect-error: no such option
    expect(thrown(() => data.kFolds(numbers(9), { fold: 3 })).hint).toBe("Did you mean 'folds'?");
  });
});
