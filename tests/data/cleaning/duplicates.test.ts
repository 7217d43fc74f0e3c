import { beforeAll, describe, expect, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { DISPLAY } from '../../../src/display/channel.ts';
import { tables, thrown } from '../fixtures.ts';

const people = () =>
  data.frame({ name: ['Ada', 'Bo', 'Ada', 'Ada'], age: [36, Number.NaN, 36, 40], city: ['x', null, 'x', 'x'] });

beforeAll(() => {
  data.frame({ a: [1] });
});

describe('duplicates', () => {
  it('finds the groups that pandas finds', async () => {
    const strikes = await data.load('birdstrikes');
    const report = data.duplicates(strikes);
    expect(report.groups).toEqual(tables.duplicates.groups);
    expect(report.repeats).toHaveLength(24);
    const byColumns = data.duplicates(strikes, { columns: ['Airport Name', 'Wildlife Species'] });
    expect(byColumns.repeats).toHaveLength(tables.duplicates.byColumns);
    expect(data.dropDuplicates(strikes).shape[0]).toBe(10_000 - 24);
    expect(data.dropDuplicates(strikes, { keep: 'last' }).shape[0]).toBe(tables.duplicates.keptLast);
    expect(data.dropDuplicates(strikes, { keep: 'none' }).shape[0]).toBe(tables.duplicates.keptNone);
  });

  it('takes missing values for equal, and 1 and "1" for different', () => {
    const frame = data.frame({ n: [Number.NaN, Number.NaN, 1], t: [null, undefined, 'x'] });
    expect(data.duplicates(frame).groups).toEqual([[0, 1]]);
    expect(data.duplicates(data.frame({ m: [1, '1'] })).repeats).toEqual([]);
  });

  it('keeps the first, the last or none, in the order of the frame, with their labels', () => {
    const kept = (keep: 'first' | 'last' | 'none') => data.dropDuplicates(people(), { columns: ['name'], keep }).index;
    expect([kept('first'), kept('last'), kept('none')]).toEqual([[0, 1], [1, 3], [1]]);
  });

  it('shows each group once', async () => {
    const text = String((await data.duplicates(people())[DISPLAY]())['text/plain']);
    expect(text).toMatch(/^1 row of 4 repeats an earlier one\n/);
    expect(text).toMatch(/\n0 +2 +Ada +36 +x\n/);
  });

  it('leaves the frame alone and explains what it cannot do', () => {
    const frame = people();
    const before = JSON.stringify(frame.values);
    data.dropDuplicates(frame);
    expect(JSON.stringify(frame.values)).toBe(before);
    expect(thrown(() => data.duplicates(frame, { columns: ['nam'] })).hint).toContain("Did you mean 'name'");
    // @ts-expect-error: no such option
    expect(thrown(() => data.duplicates(frame, { column: ['name'] })).hint).toBe("Did you mean 'columns'?");
    // @ts-expect-error: no such choice
    expect(thrown(() => data.dropDuplicates(frame, { keep: 'lst' })).hint).toBe("Did you mean 'last'?");
  });
});

describe('nearDuplicates', () => {
  it.each([
    { shingle: 2, threshold: 0.06, found: tables.near },
    { shingle: 1, threshold: 0.35, found: tables.nearWords },
  ])(
    'misses no pair that comparing all with all finds: runs of $shingle at $threshold',
    async ({ found, ...options }) => {
      const { train } = await data.load('fine-foods');
      const reviews = data.labels(train, 'review').slice(0, 700);
      const { pairs } = data.nearDuplicates(reviews, options);
      expect(pairs).toEqual(
        found.map(([first, second, similarity]) => ({ first, second, similarity: expect.closeTo(similarity, 12) })),
      );
    },
  );

  it('links pairs into groups, and keeps the first of each', () => {
    const texts = ['a b c d e', 'a b c d f', 'x y z', 'a b c g f', 'q r s'];
    const { groups, repeats, pairs } = data.nearDuplicates(texts, { shingle: 1, threshold: 0.6 });
    expect(pairs.map(({ first, second }) => [first, second])).toEqual([
      [0, 1],
      [1, 3],
    ]);
    expect([groups, repeats]).toEqual([[[0, 1, 3]], [1, 3]]);
  });

  it('looks past case, spaces, punctuation and accents', () => {
    const { pairs } = data.nearDuplicates(['Rêverie, by   Debussy!', 'reverie by debussy', 'Reverie by Satie'], {
      threshold: 1,
    });
    expect(pairs).toEqual([{ first: 0, second: 1, similarity: 1 }]);
  });

  it('leaves out texts without words and missing ones', () => {
    expect(data.nearDuplicates(['', '…', '']).pairs).toEqual([]);
    expect(data.nearDuplicates(data.frame({ t: [null, null, 'x'] }), 't').pairs).toEqual([]);
  });

  it('shows the pairs', async () => {
    const report = data.nearDuplicates(data.frame({ t: ['one two', 'One, two', 'three'] }), 't');
    const text = String((await report[DISPLAY]())['text/plain']);
    expect(text).toMatch(/^1 text of 3 is nearly an earlier one\n/);
    expect(text).toMatch(/\n0, 1 +1 +one two +One, two\n/);
  });

  it('explains what it cannot do', () => {
    expect(thrown(() => data.nearDuplicates('text' as never)).message).toBe(
      "nearDuplicates(texts): expected a list of texts, or a frame and the name of a column, received 'text'.",
    );
    expect(thrown(() => data.nearDuplicates(people(), 'nam')).hint).toContain("Did you mean 'name'");
    expect(thrown(() => data.nearDuplicates(['a'], { threshold: 0 })).message).toBe(
      'nearDuplicates({ threshold }): expected a number above 0 and up to 1, received 0.',
    );
  });
});

describe('takeRows, dropRows', () => {
  it('keep labels and order', () => {
    const without = data.dropRows(people(), [0]);
    expect(without.index).toEqual([1, 2, 3]);
    expect(data.takeRows(without, [2, 0]).index).toEqual([3, 1]);
    expect(data.dropRows(without, [1]).index).toEqual([1, 3]);
  });

  it('refuse positions that are not there', () => {
    expect(thrown(() => data.dropRows(people(), [4]))).toEqual({
      message: 'dropRows(frame, positions): expected a whole number from 0 to 3, received 4.',
      hint: 'Positions count the rows from 0; after rows were dropped their labels differ from them.',
    });
  });
});
