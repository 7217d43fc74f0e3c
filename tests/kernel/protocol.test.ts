import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMessage, type KernelProcess, type Message, startKernel } from '../../src/kernel/client/index.ts';

describe('the protocol', () => {
  let kernel: KernelProcess;
  beforeAll(async () => {
    kernel = await startKernel({ cwd: import.meta.dirname });
  });
  afterAll(() => kernel?.shutdown());

  /** All that the kernel sends for one execution, until it is idle. */
  async function messagesOf(code: string, content: Record<string, unknown> = {}): Promise<Message[]> {
    const request = createMessage('shell', 'execute_request', { code, ...content }, { session: randomUUID() });
    return new Promise(resolve => {
      const messages: Message[] = [];
      const stop = kernel.onMessage(message => {
        if (message.parent_header.msg_id !== request.header.msg_id) return;
        messages.push(message);
        if (message.content.execution_state !== 'idle') return;
        stop();
        resolve(messages);
      });
      kernel.send(request);
    });
  }

  const types = (messages: Message[]) => messages.map(({ header }) => header.msg_type);

  it('sends busy, input, output, result, reply and idle, in this order', async () => {
    const messages = await messagesOf('console.log("a"); console.error("b"); 1');
    expect(types(messages)).toEqual([
      'status',
      'execute_input',
      'stream',
      'stream',
      'execute_result',
      'execute_reply',
      'status',
    ]);
    expect(messages[0]?.content).toEqual({ execution_state: 'busy' });
  });

  it('is quiet when it is asked to be silent, and does not count', async () => {
    const before = (await kernel.execute('0')).executionCount!;
    expect(types(await messagesOf('5', { silent: true }))).toEqual(['status', 'execute_reply', 'status']);
    expect((await kernel.execute('0')).executionCount).toBe(before + 1);
  });

  it('does not count what is not stored', async () => {
    const before = (await kernel.execute('0')).executionCount!;
    expect((await kernel.execute('5', { storeHistory: false })).executionCount).toBe(before);
  });

  it('runs an empty cell without counting it', async () => {
    const before = (await kernel.execute('0')).executionCount!;
    expect(await kernel.execute('  \n')).toMatchObject({ status: 'ok', executionCount: before, outputs: [] });
  });

  it('aborts what waits after an error, and only that', async () => {
    const cells = await Promise.all(['throw new Error("x")', '1', '2'].map(code => kernel.execute(code)));
    expect(cells.map(({ status }) => status)).toEqual(['error', 'aborted', 'aborted']);
    expect(cells.slice(1).map(({ executionCount }) => executionCount)).toEqual([null, null]);
    expect((await kernel.execute('3')).status).toBe('ok');
  });

  it('goes on after an error where the client says so', async () => {
    const cells = await Promise.all(
      ['throw new Error("x")', '1'].map(code => kernel.execute(code, { stopOnError: false })),
    );
    expect(cells.map(({ status }) => status)).toEqual(['error', 'ok']);
  });

  it('evaluates user expressions', async () => {
    const messages = await messagesOf('var six = 6', {
      user_expressions: { product: 'six * 7', wrong: 'nothing.here' },
    });
    const reply = messages.find(({ header }) => header.msg_type === 'execute_reply');
    expect(reply?.content.user_expressions).toMatchObject({
      product: { status: 'ok', data: { 'text/plain': '42' } },
      wrong: { status: 'error', ename: 'ReferenceError' },
    });
  });

  it('delivers 100,000 lines complete and in order, before it is idle', async () => {
    const { outputs } = await kernel.execute('for (let i = 0; i < 100_000; i++) console.log(i)');
    expect(outputs).toHaveLength(1);
    const lines = (outputs[0] as { text: string }).text.split('\n');
    expect(lines).toHaveLength(100_001);
    expect(lines.findIndex((line, index) => line !== String(index))).toBe(100_000);
  });

  it('keeps the order of a flood of lines, errors, and displays', async () => {
    const messages = await messagesOf(`import { display } from 'tslab';
      for (let i = 0; i < 20_000; i++) {
        console.log(i);
        if (i % 100 === 1) console.error(i);
        if (i % 1000 === 2) display.text(String(i));
      }`);
    const shown = messages.flatMap(({ header, content }) => {
      if (header.msg_type === 'display_data')
        return [`display ${(content.data as Record<string, string>)['text/plain']}`];
      if (header.msg_type !== 'stream') return [];
      return String(content.text)
        .split('\n')
        .slice(0, -1)
        .map(line => `${content.name} ${line}`);
    });
    const expected = Array.from({ length: 20_000 }, (_, i) => [
      `stdout ${i}`,
      ...(i % 100 === 1 ? [`stderr ${i}`] : []),
      ...(i % 1000 === 2 ? [`display ${i}`] : []),
    ]).flat();
    expect(shown).toEqual(expected);
  });

  it('goes on printing after a recursion without end that prints', async () => {
    const { status, outputs } = await kernel.execute(`
      function descend(): void { console.log('down'); descend(); }
      for (let i = 0; i < 20; i++) try { descend(); } catch {}
      for (let i = 0; i < 50_000; i++) console.log('after', i);`);
    expect(status).toBe('ok');
    const text = outputs.map(output => (output as { text: string }).text).join('');
    expect(text.slice(text.indexOf('after'))).toBe(Array.from({ length: 50_000 }, (_, i) => `after ${i}\n`).join(''));
  });

  it('delivers a line of 10 MB', async () => {
    const { outputs } = await kernel.execute('console.log("x".repeat(10_000_000))');
    expect((outputs[0] as { text: string }).text).toHaveLength(10_000_001);
  });

  it('shows output while the cell spins, and answers other requests meanwhile', async () => {
    let sawOutput = 0;
    const started = performance.now();
    const running = kernel.execute('console.log("now"); const until = Date.now() + 600; while (Date.now() < until);', {
      onOutput: ({ header }) => {
        if (header.msg_type === 'stream') sawOutput = performance.now() - started;
      },
    });
    await kernel.request('control', 'kernel_info_request', {});
    expect(performance.now() - started).toBeLessThan(400);
    await running;
    expect(sawOutput).toBeGreaterThan(0);
    expect(sawOutput).toBeLessThan(500);
  });

  it('shows, redraws and clears displays', async () => {
    const { outputs } = await kernel.execute(`
      const channel = (globalThis as any)[Symbol.for('learnable.display')];
      channel.display({ 'text/plain': 'gone' });
      channel.clearOutput();
      channel.display({ 'text/plain': 'first' }, { displayId: 'd' });
      channel.display({ 'text/plain': 'second' }, { displayId: 'd', update: true });`);
    expect(outputs).toEqual([{ output_type: 'display_data', data: { 'text/plain': 'second' }, metadata: {} }]);
  });

  it('opens a page for a cell that asks about a name', async () => {
    await kernel.execute('/** Twice the number. */\nfunction twice(n: number) { return 2 * n }');
    const text = 'function twice(n: number): number\n\nTwice the number.';
    for (const question of ['twice?', ' ?twice ', 'twice??']) {
      const { status, content, outputs } = await kernel.execute(question);
      expect({ status, outputs }).toEqual({ status: 'ok', outputs: [] });
      const source =
        question === 'twice??' ? expect.stringMatching(/Cell In\[\d+\], line 2\n\n {2}function twice/) : text;
      expect(content.payload).toMatchObject([{ source: 'page', data: { 'text/plain': source }, start: 0 }]);
    }
    expect((await kernel.execute('nowhere?')).content.payload).toMatchObject([
      { data: { 'text/plain': 'Nothing is known of nowhere.' } },
    ]);
    expect((await kernel.execute('1 > 0 ? twice(2) : 3')).content.payload).toEqual([]);
    expect((await kernel.execute('twice(1)?')).content).toMatchObject({ ename: 'SyntaxError' });
    const asked = await kernel.request('shell', 'is_complete_request', { code: 'twice?' });
    expect(asked.content).toEqual({ status: 'complete' });
  });

  it('keeps a history', async () => {
    await kernel.execute('"findMe"');
    const { content } = await kernel.request('shell', 'history_request', {
      hist_access_type: 'search',
      pattern: '*find?e*',
      output: true,
    });
    expect(content.history).toMatchObject([[0, expect.any(Number), ['"findMe"', "'findMe'"]]]);
  });

  it('says what it is, on shell and on control', async () => {
    for (const channel of ['shell', 'control'] as const) {
      const { content } = await kernel.request(channel, 'kernel_info_request', {});
      expect(content).toMatchObject({ status: 'ok', protocol_version: '5.5', supported_features: [], debugger: false });
    }
  });

  it('says of other requests that it does not support them', async () => {
    const debug = await kernel.request('control', 'debug_request', { seq: 7, command: 'initialize', type: 'request' });
    expect(debug.header.msg_type).toBe('debug_reply');
    expect(debug.content).toMatchObject({
      type: 'response',
      request_seq: 7,
      success: false,
      command: 'initialize',
      message: 'this kernel has no debugger',
    });
    const { header, content } = await kernel.request('control', 'create_subshell_request', {});
    expect(header.msg_type).toBe('create_subshell_reply');
    expect(content).toMatchObject({
      status: 'error',
      evalue: 'create_subshell_request is not supported by this kernel',
    });
  });

  it('tells what it uses of the machine', async () => {
    const { header, content } = await kernel.request('control', 'usage_request', {});
    expect(header.msg_type).toBe('usage_reply');
    expect(content).toMatchObject({ pid: kernel.pid, cpu_count: expect.any(Number) });
    expect(content.kernel_memory).toBeGreaterThan(2 ** 20);
    expect((content.host_virtual_memory as { total: number }).total).toBeGreaterThan(Number(content.kernel_memory));
  });

  it('answers a request to execute that makes no sense with what is wrong, and aborts nothing', async () => {
    const wrong: [object, string][] = [
      [{ code: undefined }, 'expected a string as code, received nothing'],
      [{ code: 5 }, 'expected a string as code, received 5'],
      [{ code: '1', silent: 'no' }, 'expected true or false as silent, received "no"'],
      [{ code: '1', user_expressions: [1] }, 'expected an object as user_expressions, received [1]'],
      [{ code: '1', user_expressions: { a: 1 } }, 'expected a string as user_expressions.a, received 1'],
    ];
    for (const [content, problem] of wrong) {
      const asked = messagesOf('', content as Record<string, unknown>);
      const next = kernel.execute('1');
      const messages = await asked;
      expect(types(messages)).toEqual(['status', 'error', 'execute_reply', 'status']);
      expect(messages[2]?.content).toMatchObject({ status: 'error', evalue: `execute_request: ${problem}` });
      expect((await next).status).toBe('ok');
    }
    const { status } = (await messagesOf('1', { user_expressions: null, stop_on_error: null })).at(-2)!.content;
    expect(status).toBe('ok');
  });

  it('says when a cell started, and never uses an id twice', async () => {
    const before = Date.now();
    const messages = await messagesOf('console.log(1); 2');
    const started = Date.parse(
      String(messages.find(({ header }) => header.msg_type === 'execute_reply')?.metadata.started),
    );
    expect(started).toBeGreaterThanOrEqual(before);
    expect(started).toBeLessThanOrEqual(Date.now());
    expect(new Set(messages.map(({ header }) => header.msg_id)).size).toBe(messages.length);
  });

  it('goes on after a silent error', async () => {
    const cells = await Promise.all([kernel.execute('throw new Error("x")', { silent: true }), kernel.execute('1')]);
    expect(cells.map(({ status }) => status)).toEqual(['error', 'ok']);
  });

  it('survives messages that make no sense', async () => {
    const session = randomUUID();
    kernel.send(createMessage('shell', 'execute_request', { code: 5, user_expressions: 'x' }, { session }));
    kernel.send(createMessage('shell', 'nonsense', {}, { session }));
    kernel.send({ ...createMessage('shell', 'x', {}, { session }), header: {} as never });
    kernel.send({ ...createMessage('shell', 'x', {}, { session }), channel: 'nowhere' as never });
    expect((await kernel.execute('1')).status).toBe('ok');
  });

  it('reports rejections that nothing awaits and errors in timers, and lives on', async () => {
    const { outputs, status } = await kernel.execute(`
      void Promise.reject(new Error('nobody waits'));
      setTimeout(() => { throw new Error('late') }, 1);
      await new Promise(done => setTimeout(done, 30));`);
    expect(status).toBe('ok');
    expect(outputs).toMatchObject([
      { output_type: 'error', evalue: 'nobody waits' },
      { output_type: 'error', evalue: 'late' },
    ]);
  });
});
