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
    expect(String(await plain(Array.from({ length: 1e5 }, (_, i) => [i, i])))).toContain('more items');
  });

  it('names promises as such', async () => {
    expect(await plain(new Promise(() => {}))).toBe(
      'Promise { <pending> }: write await before it to wait for its value',
    );
    expect(await plain(Promise.resolve(1))).toBe('Promise { 1 }');
  });

  it('draws uniform rows as a table with types, and escapes them', async () => {
    const data = await bundleOf([
      { name: '<b>', n: 1 },
      { name: 'y', n: 2 },
    ]);
    expect(data['text/html']).toContain('&lt;b&gt;');
    expect(data['text/html']).not.toContain('<b>');
    expect(data['text/html']).toContain('number');
    expect(await bundleOf([{ a: 1 }, { b: 2 }])).not.toHaveProperty('text/html');
    expect(await bundleOf([{ a: { b: 1 } }])).not.toHaveProperty('text/html');
    expect(await bundleOf([{}])).not.toHaveProperty('text/html');
  });

  it('shows a tensor with its shape, type and values, and names one that was disposed', async () => {
    const tensor = {
      shape: [2, 2],
      dtype: 'float32',
      isDisposed: false,
      dataSync: () => new Float32Array(4),
      toString: () => 'Tensor\n    [[1, 2],\n     [3, 4]]',
    };
    expect(await plain(tensor)).toBe('Tensor float32 [2, 2]\n    [[1, 2],\n     [3, 4]]');
    expect(await plain({ ...tensor, isDisposed: true })).toBe(
      'Tensor float32 [2, 2], disposed: dispose() or the end of a tidy has freed its values',
    );
  });

  it('shows a model by its layers', async () => {
    const model = {
      layers: [{}],
      summary: (_: unknown, __: unknown, print: (line: string) => void) => print('1 layer'),
    };
    expect(await plain(model)).toBe('1 layer');
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
