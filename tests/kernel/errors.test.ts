import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KernelProcess, startKernel } from '../../src/kernel/client/index.ts';

describe('errors', () => {
  let kernel: KernelProcess;
  beforeAll(async () => {
    kernel = await startKernel({ cwd: import.meta.dirname });
  });
  afterAll(() => kernel?.shutdown());

  async function errorOf(code: string) {
    const { content } = await kernel.execute(`// @nocheck\n${code}`);
    const traceback = (content.traceback as string[]).map(stripVTControlCharacters).join('\n');
    return { ename: content.ename, evalue: content.evalue, traceback };
  }

  it('show the cell, the line, a caret and only the frames of the learner', async () => {
    const { executionCount } = await kernel.execute('// @nocheck\nfunction half(n) {\n  return n.missing.half;\n}');
    const { ename, traceback } = await errorOf('half(3);');
    expect(ename).toBe('TypeError');
    expect(traceback).toContain(`Cell In[${executionCount}], line 3, in half`);
    expect(traceback).toContain('> 3 │   return n.missing.half;\n    │                    ^');
    expect(traceback).toContain(`Cell In[${executionCount! + 1}], line 2`);
    expect(traceback).not.toContain('node:');
    expect(traceback).not.toContain('dist/');
  });

  it('show hints, causes and inner errors', async () => {
    const { traceback } = await errorOf(`
      const cause = Object.assign(new RangeError('too far'), { hint: 'Stay near.' });
      throw new AggregateError([new Error('one'), new Error('two')], 'both', { cause });`);
    expect(traceback).toContain('AggregateError: both');
    expect(traceback).toMatch(/1 of 2:[\s\S]*Error: one[\s\S]*2 of 2:[\s\S]*Error: two/);
    expect(traceback).toMatch(/Caused by:[\s\S]*RangeError: too far\nHint: Stay near\./);
  });

  it('say what to do when memory cannot be had', async () => {
    const { ename, traceback } = await errorOf('const all = []; for (;;) all.push(new ArrayBuffer(2 ** 42))');
    expect(ename).toBe('RangeError');
    expect(traceback).toMatch(/Array buffer allocation failed\nHint: The memory is used up\. .*tensor\.dispose\(\)\.$/);
  });

  it('survive a cause that leads back, and getters that throw', async () => {
    const circle = await errorOf('const e = new Error("round"); e.cause = e; throw e');
    expect(circle.traceback.match(/Error: round/g)).toHaveLength(1);
    const hostile = await errorOf(
      'const e = new Error("m"); Object.defineProperty(e, "stack", { get() { throw 1 } }); throw e',
    );
    expect(hostile).toMatchObject({ ename: 'Error', evalue: 'm' });
  });

  it('fold a deep recursion', async () => {
    const { ename, traceback } = await errorOf('function down() { return down() + 1 }\ndown()');
    expect(ename).toBe('RangeError');
    expect(traceback.split('\n').length).toBeLessThan(30);
    expect(traceback).toMatch(/the same \d+ more times/);
  });

  it('name what was thrown when it is no error', async () => {
    expect(await errorOf('throw { reason: 7 }')).toMatchObject({ ename: 'Thrown', evalue: '{ reason: 7 }' });
  });

  it('point at the place of a syntax error, and run nothing of the cell', async () => {
    const { ename, traceback } = await errorOf('console.log("ran");\nconst = 5;');
    expect(ename).toBe('SyntaxError');
    expect(traceback).toContain('> 3 │ const = 5;\n    │       ^');
  });

  it('keep columns exact where types were erased', async () => {
    const { traceback } = await errorOf('const n: number | undefined = (undefined as any).x;');
    expect(traceback).toContain(
      '> 2 │ const n: number | undefined = (undefined as any).x;\n    │                                                  ^',
    );
  });
});
