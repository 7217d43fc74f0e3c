import { describe, expect, it } from 'vitest';
import * as data from '../../src/data/index.ts';
import { near, numeric, tables, thrown } from './fixtures.ts';

const holed = (from: number, to?: number) => {
  const rows = tables.holed.slice(from, to);
  return data.frame(
    Object.fromEntries(numeric.map((name, place) => [name, rows.map(row => row[place] ?? Number.NaN)])),
  );
};

describe('k-nearest imputation', () => {
  it('fills what scikit-learn fills, itself and another frame', () => {
    const all = holed(0);
    const filled = data.fitImputation(all, { numeric: 'k-nearest' })(all);
    expect(data.matrix(filled, numeric)).toEqual(near(tables.knn.self, 8));
    const fill = data.fitImputation(holed(0, 200), { numeric: 'k-nearest', neighbours: 3 });
    expect(data.matrix(fill(holed(200)), numeric)).toEqual(near(tables.knn.other, 8));
  });

  it('counts millimetres and grams alike, and leaves names to the mode', () => {
    const frame = data.frame({ mm: [1, 2, 9, 9], g: [1000, 2000, 9000, Number.NaN], t: ['a', 'a', 'b', null] });
    const fill = data.fitImputation(frame, { numeric: 'k-nearest', neighbours: 1 });
    expect(fill(frame).values[3]).toEqual([9, expect.closeTo(9000, 6), 'a']);
    const inGrams = data.frame({ mm: [1000, 2000, 9000, 9000], g: [1, 2, 9, Number.NaN], t: ['a', 'a', 'b', null] });
    const same = data.fitImputation(inGrams, { numeric: 'k-nearest', neighbours: 1 })(inGrams);
    expect(same.values[3]).toEqual([9000, expect.closeTo(9, 9), 'a']);
  });

  it('falls back to the mean where there is nothing to compare', () => {
    const fill = data.fitImputation(data.frame({ a: [1, 2, 6], b: [1, 1, 4] }), {
      numeric: 'k-nearest',
      neighbours: 1,
    });
    expect(fill(data.frame({ a: [Number.NaN], b: [Number.NaN] })).values).toEqual([[3, 2]]);
  });
});

describe('indicators', () => {
  it('mark what was missing, in the columns that lacked values when it was learned', async () => {
    const titanic = await data.load('titanic');
    const fill = data.fitImputation(titanic, { indicator: true });
    expect(fill.indicators).toEqual(['age_missing']);
    const filled = fill(titanic);
    expect(filled.columns).toEqual(['survived', 'sex', 'age', 'passengerClass', 'age_missing']);
    expect(data.column(filled, 'age_missing').reduce((sum, mark) => sum + mark, 0)).toBe(263);
    expect(data.missing(filled).total).toBe(0);
    expect(filled.index).toEqual(titanic.index);
  });

  it('are not put over a column that is there', () => {
    const frame = data.frame({ n: [1, Number.NaN], n_missing: [0, 1] });
    expect(thrown(() => data.fitImputation(frame, { indicator: true })(frame)).message).toBe(
      "impute(frame): expected names that the frame does not have yet, received 'n_missing'.",
    );
  });
});

describe('saving', () => {
  it.each(['mean', 'k-nearest'] as const)('%s: fills the same after a trip through JSON', numericFill => {
    const fill = data.fitImputation(holed(0, 200), { numeric: numericFill, indicator: true });
    const again = data.restoreImputation(JSON.parse(JSON.stringify(fill)));
    expect(again(holed(200)).values).toEqual(fill(holed(200)).values);
    expect([again.fills, again.indicators]).toEqual([fill.fills, fill.indicators]);
  });

  it('refuses what is no imputation', () => {
    expect(thrown(() => data.restoreImputation({} as never)).message).toBe(
      'restoreImputation(saved): expected a saved imputation, received an empty object.',
    );
  });
});
