import * as dfd from 'danfojs-node';
import { describe, expect, it } from 'vitest';
import type { MimeBundle } from '../../src/display/channel.ts';
import { frameBundle, listBundle } from '../../src/display/rows.ts';

const textOf = (bundle: MimeBundle | undefined) => bundle?.['text/plain'];

describe('listBundle', () => {
  it('draws rows as a table with types, and escapes them', () => {
    const html = listBundle([
      { name: '<img src=x onerror=alert(1)>', n: 1 },
      { name: '"quoted" \'too\' &', n: 2 },
      { name: `<b>${'long'.repeat(40)}`, n: 3 },
    ])!['text/html'] as string;
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).toContain('&quot;quoted&quot; &#39;too&#39; &amp;');
    expect(html).toMatch(/title="&lt;b&gt;long/);
    expect(html).toMatch(/number.*string|string.*number/s);
    expect(html.replace(/<\/?(?:div|table|thead|tbody|tr|th|td|span|br|p)\b[^<>]*>/g, '')).not.toMatch(/[<>]/);
  });

  it('escapes the names of columns too', () => {
    const html = listBundle([{ '<script>': 1 }, { '<script>': 2 }])!['text/html'];
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script>');
  });

  it('lets rows lack a key, and shows what is nested in short', () => {
    const rows = [
      { id: 1, name: 'a', tags: ['x', 'y'] },
      { id: 2, tags: [] },
      { id: 3, name: null, tags: ['z'] },
    ];
    expect(textOf(listBundle(rows))).toBe(
      [
        '   id  name  tags',
        "0   1  a     [ 'x', 'y' ]",
        '1   2  –     []',
        "2   3  –     [ 'z' ]",
        '3 rows × 3 columns',
      ].join('\n'),
    );
  });

  it('shows a matrix as a table, unless it is small', () => {
    expect(textOf(listBundle([[1, 2.5], [3, 4], [5, 6]]))).toBe(
      ['   0    1', '0  1  2.5', '1  3  4.0', '2  5  6.0', '3 rows × 2 columns'].join('\n'),
    ); // biome-ignore format: a matrix
    expect(listBundle([[1, 2], [3, 4]])).toBeUndefined(); // biome-ignore format: a matrix
  });

  it.each<[string, unknown]>([
    ['numbers', [1, 2, 3]],
    ['nothing', []],
    ['empty objects', [{}, {}]],
    ['objects with other keys', [{ a: 1 }, { b: 2 }]],
    ['objects that hold objects', [{ a: { b: 1 } }, { a: { b: 2 } }]],
    ['rows of other lengths', [[1, 2], [3], [4, 5]]],
    ['instances', [new Date(), new Date()]],
    [
      'getters',
      [
        {
          get a(): number {
            throw new Error('ran');
          },
        },
      ],
    ],
    ['a proxy', new Proxy([{ a: 1 }], {})],
  ])('leaves %s to be text', (_, value) => {
    expect(listBundle(value)).toBeUndefined();
  });

  it('reads only what it shows and a sample of a long list', () => {
    let read = 0;
    const row = { a: 1 };
    const rows = new Array<typeof row>(1e6).fill(row);
    const bundle = listBundle(rows)!;
    expect(textOf(bundle)).toContain('1,000,000 rows × 1 column');
    expect((bundle['text/html'] as string).length).toBeLessThan(5000);
    const frame = { columns: ['a'], dtypes: ['int32'], index: [], shape: [1e6, 1], values: rows.map(() => 0) };
    const values = new Proxy(frame.values, {
      get: (target, key, receiver) => {
        read++;
        return Reflect.get(target, key, receiver);
      },
    });
    expect(textOf(frameBundle({ ...frame, values }))).toContain('1,000,000 rows');
    expect(read).toBeLessThan(50);
  });

  it('names what a column holds where danfojs calls it a number', () => {
    const frame = new dfd.DataFrame({
      when: [new Date(0), null, new Date(864e5)],
      ok: [true, null, false],
      born: [1815, Number.NaN, 1906],
    });
    expect(frame.dtypes).toEqual(['float32', 'float32', 'float32']);
    const html = String(frameBundle(frame as never)['text/html']);
    expect([...html.matchAll(/opacity:.6">(\w+)</g)].map(match => match[1])).toEqual(['Date', 'boolean', 'float32']);
  });
});
