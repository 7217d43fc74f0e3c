import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type KernelProcess, type Message, startKernel } from '../../src/kernel/client/index.ts';

/** What a cell started and left behind: where its output and its errors go. */
describe('what comes late', () => {
  let kernel: KernelProcess;
  let seen: Message[] = [];
  beforeAll(async () => {
    kernel = await startKernel({ cwd: import.meta.dirname });
    kernel.onMessage(message => seen.push(message));
  });
  beforeEach(() => {
    seen = [];
  });
  afterAll(() => kernel?.shutdown());

  const run = (code: string) => kernel.execute(`// @nocheck\n${code}`);

  /** The text of the streams and errors that belong to the cell with this source, in order. */
  function shownAt(code: string): string[] {
    const input = seen.find(
      ({ header, content }) => header.msg_type === 'execute_input' && String(content.code).endsWith(code),
    );
    return seen
      .filter(({ parent_header }) => parent_header.msg_id === input?.parent_header.msg_id)
      .flatMap(({ header, content }) => {
        if (header.msg_type === 'stream') return String(content.text).trimEnd().split('\n');
        return header.msg_type === 'error' ? [`${content.ename}: ${content.evalue}`] : [];
      });
  }

  it('a promise that one cell begins, another can await', async () => {
    await run('const begun = (async () => { await new Promise(done => setTimeout(done, 30)); return 7; })();');
    await run('1');
    expect((await run('await begun')).outputs).toMatchObject([{ data: { 'text/plain': '7' } }]);
  });

  it('output of a timer, of an async function and of a display belongs to the cell that set it', async () => {
    const setter = `
      setTimeout(() => console.log('timer'), 20);
      (async () => { await null; await new Promise(done => setTimeout(done, 30)); console.log('async'); })();
      process.nextTick(() => setImmediate(() => console.log('soon')));`;
    await run(setter);
    const waiter = "for (const n of [1, 2]) { await new Promise(done => setTimeout(done, 25)); console.log('mine'); }";
    await run(waiter);
    expect(shownAt(setter)).toEqual(['soon', 'timer', 'async']);
    expect(shownAt(waiter)).toEqual(['mine', 'mine']);
  });

  it('an error in a timer or in a lost promise is shown at its cell, with its line, and ends nothing', async () => {
    const setter = `
      setTimeout(() => {
        throw new RangeError('in a timer');
      }, 10);
      (async () => {
        await new Promise(done => setTimeout(done, 10));
        throw new TypeError('in a promise');
      })();`;
    const { status, executionCount } = await run(setter);
    expect(status).toBe('ok');
    const waiter = 'await new Promise(done => setTimeout(done, 60)); console.log("on and on")';
    expect((await run(waiter)).outputs).toMatchObject([{ text: 'on and on\n' }]);
    expect(shownAt(setter)).toEqual(['RangeError: in a timer', 'TypeError: in a promise']);
    const errors = seen.filter(({ header }) => header.msg_type === 'error');
    const tracebacks = errors.map(({ content }) =>
      stripVTControlCharacters((content.traceback as string[]).join('\n')),
    );
    expect(tracebacks[0]).toMatch(/^Thrown where no code waits for it:\n/);
    expect(tracebacks[0]).toContain(`Cell In[${executionCount}], line 4`);
    expect(tracebacks[0]).toContain("> 4 │         throw new RangeError('in a timer');");
    expect(tracebacks[1]).toMatch(/^In a promise that nothing awaits:\n/);
    expect(tracebacks[1]).toContain("> 8 │         throw new TypeError('in a promise');");
  });

  it.each([
    ['Promise.reject(new Error("lost")); undefined', 'Error: lost'],
    ['queueMicrotask(() => { throw new Error("micro") })', 'Error: micro'],
    ['process.nextTick(() => { throw new Error("tick") })', 'Error: tick'],
    ['new (require("node:events"))().emit("error", new Error("event"))', 'Error: event'],
    ['require("node:net").connect(1, "127.0.0.1"); await new Promise(done => setTimeout(done, 50))', 'ECONNREFUSED'],
  ])('%s: shown before the cell is done', async (code, text) => {
    const { outputs } = await run(code);
    const errors = outputs.filter(output => output.output_type === 'error');
    expect(errors.map(({ ename, evalue }) => `${ename}: ${evalue}`)).toEqual([expect.stringContaining(text)]);
  });

  it('a rejection that is handled later in the cell is no error', async () => {
    const { outputs } = await run(`
      const late = Promise.reject(new Error('handled'));
      await null;
      await late.catch(error => error.message)`);
    expect(outputs).toMatchObject([{ data: { 'text/plain': "'handled'" } }]);
  });

  it('what a cell left behind still belongs to it after another was terminated', async () => {
    const setter = "const beat = setInterval(() => console.log('beat'), 20); undefined";
    await run(setter);
    const spinner = 'await null; while (true);';
    const spinning = run(spinner);
    await new Promise(resolve => setTimeout(resolve, 40));
    await kernel.interrupt();
    expect((await spinning).content.ename).toBe('Interrupted');
    const after = 'await new Promise(done => setTimeout(done, 50)); clearInterval(beat); console.log("after")';
    await run(after);
    expect(shownAt(after)).toEqual(['after']);
    expect(shownAt(spinner)).toEqual(['Interrupted: the cell was stopped; what it had declared is kept']);
    expect(new Set(shownAt(setter))).toEqual(new Set(['beat']));
  });
});
