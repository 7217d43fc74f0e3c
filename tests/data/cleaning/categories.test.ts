import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../../src/data/cleaning/edit-distance.ts';
import * as data from '../../../src/data/index.ts';
import { DISPLAY } from '../../../src/display/channel.ts';
import { thrown } from '../fixtures.ts';

const cities = () =>
  data.frame({
    city: [
      'Oslo',
      'oslo ',
      'OSLO',
      'Oslo',
      'Bergen',
      'Bregen',
      'São Paulo',
      'Sao-Paulo',
      null,
      'B-737-200',
      'B-737-300',
    ],
  });

describe('categories', () => {
  const report = data.categories(cities(), 'city');

  it('counts the values, the most frequent first', () => {
    expect(report.values[0]).toEqual({ value: 'Oslo', count: 2 });
    expect(report.values.reduce((sum, { count }) => sum + count, 0)).toBe(10);
    expect(report.missing).toBe(1);
  });

  it('joins what differs in case, spaces, punctuation and accents only', () => {
    expect(report.spellings).toEqual([
      ['Oslo', 'OSLO', 'oslo '],
      ['Sao-Paulo', 'São Paulo'],
    ]);
    expect(report.mapping).toEqual({ OSLO: 'Oslo', 'oslo ': 'Oslo', 'São Paulo': 'Sao-Paulo' });
  });

  it('names pairs that are near, but not codes that differ in a digit, and does not join them', () => {
    expect(report.near).toEqual([{ rare: 'Bregen', frequent: 'Bergen', distance: 1 }]);
    expect(data.categories(cities(), 'city', { distance: 0 }).near).toEqual([]);
  });

  it('finds the two spellings that were planted in a real column', async () => {
    const penguins = await data.load('penguins');
    expect(data.categories(penguins, 'island')).toMatchObject({ spellings: [], near: [], mapping: {} });
    const spoilt = data.unify(penguins, 'island', { Dream: 'dream ' });
    const islands = data
      .labels(spoilt, 'island')
      .map((island, row) => (row % 50 === 0 ? island.toUpperCase() : island));
    const { mapping } = data.categories(data.frame({ island: islands }), 'island');
    expect(Object.values(mapping).sort()).toEqual(['Biscoe', 'Torgersen', 'dream ']);
  });

  it('shows what each may be', async () => {
    const text = String((await report[DISPLAY]())['text/plain']);
    expect(text).toMatch(/^9 values of 'city'; 2 names spelt in several ways, 1 pair near each other\n/);
    expect(text).toMatch(/\nBregen +1 +Bergen\n/);
  });
});

describe('unify', () => {
  it('replaces what is named, in a new frame', () => {
    const frame = cities();
    const { mapping } = data.categories(frame, 'city');
    const unified = data.unify(frame, 'city', { ...mapping, Bregen: 'Bergen' });
    expect((unified.values as string[][]).slice(0, 6).flat()).toEqual([
      'Oslo',
      'Oslo',
      'Oslo',
      'Oslo',
      'Bergen',
      'Bergen',
    ]);
    expect((unified.values as unknown[][])[8]).toEqual([null]);
    expect((frame.values as string[][])[2]).toEqual(['OSLO']);
  });

  it('refuses values that the column has not', () => {
    expect(thrown(() => data.unify(cities(), 'city', { Osl: 'Oslo' }))).toEqual({
      message: "unify('city', mapping): expected values that the column has, received 'Osl'.",
      hint: "Did you mean 'Oslo'?",
    });
    expect(() => data.unify(cities(), 'city', { constructor: 'x' })).toThrow("received 'constructor'");
  });
});

describe('markMissing', () => {
  it('takes values, lists, patterns and tests', () => {
    const frame = data.frame({ a: ['x', 'n/a', '?'], b: ['Unknown bird', 'gull', 'an Unknown'], n: [1, -999, 3] });
    const marked = data.markMissing(frame, { a: ['n/a', '?'], b: /^Unknown/, n: value => Number(value) < 0 });
    expect(marked.values).toEqual([
      ['x', null, 1],
      [null, 'gull', Number.NaN],
      [null, 'an Unknown', 3],
    ]);
    expect(frame.values[1]).toEqual(['n/a', 'gull', -999]);
    expect(thrown(() => data.markMissing(frame, { bb: 'x' })).hint).toBe("Did you mean 'b'?");
  });

  it('finds the species that are only said to be unknown', async () => {
    const marked = data.markMissing(await data.load('birdstrikes'), { 'Wildlife Species': /^Unknown/ });
    expect(data.missing(marked).columns.find(({ column }) => column === 'Wildlife Species')!.missing).toBe(8009);
  });

  it('is not fooled by patterns that remember where they were', () => {
    const marked = data.markMissing(data.frame({ a: ['x1', 'x2', 'x3'] }), { a: /x/g });
    expect(data.missing(marked).total).toBe(3);
  });
});

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'abd', 1],
    ['abc', 'acb', 1],
    ['abc', 'ab', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
  ])('%s and %s: %i', (a, b, distance) => expect(editDistance(a, b)).toBe(distance));

  it('is a distance, and gives up just beyond the most', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
    fc.assert(
      fc.property(word, word, fc.nat(4), (a, b, most) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        const bounded = editDistance(a, b, most);
        expect(bounded > most).toBe(distance > most);
        if (distance <= most) expect(bounded).toBe(distance);
      }),
    );
  });
});
