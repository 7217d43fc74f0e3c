import { describe, expect, it } from 'vitest';
import { DISPLAY } from '../../src/display/channel.ts';
import { showResult } from '../../src/kernel/user/results.ts';

describe('results', () => {
  async function shown(value: unknown) {
    const warnings: string[] = [];
    const result = await showResult(value, text => warnings.push(text));
    return { data: result?.data ?? {}, warnings };
  }
  const plain = async (value: unknown) => (await shown(value)).data['text/plain'];

  it('shows nothing for undefined, and plain values as Node prints them', async () => {
    expect(await showResult(undefined, () => {})).toBeUndefined();
    expect(await plain(null)).toBe('null');
    expect(await plain('text')).toBe("'text'");
    expect(await plain([1, { a: new Map([[1, 2]]) }])).toBe('[ 1, { a: Map(1) { 1 => 2 } } ]');
    expect(await plain(class Dog {})).toBe('[class Dog]');
  });

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
    const { data } = await shown([
      { name: '<b>', n: 1 },
      { name: 'y', n: 2 },
    ]);
    expect(data['text/html']).toContain('&lt;b&gt;');
    expect(data['text/html']).not.toContain('<b>');
    expect(data['text/html']).toContain('number');
    expect((await shown([{ a: 1 }, { b: 2 }])).data).not.toHaveProperty('text/html');
    expect((await shown([{ a: { b: 1 } }])).data).not.toHaveProperty('text/html');
    expect((await shown([{}])).data).not.toHaveProperty('text/html');
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

  it('lets a value decide, and shows it plainly when that fails', async () => {
    expect((await shown({ [DISPLAY]: () => ({ 'text/html': '<i>own</i>' }) })).data).toEqual({
      'text/html': '<i>own</i>',
    });
    const broken = await shown({
      [DISPLAY]: () => {
        throw new Error('no ink');
      },
    });
    expect(broken.warnings).toEqual(['This value could not be shown in its own way: no ink\n']);
    expect(broken.data['text/plain']).toContain('Jupyter.display');
    expect((await shown({ [DISPLAY]: () => 5 })).warnings[0]).toContain('expected an object of MIME types');
  });

  it('survives values that cannot be inspected', async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect((await shown(proxy)).data['text/plain']).toBeTypeOf('string');
    const hostile = {
      get shape() {
        throw new Error('keep out');
      },
    };
    expect((await shown(hostile)).data['text/plain']).toBe('{ shape: [Getter] }');
  });
});
