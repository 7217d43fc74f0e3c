import { describe, expect, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { quantile } from '../../../src/data/statistics.ts';
import { DISPLAY } from '../../../src/display/channel.ts';
import { numeric, tables, thrown } from '../fixtures.ts';

describe('outliers', () => {
  it.each(['iqr', 'robust-z'] as const)('%s: the limits of pandas and scipy', async kind => {
    const penguins = await data.load('penguins');
    const { limits } = data.fitLimits(penguins, { kind, columns: numeric });
    for (const column of numeric) {
      const [low, high] = tables.limits[column]![kind];
      expect(limits[column]).toEqual({ low: expect.closeTo(low, 9), high: expect.closeTo(high, 9) });
    }
  });

  it('quantiles are those of numpy', () => {
    for (const [share, value] of Object.entries(tables.quantiles))
      expect(quantile(tables.randomValues, Number(share))).toBeCloseTo(value, 12);
  });

  it('tells which rows, below and above, missing ones aside', () => {
    const frame = data.frame({ n: [1, 2, 3, 4, 5, Number.NaN, 100, -90], constant: [1, 1, 1, 1, 1, 1, 1, 1] });
    expect(data.outliers(frame)).toMatchObject({
      rows: 8,
      positions: [6, 7],
      columns: [
        { column: 'n', below: 1, above: 1, positions: [6, 7] },
        { column: 'constant', low: 1, high: 1, positions: [] },
      ],
    });
  });

  it('judges other frames by what was learned, and clips them', () => {
    const limits = data.fitLimits(data.frame({ n: [0, 1, 2, 3, 4] }), { factor: 1 });
    expect(limits.limits).toEqual({ n: { low: -1, high: 5 } });
    const test = data.frame({ n: [-7, 5, 9, Number.NaN] });
    expect(limits.outliers(test).positions).toEqual([0, 2]);
    expect(limits.clip(test).values).toEqual([[-1], [5], [5], [Number.NaN]]);
    expect(test.values).toEqual([[-7], [5], [9], [Number.NaN]]);
  });

  it('robust z falls back where most values are the same', () => {
    const mostly = [...new Array(8).fill(10), 11, 90];
    const { low, high } = data.fitLimits(data.frame({ n: mostly }), { kind: 'robust-z' }).limits.n!;
    // Mean absolute deviation: (1 + 80) / 10.
    expect(high).toBeCloseTo(10 + 3.5 * 1.253314 * 8.1, 9);
    expect(low).toBeCloseTo(10 - 3.5 * 1.253314 * 8.1, 9);
  });

  it('shows the limits', async () => {
    const text = String((await data.outliers(data.frame({ n: [1, 2, 3, 99] }))[DISPLAY]())['text/plain']);
    expect(text).toMatch(/^1 row of 4 with an outlier\n/);
    expect(text).toMatch(/\nn +/);
  });

  it('explains what it cannot do', async () => {
    const penguins = await data.load('penguins');
    expect(thrown(() => data.outliers(penguins, { columns: ['species'] })).message).toContain(
      'expected a numeric column',
    );
    // @ts-expect-error: an option of the other kind
    expect(thrown(() => data.outliers(penguins, { kind: 'robust-z', factor: 2 })).message).toBe(
      "fitLimits(frame, { kind: 'robust-z' }): expected options among kind, columns, threshold, received 'factor'.",
    );
    // @ts-expect-error: no such kind
    expect(thrown(() => data.outliers(penguins, { kind: 'robust' })).hint).toBe("Did you mean 'robust-z'?");
    expect(thrown(() => data.outliers(data.dropMissing(data.frame({ n: [null] })))).message).toContain(
      'at least one row',
    );
  });
});
