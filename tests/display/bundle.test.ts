import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { bundleOf } from '../../src/display/bundle.ts';
import { DISPLAY } from '../../src/display/channel.ts';

describe('bundleOf', () => {
  const plain = async (value: unknown) => (await bundleOf(value))['text/plain'];

  it('bounds depth and length', async () => {
    const deep: Record<string, unknown> = {};
    deep.a = { b: { c: { d: { e: { f: 1 } } } } };
    expect(await plain(deep)).toContain('[Object]');
    expect(String(await plain('x'.repeat(1e6))).length).toBeLessThan(21_000);
    expect(String(await plain(Array.from({ length: 1e5 }, (_, i) => i)))).toContain('more items');
  });

  it('names promises as such', async () => {
    expect(await plain(new Promise(() => {}))).toBe(
      'Promise { <pending> }: write await before it to wait for its value',
    );
    expect(await plain(Promise.resolve(1))).toBe('Promise { 1 }');
    const failed = Promise.reject(Object.assign(new TypeError('two\nlines'), { hint: 'a hint' }));
    expect(await plain(failed)).toMatch(/^Promise \{ <rejected> TypeError: two\s+lines \}$/);
    await expect(failed).rejects.toThrow('two');
    const withText = Promise.reject('text');
    expect(await plain(withText)).toBe("Promise { <rejected> 'text' }");
    await expect(withText).rejects.toBe('text');
  });

  it('shows a model by its layers', async () => {
    const model = {
      layers: [{}],
      summary: (_: unknown, __: unknown, print: (line: string) => void) => print('1 layer'),
    };
    expect(await plain(model)).toBe('1 layer');
  });

  it('shows what other libraries bring: elements, canvases, charts, tables', async () => {
    class Element {
      get outerHTML() {
        return '<svg><circle r="1"/></svg>';
      }
    }
    expect(await bundleOf(new Element())).toMatchObject({ 'image/svg+xml': '<svg><circle r="1"/></svg>' });
    expect(await bundleOf({ toDataURL: () => 'data:image/png;base64,AAAA' })).toMatchObject({ 'image/png': 'AAAA' });
    const spec = { $schema: 'https://vega.github.io/schema/vega-lite/v5.json', mark: 'bar' };
    expect(await bundleOf({ toSpec: () => spec })).toMatchObject({ 'application/vnd.vegalite.v5+json': spec });
    const table = { columnNames: () => ['a'], numRows: () => 2, get: (_: string, row: number) => row * 10 };
    expect(await plain(table)).toBe('    a\n0   0\n1  10\n2 rows × 1 column');
  });

  it('never takes markup in data for an element', async () => {
    expect(await bundleOf({ outerHTML: '<script>alert(1)</script>' })).not.toHaveProperty('text/html');
  });

  it('takes a value for nothing special if it throws when it is asked', async () => {
    const hostile = new Proxy({}, { get: () => { throw new Error('keep out'); } }); // biome-ignore format: short
    expect(await bundleOf(hostile)).toEqual({ 'text/plain': inspect(new Proxy({}, {})) });
  });

  it('waits only for a value whose own way takes time', async () => {
    expect(bundleOf({ [DISPLAY]: () => ({ 'text/html': 'now' }) })).toEqual({ 'text/html': 'now' });
    const slow = bundleOf({ [DISPLAY]: async () => ({ 'text/html': 'later' }) });
    expect(slow).toBeInstanceOf(Promise);
    expect(await slow).toEqual({ 'text/html': 'later' });
  });

  it('refuses a display method that gives no MIME types, now or later', async () => {
    expect(() => bundleOf({ [DISPLAY]: () => ({}) })).toThrow('expected an object of MIME types');
    await expect(bundleOf({ [DISPLAY]: async () => 5 })).rejects.toThrow('received 5');
  });
});
