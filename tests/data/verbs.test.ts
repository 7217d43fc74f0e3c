import type { DataFrame } from 'danfojs-node';
import { beforeAll, describe, expect, it } from 'vitest';
import * as data from '../../src/data/index.ts';
import { DISPLAY } from '../../src/display/channel.ts';
import { golden, numeric, thrown } from './fixtures.ts';

let penguins: DataFrame;
let before: string;
beforeAll(async () => {
  penguins = await data.load('penguins');
  before = JSON.stringify([penguins.values, penguins.index, penguins.dtypes]);
});

const small = () => data.frame({ n: [1, Number.NaN, 3, 3], t: ['a', 'b', null, 'b'] });

describe('missing', () => {
  it('counts as pandas does', () => {
    const report = data.missing(penguins);
    expect(Object.fromEntries(report.columns.map(entry => [entry.column, entry.missing]))).toEqual(golden.missing);
    expect(report).toMatchObject({ rows: 344, completeRows: golden.completeRows, total: 19 });
    expect(report.columns[6]!.share).toBeCloseTo(11 / 344, 12);
  });

  it('shows itself as a table', async () => {
    const bundle = await data.missing(penguins)[DISPLAY]();
    expect(bundle['text/plain']).toMatch(/^19 missing values; 333 of 344 rows are complete\n/);
    expect(bundle['text/plain']).toMatch(/sex +11 +3\.2 %/);
  });

  it('wants a frame, and knows who forgot to await', () => {
    expect(thrown(() => data.missing(data.load('iris') as never))).toEqual({
      message: 'missing(frame): expected a data frame, received a promise.',
      hint: "Wait for it: await data.load('penguins').",
    });
    expect(thrown(() => data.missing(undefined as never)).message).toBe(
      'missing(frame): expected a data frame, received undefined.',
    );
  });
});

describe('dropMissing', () => {
  it('keeps the rows that pandas keeps, with their labels', () => {
    expect(data.dropMissing(penguins).index).toEqual(golden.keptIndex);
    expect(data.dropMissing(penguins, ['sex']).shape[0]).toBe(golden.keptBySexOnly);
  });

  it('can leave no row at all', () => {
    const nothing = data.dropMissing(data.frame({ a: [null, null] }));
    expect(nothing.shape).toEqual([0, 1]);
    expect(data.missing(nothing)).toMatchObject({ rows: 0, total: 0 });
  });

  it('offers the nearest column', () => {
    expect(thrown(() => data.dropMissing(penguins, ['bill_lenght_mm']))).toEqual({
      message: `dropMissing(frame, columns): expected one of the columns ${penguins.columns.join(', ')}, received 'bill_lenght_mm'.`,
      hint: expect.stringContaining("Did you mean 'bill_length_mm'"),
    });
  });
});

describe('fitImputation', () => {
  it.each(['mean', 'median'] as const)('fills the %s that pandas computes', kind => {
    const fill = data.fitImputation(penguins, { numeric: kind });
    for (const column of numeric) expect(fill.fills[column]).toBeCloseTo(golden[kind][column]!, 9);
    const filled = fill(penguins);
    expect(data.missing(filled).total).toBe(0);
    expect(data.column(filled, 'body_mass_g')[3]).toBeCloseTo(golden[kind].body_mass_g!, 9);
    expect(data.labels(filled, 'sex')[3]).toBe(golden.mode.sex);
  });

  it('fills the mode, the first by name of equals', () => {
    const fill = data.fitImputation(penguins, { numeric: 'mode' });
    expect(fill.fills).toMatchObject(golden.mode);
    expect(data.fitImputation(data.frame({ t: ['b', 'a', 'b', 'a'] })).fills).toEqual({ t: 'a' });
  });

  it('fills another frame with what it learned from the first', () => {
    const fill = data.fitImputation(data.frame({ n: [1, 2, 9] }), { numeric: 'median' });
    expect(fill(data.frame({ n: [Number.NaN, 100] })).values).toEqual([[2], [100]]);
  });

  it('cannot learn from a column without values, or from no rows', () => {
    expect(thrown(() => data.fitImputation(data.frame({ a: [1, 2], empty: [null, null] })))).toEqual({
      message: "fitImputation('empty'): expected at least one value that is not missing, received none.",
      hint: "Leave 'empty' out: name the others in { columns }.",
    });
    expect(thrown(() => data.fitImputation(data.dropMissing(data.frame({ a: [null] })))).message).toBe(
      'fitImputation(frame): expected at least one row, received a frame without rows.',
    );
  });
});

describe('fitScaling', () => {
  it('has the mean and the standard deviation of scikit-learn, missing values aside', () => {
    const scale = data.fitScaling(penguins, { columns: numeric });
    numeric.forEach((column, place) => {
      expect(scale.scales[column]!.shift).toBeCloseTo(golden.standard.mean[place]!, 9);
      expect(scale.scales[column]!.spread).toBeCloseTo(golden.standard.scale[place]!, 9);
    });
    const scaled = data.matrix(data.dropMissing(scale(penguins), numeric), numeric);
    golden.standardised.forEach((row, place) => {
      row.forEach((value, column) => {
        expect(scaled[place]![column]).toBeCloseTo(value, 9);
      });
    });
    expect(data.missing(scale(penguins)).total).toBe(19);
  });

  it('min-max agrees with scikit-learn', () => {
    const scaled = data.fitScaling(penguins, { kind: 'min-max', columns: numeric })(
      data.dropMissing(penguins, numeric),
    );
    expect(data.matrix(scaled, numeric)[2]).toEqual(golden.minMax[2]!.map(value => expect.closeTo(value, 9)));
  });

  it('robust: the medians and the distances of the quartiles of scikit-learn', () => {
    const { scales } = data.fitScaling(penguins, { kind: 'robust', columns: numeric });
    numeric.forEach((column, place) => {
      expect(scales[column]!.shift).toBeCloseTo(golden.robust.center[place]!, 9);
      expect(scales[column]!.spread).toBeCloseTo(golden.robust.scale[place]!, 9);
    });
    const outlier = data.fitScaling(data.frame({ n: [1, 2, 3, 4, 1e9] }), { kind: 'robust' });
    expect(outlier.scales.n).toEqual({ shift: 3, spread: 2 });
  });

  it('works again after a trip through JSON', () => {
    const scale = data.fitScaling(penguins, { kind: 'robust' });
    const again = data.restoreScaling(JSON.parse(JSON.stringify(scale)));
    expect(again(penguins).values).toEqual(scale(penguins).values);
    expect(again.inverse(again(penguins)).values[0]).toEqual(scale.inverse(scale(penguins)).values[0]);
    expect(thrown(() => data.restoreScaling({ kind: 'imputation' } as never)).message).toBe(
      'restoreScaling(saved): expected a saved scaling, received an object with kind.',
    );
  });

  it('goes back to the units of before', () => {
    const scale = data.fitScaling(penguins);
    const back = scale.inverse(scale(penguins));
    data.column(back, 'body_mass_g', { missing: 'keep' }).forEach((value, row) => {
      const original = data.column(penguins, 'body_mass_g', { missing: 'keep' })[row]!;
      if (Number.isNaN(original)) expect(value).toBeNaN();
      else expect(value).toBeCloseTo(original, 8);
    });
  });

  it('shifts a constant column and does not divide by zero', () => {
    expect(data.fitScaling(data.frame({ a: [7, 7] }))(data.frame({ a: [7, 8] })).values).toEqual([[0], [1]]);
  });
});

describe('matrix, column, labels', () => {
  it('give plain numbers and texts', () => {
    const clean = data.dropMissing(small());
    expect(data.matrix(clean, ['n'])).toEqual([[1], [3]]);
    expect(data.column(small(), 'n', { missing: 'keep' })).toEqual([1, Number.NaN, 3, 3]);
    expect(data.labels(clean, 't')).toEqual(['a', 'b']);
  });

  it('say what to do about text', () => {
    expect(thrown(() => data.matrix(penguins, ['species']))).toEqual({
      message: "matrix('species'): expected a numeric column, received strings such as 'Adelie'.",
      hint: "Encode it first: data.fitPreparation(frame, { categorical: 'one-hot', … }), or leave 'species' out.",
    });
    expect(thrown(() => data.column(data.frame({ m: [1, 'x'] }), 'm')).message).toBe(
      "column('m'): expected a numeric column, received other values among the numbers, such as 'x'.",
    );
  });

  it('say where a value is missing', () => {
    expect(thrown(() => data.column(penguins, 'bill_length_mm'))).toEqual({
      message:
        "column('bill_length_mm'): expected no missing values in 'bill_length_mm', received 2 of 344, the first one in row 3.",
      hint: "Leave these rows out, data.dropMissing(frame, ['bill_length_mm']), or fill them, data.fitImputation(frame).",
    });
    expect(thrown(() => data.labels(small(), 't')).message).toContain('received 1 of 4, the first one in row 2.');
  });
});

describe('split', () => {
  const options = { test: 0.2, stratify: 'species', seed: 1 };
  const counts = (frame: DataFrame) => {
    const found: Record<string, number> = {};
    for (const label of data.labels(frame, 'species')) found[label] = (found[label] ?? 0) + 1;
    return found;
  };

  it('puts every row into one of the parts, never into both', () => {
    const { train, test } = data.split(penguins, { test: 0.25, seed: 3 });
    expect(test.shape[0]).toBe(86);
    expect([...train.index, ...test.index].sort((a, b) => Number(a) - Number(b))).toEqual(penguins.index);
    expect((test.values as unknown[][])[0]).toEqual((penguins.values as unknown[][])[Number(test.index[0])]);
  });

  it('keeps the shares of the classes: 20 % of 152, 68 and 124', () => {
    expect(counts(data.split(penguins, options).test)).toEqual({ Adelie: 30, Chinstrap: 14, Gentoo: 25 });
  });

  it('is the same for the same seed, another for another', () => {
    const index = (seed: number) => data.split(penguins, { ...options, seed }).test.index;
    expect(index(1)).toEqual(index(1));
    expect(index(1)).not.toEqual(index(2));
  });

  it('draws all rows equally often', () => {
    const hits = new Array(10).fill(0);
    const frame = data.frame({ n: Array.from({ length: 10 }, (_, n) => n) });
    for (let seed = 0; seed < 1000; seed++)
      for (const label of data.split(frame, { test: 0.3, seed }).test.index) hits[Number(label)]++;
    for (const count of hits) expect(Math.abs(count - 300)).toBeLessThan(75);
  });

  it('explains what it cannot do', () => {
    expect(thrown(() => data.split(penguins, { test: 40 }))).toEqual({
      message: 'split({ test }): expected a share between 0 and 1, received 40.',
      hint: 'For 40 of 344 rows: test: 40 / 344.',
    });
    expect(thrown(() => data.split(small(), { test: 0.01 })).message).toBe(
      'split({ test }): expected at least one row in each part, received 0.01 of 4 rows.',
    );
    expect(thrown(() => data.split(penguins, { test: 0.2, stratify: 'sex' })).message).toBe(
      "split({ stratify }): expected no missing values in 'sex', received 11 of 344, the first one in row 3.",
    );
    expect(thrown(() => data.split(data.frame({ t: ['a', 'b', 'b'] }), { test: 0.4, stratify: 't' })).message).toBe(
      "split({ stratify }): expected at least 2 rows of each value of 't', received 1 row of 'a'.",
    );
    // @ts-expect-error: no such option
    expect(thrown(() => data.split(penguins, { test: 0.2, startify: 'sex' })).hint).toBe("Did you mean 'stratify'?");
  });
});

describe('frame', () => {
  it('names columns of different lengths', () => {
    expect(thrown(() => data.frame({ a: [1, 2], b: [1] })).message).toBe(
      "frame(columns): expected columns of one length, 'a' has 2 values, received 1 values in 'b'.",
    );
  });
});

it('no verb changed its input', () => {
  expect(JSON.stringify([penguins.values, penguins.index, penguins.dtypes])).toBe(before);
});
