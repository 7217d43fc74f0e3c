import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { random } from '../../src/core/index.ts';
import { createMessage, type KernelProcess, type Message, startKernel } from '../../src/kernel/client/index.ts';

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
  'a pattern that never ends': '/^(a+)+$/.test("a".repeat(40) + "b")',
  'WebAssembly that loops': `
    const loop = [0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11];
    new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(loop))).exports.f();`,
  'a generator': 'for (const n of (function* () { for (;;) yield 1; })()) counter = n',
  'nextTick that calls itself': 'await new Promise(() => (function again() { process.nextTick(again); })())',
  'only an interval': 'setInterval(() => {}, 1); await new Promise(() => {})',
  'a stream without end':
    'for await (const n of (async function* () { for (;;) { await null; yield 1; } })()) counter = n',
  'Promise.all': 'await Promise.all([new Promise(() => {}), new Promise(done => setTimeout(done, 60000))])',
  'the end of a worker': `
    const { Worker } = require('node:worker_threads');
    const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
    worker.unref();
    await new Promise(done => worker.once('exit', done));`,
  'what using disposes': 'using held = { [Symbol.dispose]() { while (true); } }; counter = 1',
  finally: 'try { throw new Error() } finally { while (true); }',
  'a getter that is shown': '({ get [Symbol.toStringTag]() { while (true); } })',
  'a proxy that is shown': 'new Proxy([], { get() { while (true); } })',
};

/** How clients ask for it. Windows has no signals between processes. */
const WAYS = process.platform === 'win32' ? (['message'] as const) : (['message', 'SIGINT'] as const);

describe('interrupt', () => {
  let kernel: KernelProcess;
  beforeAll(async () => {
    kernel = await startKernel({ cwd: import.meta.dirname });
    await kernel.execute('var counter: number = 0; var kept = "kept"');
  });
  afterAll(() => kernel?.shutdown());

  async function interrupt(way: (typeof WAYS)[number] = 'message') {
    if (way === 'message') await kernel.interrupt();
    else process.kill(kernel.pid, way);
  }

  async function interrupted(code: string, { afterMs = 60, way = WAYS[0] as (typeof WAYS)[number] } = {}) {
    const running = kernel.execute(`// @nocheck\n${code}`);
    await wait(afterMs);
    await interrupt(way);
    return running;
  }

  describe.each(WAYS)('by %s', way => {
    it.each(Object.entries(PLACES))('stops %s, and the state is kept', async (_, code) => {
      const { status, content, outputs } = await interrupted(code, { way });
      expect(status).toBe('error');
      expect(content.ename).toBe('Interrupted');
      expect(outputs.at(-1)).toMatchObject({ output_type: 'error', ename: 'Interrupted' });
      expect((await kernel.execute('kept')).outputs).toMatchObject([{ data: { 'text/plain': "'kept'" } }]);
      expect((await kernel.execute('counter >= 0')).outputs).toMatchObject([{ data: { 'text/plain': 'true' } }]);
    });

    it('stops 10 cells in a row', async () => {
      for (let round = 0; round < 10; round++) {
        const code = 'await new Promise(done => setTimeout(done, 2)); while (true);';
        expect((await interrupted(code, { afterMs: 10, way })).content.ename).toBe('Interrupted');
      }
    });

    it('stops cells at any time, 40 of 40, with every reply and the state kept', async () => {
      const numbers = random(7);
      const places = Object.values(PLACES);
      await kernel.execute('var round = 0');
      for (let round = 1; round <= 40; round++) {
        const code = places[Math.floor(numbers.uniform() * places.length)]!;
        const running = kernel.execute(`// @nocheck\nround = ${round};\n${code}`);
        await wait(numbers.uniform() * 12);
        await Promise.all(numbers.uniform() < 0.3 ? [interrupt(way), interrupt(way)] : [interrupt(way)]);
        expect(await running).toMatchObject({ status: 'error', content: { ename: 'Interrupted' } });
        if (round % 8 === 0) {
          const { outputs } = await kernel.execute(`// @nocheck\nround = ${round}; [kept, round]`);
          expect(outputs).toMatchObject([{ data: { 'text/plain': `[ 'kept', ${round} ]` } }]);
        }
      }
    });

    it('does nothing when no cell runs, however often, and harms no later cell', async () => {
      for (let round = 0; round < 20; round++) {
        const burst = Array.from({ length: round }, () => interrupt(way));
        await Promise.all(burst);
        await wait(30);
        const { outputs } = await kernel.execute(
          '// @nocheck\nconst until = Date.now() + 60; while (Date.now() < until); kept',
        );
        expect(outputs).toMatchObject([{ data: { 'text/plain': "'kept'" } }]);
      }
      // TypeScript's process, which such a signal may have reached, answers as ever.
      const { content } = await kernel.execute('const six: number = "six"');
      expect(content.evalue).toMatch(/Type 'string' is not assignable/);
    });
  });

  it('ends a loop of timers for good', async () => {
    await interrupted(PLACES['a loop of timers']);
    const count = async () => (await kernel.execute('counter')).outputs[0];
    const before = await count();
    await wait(50);
    expect(await count()).toMatchObject({ data: (before as { data: object }).data });
  });

  it("aborts the cell's signal, so that a loop of ours ends in its own way", async () => {
    const { outputs } = await interrupted(`
      const { signal } = (globalThis as any)[Symbol.for('learnable.display')];
      await new Promise<void>(done => signal.addEventListener('abort', () => { console.log('put away'); done(); }));`);
    expect(outputs).toContainEqual({ output_type: 'stream', name: 'stdout', text: 'put away\n' });
  });

  it.each([
    [
      'a loop',
      'function spin() {\n  while (true) counter++;\n}\nspin();',
      ['> 3 │   while (true) counter++;', '> 5 │ spin();'],
    ],
    [
      'an await',
      'async function hang() {\n  await null;\n  await new Promise(() => {});\n}\nawait hang();',
      ['> 4 │   await new Promise(() => {});\n    │   ^', '> 6 │ await hang();\n    │ ^'],
    ],
    [
      'a function of Node',
      'const hash = require("node:crypto");\nfor (;;) hash.pbkdf2Sync("a", "b", 1e5, 64, "sha512");',
      ['> 3 │'],
    ],
  ])('says where the cell stood: in %s', async (_, code, lines) => {
    const { content } = await interrupted(code);
    const traceback = stripVTControlCharacters((content.traceback as string[]).join('\n'));
    expect(lines.map(line => traceback.indexOf(line))).toEqual(lines.map(() => expect.toSatisfy(at => at >= 0)));
    expect(traceback.indexOf(lines[0]!)).toBeLessThanOrEqual(traceback.indexOf(lines.at(-1)!));
    expect(traceback).toMatch(/Interrupted: the cell was stopped; what it had declared is kept$/);
  });

  it('ends the requests of the cell, and leaves those of the learner to their own signal', async () => {
    const open = new Set<IncomingMessage>();
    const server = createServer(request => {
      open.add(request);
      request.once('close', () => open.delete(request));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const url = JSON.stringify(`http://127.0.0.1:${port}/`);
    const running = kernel.execute(`// @nocheck
      void fetch(${url});
      fetch(${url}, { signal: new AbortController().signal }).then(() => {}, error => (counter = error.name));
      await fetch(new Request(${url}));`);
    while (open.size < 3) await wait(10);
    await kernel.interrupt();
    const { outputs } = await running;
    expect(outputs).toMatchObject([{ ename: 'Interrupted' }]);
    while (open.size > 0) await wait(10);
    expect((await kernel.execute('counter as unknown')).outputs).toMatchObject([
      { data: { 'text/plain': "'AbortError'" } },
    ]);
    const own = await kernel.execute(`// @nocheck
      await fetch(${url}, { signal: AbortSignal.timeout(20) }).catch(error => (counter = 1, error.name))`);
    expect(own.outputs).toMatchObject([{ data: { 'text/plain': "'TimeoutError'" } }]);
    server.closeAllConnections();
    server.close();
  });

  it('stops a cell that asks its reader; the late answer is for nobody', async () => {
    for (const code of ['prompt("first?")', 'await input("first?")']) {
      const asked: Message[] = [];
      const stop = kernel.onMessage(message => {
        if (message.header.msg_type === 'input_request') asked.push(message);
      });
      const answer = (value: string) =>
        kernel.send(createMessage('stdin', 'input_reply', { status: 'ok', value }, { session: kernel.session }));
      const first = kernel.execute(`// @nocheck\n${code}`, { allowStdin: true });
      while (asked.length < 1) await wait(5);
      await kernel.interrupt();
      expect((await first).content.ename).toBe('Interrupted');
      answer('too late');
      await wait(20);
      const second = kernel.execute('// @nocheck\nprompt("second?")', { allowStdin: true });
      while (asked.length < 2) await wait(5);
      answer('in time');
      expect((await second).outputs).toMatchObject([{ data: { 'text/plain': "'in time'" } }]);
      stop();
    }
  });

  it('says so when only the end of a call will stop the cell, and answers meanwhile', async () => {
    const running = kernel.execute(
      '// @nocheck\nrequire("node:child_process").execFileSync(process.execPath, ["-e", "setTimeout(() => {}, 2500)"])',
    );
    await wait(300);
    let ended = false;
    void running.then(() => {
      ended = true;
    });
    await Promise.all([kernel.interrupt(), kernel.interrupt()]);
    expect(ended).toBe(false);
    const { content, outputs } = await running;
    expect(content.ename).toBe('Interrupted');
    expect(outputs[0]).toMatchObject({
      name: 'stderr',
      text: expect.stringMatching(/^The cell is in a call that cannot/),
    });
    expect((await kernel.execute('kept')).status).toBe('ok');
  });

  it('stops a cell that is still checked', async () => {
    // A cell whose types alone take long.
    const types = 'type Long<N extends number, T extends 0[] = []> = T["length"] extends N ? T : Long<N, [...T, 0]>;';
    const slow = Array.from({ length: 15 }, (_, i) => `type L${i} = Long<${900 + i}>["length"];`).join('\n');
    const running = kernel.execute(`${types}\n${slow}\nkept = 'changed';`);
    await wait(5);
    await kernel.interrupt();
    const { content } = await running;
    expect(content).toMatchObject({ ename: 'Interrupted', evalue: 'the cell was stopped before any of it ran' });
    expect((await kernel.execute('kept')).outputs).toMatchObject([{ data: { 'text/plain': "'kept'" } }]);
  });

  it('leaves no scope of TensorFlow.js open', async () => {
    await kernel.execute(`
      import * as tf from '@tensorflow/tfjs';
      const before = tf.memory().numTensors;`);
    await interrupted(`tf.tidy(() => {
      const held = tf.ones([3]);
      for (;;) counter++;
    })`);
    await interrupted('tf.grad(x => { for (;;) counter++; })(tf.ones([2]))');
    const { outputs } = await kernel.execute(`// @nocheck
      const outside = tf.ones([2]);
      const { scopeStack, gradientDepth, kernelDepth, activeTape } = tf.engine().state;
      [tf.memory().numTensors - before, scopeStack.length, gradientDepth, kernelDepth, activeTape]`);
    expect(outputs).toMatchObject([{ data: { 'text/plain': expect.stringMatching(/^\[ [12], 0, 0, 0, null \]$/) } }]);
  });

  it.runIf(WAYS.length > 1)('calls the handlers of the learner too, and needs none of theirs', async () => {
    await kernel.execute('process.on("SIGINT", () => console.log("heard"))');
    const { content, outputs } = await interrupted('await 0; while (true);', { way: 'SIGINT' });
    expect(content.ename).toBe('Interrupted');
    const { outputs: later } = await kernel.execute('await new Promise(done => setTimeout(done, 50))');
    expect([...outputs, ...later]).toContainEqual({ output_type: 'stream', name: 'stdout', text: 'heard\n' });
    await kernel.execute('process.removeAllListeners("SIGINT")');
    expect((await interrupted('while (true);', { way: 'SIGINT' })).content.ename).toBe('Interrupted');
    expect((await kernel.execute('kept')).status).toBe('ok');
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
