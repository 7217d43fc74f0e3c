import { DataFrame, Series } from 'danfojs-node';
import { describe, expect, it } from 'vitest';
import { frameBundle, isFrame } from '../../src/display/rows.ts';
import { tableBundle } from '../../src/display/table.ts';

const birds = new DataFrame(
  [
    ['Adelie', 39.1, 3750],
    ['Gentoo <b>', Number.NaN, 5000],
    [null, 46.25, 4000],
  ],
  { columns: ['species', 'bill & length', 'mass'], dtypes: ['string', 'float32', 'int32'] },
);

describe('isFrame', () => {
  it('knows frames and series from other values', () => {
    expect(isFrame(birds)).toBe(true);
    expect(isFrame(new Series([1, 2]))).toBe(true);
    expect([null, 3, [], {}, new Map(), { columns: [], values: [] }].map(isFrame)).toEqual(Array(6).fill(false));
  });
});

describe('frameBundle', () => {
  it('writes names, dtypes, values and the shape', () => {
    const html = frameBundle(birds)['text/html'] as string;
    expect(html).toContain('float32');
    expect(html).toContain('3 rows × 3 columns');
    expect(html).toMatch(/<td style="text-align:right;[^"]*">3750<\/td>/);
  });

  it('escapes what comes from the data', () => {
    const html = frameBundle(birds)['text/html'] as string;
    expect(html).toContain('Gentoo &lt;b&gt;');
    expect(html).toContain('bill &amp; length');
    expect(html).not.toContain('<b>');
  });

  it('aligns the decimals of a column and shows missing values as a dash', () => {
    expect(frameBundle(birds)['text/plain']).toBe(
      [
        '   species     bill & length  mass',
        '0  Adelie              39.10  3750',
        '1  Gentoo <b>              –  5000',
        '2  –                   46.25  4000',
        '3 rows × 3 columns',
      ].join('\n'),
    );
  });

  it('shows a series as one column', () => {
    expect(frameBundle(new Series([1, 2], { columns: ['age'] }))['text/plain']).toBe(
      '   age\n0    1\n1    2\n2 rows × 1 column',
    );
  });

  it('shows a frame without rows', () => {
    const empty = new DataFrame([], { columns: ['a', 'b'], dtypes: ['int32', 'string'] });
    expect(frameBundle(empty)['text/plain']).toContain('0 rows × 2 columns');
  });
});

describe('tableBundle', () => {
  const rows = Array.from({ length: 1000 }, (_, row) => Array.from({ length: 30 }, (_, column) => row * 100 + column));
  const columns = Array.from({ length: 30 }, (_, column) => `c${column}`);

  it('cuts long and wide tables in the middle and says how large they are', () => {
    const { 'text/plain': text, 'text/html': html } = tableBundle({ rows, columns }, { maxRows: 4, maxColumns: 2 });
    expect(text).toBe(
      [
        '        c0  …    c29',
        '0        0  …     29',
        '1      100  …    129',
        '⋮        …  …      …',
        '998  99800  …  99829',
        '999  99900  …  99929',
        '1,000 rows × 30 columns',
      ].join('\n'),
    );
    expect((html as string).match(/<tr>/g)).toHaveLength(6);
  });

  it('keeps very small and very large numbers readable, and shortens long text', () => {
    const text = tableBundle({
      columns: ['n', 't'],
      rows: [
        [1e-9, 'x'.repeat(500)],
        [2.5, ''],
      ],
    })['text/plain'] as string;
    expect(text).toContain('1.000e-9');
    expect(text).toContain(`${'x'.repeat(59)}…`);
    expect(text).not.toContain('x'.repeat(60));
  });

  it('as text fits into a line of a terminal, the first and the last columns in it', () => {
    const wide = (columns: number, options = {}) => {
      const names = Array.from({ length: columns }, (_, i) => `column_${i}`);
      return String(tableBundle({ columns: names, rows: [names.map((_, i) => i / 7)] }, options)['text/plain']).split(
        '\n',
      );
    };
    const [header, row, shape] = wide(15);
    expect(header).toBe(
      '   column_0  column_1  column_2  column_3  column_4  …  column_11  column_12  column_13  column_14',
    );
    expect(row!.match(/…/g)).toHaveLength(1);
    expect(shape).toBe('1 row × 15 columns');
    for (const columns of [1, 8, 9, 10, 11, 40, 300])
      for (const options of [{}, { maxColumns: 1000 }, { maxColumns: 3 }])
        for (const line of wide(columns, options)) {
          expect(line.length, `${columns}: ${line}`).toBeLessThanOrEqual(100);
          if (columns === 1) expect(line).not.toContain('…');
        }
    const [first] = String(tableBundle({ columns: ['x'.repeat(200), 'y'], rows: [[1, 2]] })['text/plain']).split('\n');
    expect(first).toContain('…');
  });

  it('writes dates no finer than the finest of a column', () => {
    const dates = (...times: number[]) =>
      String(tableBundle({ columns: ['d'], rows: times.map(time => [new Date(time)]) })['text/plain']).split('\n')[1];
    expect(dates(0, 86_400_000)).toBe('0  1970-01-01');
    expect(dates(0, 1000)).toBe('0  1970-01-01T00:00:00Z');
    expect(dates(0, 1)).toBe('0  1970-01-01T00:00:00.000Z');
  });

  it('of no columns is its size only', () => {
    const { 'text/html': html, 'text/plain': text } = tableBundle({ columns: [], rows: [] });
    expect(text).toBe('0 rows × 0 columns');
    expect(html).not.toContain('<table');
  });

  it('survives values that JSON cannot write', () => {
    const ring: Record<string, unknown> = {};
    ring.self = ring;
    expect(tableBundle({ columns: ['o'], rows: [[ring], [undefined]] })['text/plain']).toContain('Circular');
  });
});
