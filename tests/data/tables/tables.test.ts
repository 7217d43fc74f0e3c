import type { DataFrame } from 'danfojs-node';
import { beforeAll, describe, expect, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { DISPLAY } from '../../../src/display/channel.ts';
import { near, numeric, tables, thrown } from '../fixtures.ts';

let penguins: DataFrame;
beforeAll(async () => {
  penguins = await data.load('penguins');
});

describe('summary', () => {
  it('says what pandas says, missing values aside', () => {
    const { columns, rows } = data.summary(penguins);
    expect(rows).toBe(344);
    for (const column of columns) {
      if (column.kind === 'category') {
        if (!(column.column in tables.top)) continue;
        expect([column.count, column.distinct, column.top, column.topCount]).toEqual(tables.top[column.column]);
        continue;
      }
      const found = tables.describe[column.column]!;
      expect(column).toEqual({
        column: column.column,
        kind: 'number',
        count: found.count,
        missing: 344 - found.count!,
        mean: expect.closeTo(found.mean!, 9),
        standardDeviation: expect.closeTo(found.std!, 9),
        min: found.min,
        quartile1: found['25%'],
        median: found['50%'],
        quartile3: found['75%'],
        max: found.max,
      });
    }
  });

  it('takes frames without rows, and columns without values', async () => {
    const empty = data.summary(data.frame({ a: [null, null] })).columns[0];
    expect(empty).toEqual({
      column: 'a',
      kind: 'category',
      count: 0,
      missing: 2,
      distinct: 0,
      top: undefined,
      topCount: 0,
    });
    const report = data.summary(data.dropMissing(data.frame({ a: [null] })));
    expect(String((await report[DISPLAY]())['text/plain'])).toMatch(/^0 rows of 1 column\n/);
  });
});

describe('aggregate', () => {
  const order = ['species', 'sex', ...numeric];
  const rows = (frame: DataFrame, columns: string[]) => {
    const places = columns.map(column => frame.columns.indexOf(column));
    return (frame.values as unknown[][]).map(row => places.map(place => row[place]));
  };

  it('means, medians and counts are those of pandas, missing values aside', () => {
    expect(rows(data.aggregate(penguins, { by: ['species', 'sex'], columns: numeric }), order)).toEqual(
      near(tables.groupMeans),
    );
    const medians = data.aggregate(penguins, { by: 'island', columns: numeric, statistic: 'median' });
    expect(rows(medians, ['island', ...numeric])).toEqual(near(tables.groupMedians));
    const counts = data.aggregate(penguins, { by: 'species', columns: numeric, statistic: 'count' });
    expect(rows(counts, ['species', ...numeric])).toEqual(tables.groupCounts);
    expect(data.column(counts, 'rows')).toEqual([152, 68, 124]);
  });

  it('computes the rest', () => {
    const frame = data.frame({ g: ['b', 'a', 'b', null], n: [1, Number.NaN, 5, 7] });
    const by = (statistic: data.Statistic) => data.aggregate(frame, { by: 'g', statistic }).values;
    expect(by('sum')).toEqual([
      ['a', 1, 0],
      ['b', 2, 6],
    ]);
    expect(by('min')).toEqual([
      ['a', 1, Number.NaN],
      ['b', 2, 1],
    ]);
    expect(by('max')).toEqual([
      ['a', 1, Number.NaN],
      ['b', 2, 5],
    ]);
    expect(by('mean')).toEqual([
      ['a', 1, Number.NaN],
      ['b', 2, 3],
    ]);
  });

  it('explains what it cannot do', () => {
    expect(thrown(() => data.aggregate(penguins, { by: 'specie' })).hint).toContain("Did you mean 'species'");
    // @ts-expect-error: no such statistic
    expect(thrown(() => data.aggregate(penguins, { by: 'sex', statistic: 'means' })).hint).toBe("Did you mean 'mean'?");
  });
});

describe('correlation', () => {
  it('agrees with pandas, by numbers and by ranks, each pair of what both have', () => {
    expect(data.correlation(penguins, { columns: numeric }).matrix).toEqual(near(tables.pearson));
    const holed = data.frame(
      Object.fromEntries(numeric.map((name, i) => [name, tables.holed.map(row => row[i] ?? Number.NaN)])),
    );
    expect(data.correlation(holed, { kind: 'spearman' }).matrix).toEqual(near(tables.spearman));
  });

  it('is no number of a constant column, and shows itself', async () => {
    const report = data.correlation(data.frame({ a: [1, 2], b: [3, 3] }));
    expect(report.matrix).toEqual([
      [1, Number.NaN],
      [Number.NaN, Number.NaN],
    ]);
    expect(String((await report[DISPLAY]())['text/plain'])).toMatch(/^Correlation\n/);
    // @ts-expect-error: no such kind
    expect(thrown(() => data.correlation(penguins, { kind: 'spear' })).hint).toBe("Did you mean 'spearman'?");
  });
});

it('no verb changed its input', async () => {
  const before = JSON.stringify([penguins.values, penguins.index, penguins.dtypes]);
  data.summary(penguins);
  data.aggregate(penguins, { by: 'species' });
  data.correlation(penguins);
  data.outliers(penguins);
  data.duplicates(penguins);
  data.kFolds(penguins);
  data.fitImputation(penguins, { numeric: 'k-nearest', indicator: true })(penguins);
  expect(JSON.stringify([penguins.values, penguins.index, penguins.dtypes])).toBe(before);
});
