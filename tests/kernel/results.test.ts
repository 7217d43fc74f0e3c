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

  it('lets a value decide, and shows it plainly when that fails', async () => {
    expect((await shown({ [DISPLAY]: () => ({ 'text/html': '<i>own</i>' }) })).data).toEqual({
      'text/html': '<i>own</i>',
      'text/plain': 'own',
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
