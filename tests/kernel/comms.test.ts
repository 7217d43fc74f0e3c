import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMessage, type KernelProcess, type Message, startKernel } from '../../src/kernel/client/index.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

describe('comms', () => {
  const directory = mkdtempSync(join(tmpdir(), 'learnable-comms-'));
  let kernel: KernelProcess;
  let messages: Message[] = [];
  beforeAll(async () => {
    kernel = await startKernel({ cwd: directory });
    kernel.onMessage(message => messages.push(message));
    await kernel.execute("import { type Comm, openComm, registerCommTarget } from 'learnable/kernel'");
  });
  beforeEach(() => {
    messages = [];
  });
  afterAll(async () => {
    await kernel.shutdown();
    rmSync(directory, { recursive: true });
  });

  function send(type: string, comm: string, content: object = {}, buffers: Uint8Array[] = []): Message {
    const message = createMessage(
      'shell',
      type,
      { comm_id: comm, data: {}, ...content },
      { session: randomUUID(), buffers },
    );
    kernel.send(message);
    return message;
  }

  /** What the kernel published because of that message, once it is idle again. */
  async function answersTo({ header }: Message): Promise<Message[]> {
    const mine = () => messages.filter(({ parent_header }) => parent_header.msg_id === header.msg_id);
    while (!mine().some(({ content }) => content.execution_state === 'idle')) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    return mine();
  }

  const seen = (answers: Message[]) =>
    answers.map(
      ({ header, content }) =>
        `${header.msg_type} ${content.execution_state ?? JSON.stringify(content.data ?? content.text)}`,
    );

  it('echo data and buffers, with the message as parent, between busy and idle', async () => {
    await kernel.execute(`registerCommTarget('echo', (comm, first) => {
      comm.onMessage(({ data, metadata, buffers }) => comm.send(data, { metadata, buffers }));
      comm.send({ hello: first.data.name }, { buffers: [new Float32Array([1.5]), new Uint8Array([7]).buffer] });
    })`);
    const opened = await answersTo(send('comm_open', 'a', { target_name: 'echo', data: { name: 'Ada' } }));
    expect(seen(opened)).toEqual(['status busy', 'comm_msg {"hello":"Ada"}', 'status idle']);
    expect(opened[1]?.content.comm_id).toBe('a');
    expect(opened[1]?.buffers.map(buffer => [...buffer])).toEqual([[0, 0, 192, 63], [7]]);

    const [, echo] = await answersTo(send('comm_msg', 'a', { data: { x: 1 } }, [bytes(1, 2, 3), bytes()]));
    expect(echo?.content).toEqual({ comm_id: 'a', data: { x: 1 } });
    expect(echo?.buffers.map(buffer => [...buffer])).toEqual([[1, 2, 3], []]);

    const { content } = await kernel.request('shell', 'comm_info_request', { target_name: 'echo' });
    expect(content.comms).toEqual({ a: { target_name: 'echo' } });
    await answersTo(send('comm_close', 'a'));
    expect((await kernel.request('shell', 'comm_info_request', {})).content.comms).toEqual({});
  });

  it('are opened, used and closed by a cell', async () => {
    await kernel.execute(`
      const slider = openComm('slider', { value: 1 }, { metadata: { version: '2' } });
      const closed: unknown[] = [];
      slider.onClose(({ data }) => closed.push(data));
      slider.send([2]);`);
    const [open, message] = messages.filter(({ header }) => header.msg_type.startsWith('comm_'));
    expect(open).toMatchObject({
      header: { msg_type: 'comm_open' },
      parent_header: { msg_type: 'execute_request' },
      metadata: { version: '2' },
      content: { target_name: 'slider', data: { value: 1 } },
    });
    expect(message?.content).toEqual({ comm_id: open?.content.comm_id, data: [2] });
    await answersTo(send('comm_close', String(open?.content.comm_id), { data: { why: 'gone' } }));
    const { content } = await kernel.execute('console.log(closed, slider.isOpen); slider.send(1)');
    expect(messages.findLast(({ header }) => header.msg_type === 'stream')?.content.text).toBe(
      "[ { why: 'gone' } ] false\n",
    );
    expect(content.evalue).toBe('comm slider: send after it was closed. Open another one.');
  });

  it('to a target that nobody registered are closed, messages to unknown ones ignored', async () => {
    const answers = await answersTo(send('comm_open', 'b', { target_name: 'nobody' }));
    expect(seen(answers)).toEqual(['status busy', 'comm_close {}', 'status idle']);
    expect(answers[1]?.content.comm_id).toBe('b');
    expect(seen(await answersTo(send('comm_msg', 'b')))).toEqual(['status busy', 'status idle']);
  });

  it('find a target that a cell sent before them registers', async () => {
    const running = kernel.execute(`
      await new Promise(done => setTimeout(done, 50));
      registerCommTarget('late', comm => comm.send('here'));`);
    const opened = send('comm_open', 'c', { target_name: 'late' });
    expect(seen(await answersTo(opened))).toEqual(['status busy', 'comm_msg "here"', 'status idle']);
    await running;
  });

  it('reach a cell that awaits them; what waits for a spinning cell comes in order', async () => {
    const answered = kernel.execute(`
      const line = openComm('ask');
      const first = await new Promise(resolve => line.onMessage(({ data }) => resolve(data)));
      console.log('got', first);`);
    let open: Message | undefined;
    while (!open) {
      await new Promise(resolve => setTimeout(resolve, 5));
      open = messages.find(({ header }) => header.msg_type === 'comm_open');
    }
    send('comm_msg', String(open.content.comm_id), { data: 5 });
    expect((await answered).outputs).toMatchObject([{ text: 'got 5\n' }]);

    await kernel.execute('const order: unknown[] = []; line.onMessage(({ data }) => order.push(data))');
    const spinning = kernel.execute('for (const until = Date.now() + 150; Date.now() < until; );');
    for (let index = 0; index < 20; index++) send('comm_msg', String(open.content.comm_id), { data: index });
    await spinning;
    const { outputs } = await kernel.execute('order.join()');
    expect(outputs).toMatchObject([{ data: { 'text/plain': `'${[...Array(20).keys()].join()}'` } }]);
  });

  it('report what a handler throws or rejects with, and live on', async () => {
    await kernel.execute(`registerCommTarget('bad', comm => {
      comm.onMessage(() => { throw new Error('in the handler') });
      comm.onMessage(async () => { await 0; throw new Error('later') });
    });
    registerCommTarget('worse', () => { throw new Error('at opening') });`);
    await answersTo(send('comm_open', 'd', { target_name: 'bad' }));
    const answers = await answersTo(send('comm_msg', 'd'));
    expect(answers.at(1)?.content).toMatchObject({ name: 'stderr' });
    expect(String(answers.at(1)?.content.text)).toContain('Error in a handler of the comm bad:');
    expect(String(answers.at(1)?.content.text)).toContain('in the handler');
    const text = () => messages.map(({ content }) => content.text ?? '').join('');
    expect(text()).toContain('later');
    const worse = await answersTo(send('comm_open', 'e', { target_name: 'worse' }));
    expect(worse.map(({ header }) => header.msg_type)).toContain('comm_close');
    expect(text()).toContain('at opening');
    expect((await kernel.execute('1')).status).toBe('ok');
  });

  it('say what cannot be sent', async () => {
    expect((await kernel.execute("openComm('x', 5n)")).content.evalue).toBe(
      'comm x: data cannot be sent as JSON: Do not know how to serialize a BigInt. Send bytes as buffers.',
    );
    expect((await kernel.execute("openComm('x', 0, { buffers: ['text' as any] })")).content.evalue).toBe(
      'buffers: expected ArrayBuffers or views of them, received string',
    );
    expect((await kernel.execute("openComm('x', 0, { buffers: ['text'] })")).content.evalue).toContain(
      "Type 'string' is not assignable to type 'CommBuffer'",
    );
  });

  it('are stopped by an interrupt where a handler spins', async () => {
    await kernel.execute("registerCommTarget('spin', () => { while (true); })");
    const opened = send('comm_open', 'f', { target_name: 'spin' });
    await new Promise(resolve => setTimeout(resolve, 50));
    await kernel.interrupt();
    expect(seen(await answersTo(opened))).toEqual(['status busy', 'status idle']);
    expect((await kernel.execute('1 + 1')).outputs).toMatchObject([{ data: { 'text/plain': '2' } }]);
  });
});
