import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KernelProcess, startKernel } from '../../src/kernel/client/index.ts';

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** Places in which a cell can hang, each in a form that the type checker accepts. */
const PLACES = {
  'a tight loop': 'while (true) counter++',
  'a loop after an await': 'await new Promise(done => setTimeout(done, 5)); while (true) counter++',
  'a pending await': 'await new Promise(() => {})',
  'endless microtasks': 'await (async () => { for (;;) { await null; counter++; } })()',
  'a loop in a timer': 'setTimeout(() => { while (true); }, 5); await new Promise(done => setTimeout(done, 60000))',
  'a loop in nextTick': 'await new Promise(() => process.nextTick(() => { while (true); }))',
  'a loop that catches everything': 'try { while (true); } catch { counter = -1 } finally { counter = -1 }',
  'a flood of output': 'while (true) console.log("flood")',
  'a loop of timers':
    'await (async () => { for (;;) { await new Promise(done => setTimeout(done, 1)); counter++; } })()',
  'a thread that sleeps': 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
};

describe('interrupt', () => {
  let kernel: KernelProcess;
  beforeAll(async () => {
    kernel = await startKernel({ cwd: import.meta.dirname });
    await kernel.execute('var counter: number = 0; var kept = "kept"');
  });
  afterAll(() => kernel?.shutdown());

  async function interrupted(code: string, afterMs = 60) {
    const running = kernel.execute(`// @nocheck\n${code}`);
    await wait(afterMs);
    await kernel.interrupt();
    return running;
  }

  for (const [place, code] of Object.entries(PLACES)) {
    it(`stops ${place}, and the state is kept`, async () => {
      const { status, content, outputs } = await interrupted(code);
      expect(status).toBe('error');
      expect(content.ename).toBe('Interrupted');
      expect(outputs.at(-1)).toMatchObject({ output_type: 'error', ename: 'Interrupted' });
      expect((await kernel.execute('kept')).outputs).toMatchObject([{ data: { 'text/plain': "'kept'" } }]);
      expect((await kernel.execute('counter >= 0')).outputs).toMatchObject([{ data: { 'text/plain': 'true' } }]);
    });
  }

  it('ends a loop of timers for good', async () => {
    await interrupted(PLACES['a loop of timers']);
    const count = async () => (await kernel.execute('counter')).outputs[0];
    const before = await count();
    await wait(50);
    expect(await count()).toMatchObject({ data: (before as { data: object }).data });
  });

  it('stops 10 cells in a row', async () => {
    for (let round = 0; round < 10; round++) {
      const { content } = await interrupted('await new Promise(done => setTimeout(done, 2)); while (true);', 10);
      expect(content.ename).toBe('Interrupted');
    }
  });

  it("aborts the cell's signal, so that a loop of ours ends in its own way", async () => {
    const { outputs } = await interrupted(`
      const { signal } = (globalThis as any)[Symbol.for('learnable.display')];
      await new Promise<void>(done => signal.addEventListener('abort', () => { console.log('put away'); done(); }));`);
    expect(outputs).toContainEqual({ output_type: 'stream', name: 'stdout', text: 'put away\n' });
  });

  it('does nothing when no cell runs', async () => {
    await kernel.interrupt();
    expect((await kernel.execute('1')).status).toBe('ok');
  });

  it('aborts the cells that wait behind the one that is stopped', async () => {
    const first = kernel.execute('// @nocheck\nwhile (true);');
    const second = kernel.execute('1');
    await wait(60);
    await kernel.interrupt();
    expect((await first).status).toBe('error');
    expect((await second).status).toBe('aborted');
  });
});
