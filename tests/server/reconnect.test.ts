import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Message } from '../../src/kernel/client/index.ts';
import { askForRuns, cellRequest, openLab, TestClient } from './support.ts';

const texts = (messages: Message[]) =>
  messages.filter(({ header }) => header.msg_type === 'stream').map(({ content }) => String(content.text));

test('a client that counts gets a flood complete, in order and once, however often its connection breaks', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const request = cellRequest('one', 'a', '// a flood');
  const lines: string[] = [];
  let received = 0;
  let client = await TestClient.open(lab, body.id, 'one', 'v1', received);
  kernels[0]!.holdsBack = true;
  client.send(request);
  await expect.poll(() => kernels[0]!.received.length).toBe(1);
  const isEnd = ({ parent_header, content }: Message) =>
    parent_header.msg_id === request.header.msg_id && content.execution_state === 'idle';
  let printed = 0;
  let breaks = 0;
  const flood = async () => {
    while (printed < 20_000) {
      for (let count = 0; count < 50; count += 1) {
        kernels[0]!.emit('iopub', 'stream', { name: 'stdout', text: `${printed}\n` }, request);
        printed += 1;
      }
      await setTimeout(1);
    }
    kernels[0]!.emit('shell', 'execute_reply', { status: 'ok', execution_count: 1 }, request);
    kernels[0]!.emit('iopub', 'status', { execution_state: 'idle' }, request);
  };
  const flooding = flood();
  for (let done = false; !done; ) {
    await setTimeout(5 + ((breaks * 37) % 61)); // at all phases of what is confirmed every 250 ms
    done = printed === 20_000;
    if (done)
      await client.until(isEnd); // not the status that every connection starts with
    else client.socket.terminate();
    breaks += 1;
    lines.push(...texts(client.received));
    received += client.received.length;
    if (!done) client = await TestClient.open(lab, body.id, 'one', 'v1', received);
  }
  await flooding;
  expect(breaks).toBeGreaterThan(5);
  expect(lines).toEqual(Array.from({ length: 20_000 }, (_, line) => `${line}\n`));
  const [run] = await askForRuns(client);
  expect(run).toMatchObject({ msg_id: request.header.msg_id, cell_id: 'a', state: 'done', cut: false });
  expect(run!.outputs).toHaveLength(1);
  expect(run!.outputs[0]!.content.text === lines.join('')).toBe(true);
}, 30_000);

test('a client that counts gets again what was on the wire; any other only what came while it was away', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const counting = await TestClient.open(lab, body.id, 'counting', 'v1', 0);
  const stock = await TestClient.open(lab, body.id, 'stock');
  const received = counting.received.length;
  for (const { socket } of [counting, stock]) socket.pause(); // their network is gone, and nobody knows yet
  kernels[0]!.emit('iopub', 'stream', { name: 'stdout', text: 'on the wire' });
  await setTimeout(20);
  for (const { socket } of [counting, stock]) socket.terminate();
  const connections = async () => (await ask('GET', `/api/kernels/${body.id}`)).body.connections;
  await expect.poll(connections).toBe(0);
  kernels[0]!.emit('iopub', 'stream', { name: 'stdout', text: 'while away' });
  const countingAgain = await TestClient.open(lab, body.id, 'counting', 'v1', received);
  const stockAgain = await TestClient.open(lab, body.id, 'stock');
  for (const client of [countingAgain, stockAgain]) await client.until(({ content }) => content.text === 'while away');
  expect(texts(countingAgain.received)).toEqual(['on the wire', 'while away']);
  expect(texts(stockAgain.received)).toEqual(['while away']);
});

test('a stock client is not pinged for confirmation, and may send the same message id twice', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const client = await TestClient.open(lab, body.id, 'one');
  let pings = 0;
  client.socket.on('ping', () => {
    pings += 1;
  });
  const request = client.execute('1');
  client.send(request);
  await expect.poll(() => kernels[0]!.received.map(({ content }) => content.code)).toEqual(['1', '1']);
  await setTimeout(400); // longer than a client that counts waits for its ping
  expect(pings).toBe(0);
});

test('a message that a client sends twice, unsure whether it arrived, reaches the kernel once', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const client = await TestClient.open(lab, body.id, 'one');
  const request = client.execute('1');
  client.socket.terminate();
  const again = await TestClient.open(lab, body.id, 'one', 'v1', 0);
  again.send(request);
  again.execute('2');
  await again.until(({ content }) => content.text === '2');
  expect(kernels[0]!.received.map(({ content }) => content.code)).toEqual(['1', '2']);
});

test('when a kernel dies its cell ends with an error, and what waited is answered as aborted', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const client = await TestClient.open(lab, body.id, 'one');
  kernels[0]!.holdsBack = true;
  const [running, queued] = [cellRequest('one', 'a', 'a'), cellRequest('one', 'b', 'b')];
  for (const request of [running, queued]) client.send(request);
  await expect.poll(() => kernels[0]!.received.length).toBe(2);
  kernels[0]!.emit('iopub', 'status', { execution_state: 'busy' }, running);
  kernels[0]!.emit('iopub', 'execute_input', { execution_count: 3 }, running);
  kernels[0]!.emit('iopub', 'stream', { name: 'stdout', text: 'so far' }, running);
  await client.until(({ content }) => content.text === 'so far');
  client.received.length = 0;
  kernels[0]!.die(null);
  const last = await client.until(({ content }) => content.execution_state === 'restarting');
  const evalue =
    'The kernel ended while this cell ran (SIGKILL). Its variables are lost. A system that is short of memory ends processes in this way.';
  const said = client.received
    .slice(0, client.received.indexOf(last) + 1)
    .map(({ header, parent_header, content }) => [
      header.msg_type,
      parent_header.msg_id === running.header.msg_id ? 'a' : parent_header.msg_id === queued.header.msg_id ? 'b' : '',
      content.status ?? content.execution_state ?? content.evalue ?? content.text,
    ]);
  expect(said).toEqual([
    ['error', 'a', evalue],
    ['execute_reply', 'a', 'error'],
    ['status', 'a', 'idle'],
    ['execute_reply', 'b', 'aborted'],
    ['status', 'b', 'idle'],
    ['status', '', 'restarting'],
  ]);
  const reply = client.received.find(({ header }) => header.msg_type === 'execute_reply')!;
  expect(reply.content).toMatchObject({ ename: 'KernelDied', evalue, execution_count: 3 });
  const runs = await askForRuns(client);
  expect(runs.map(run => [run.cell_id, run.state, run.outputs.map(({ type }: { type: string }) => type)])).toEqual([
    ['a', 'done', ['stream', 'error']],
    ['b', 'done', []],
  ]);
});

test('a restart by hand ends what ran and what waited', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const client = await TestClient.open(lab, body.id, 'one');
  kernels[0]!.holdsBack = true;
  const request = client.execute('for (;;) {}');
  await expect.poll(() => kernels[0]!.received.length).toBe(1);
  kernels[0]!.emit('iopub', 'status', { execution_state: 'busy' }, request);
  await ask('POST', `/api/kernels/${body.id}/restart`);
  const reply = await client.until(({ header }) => header.msg_type === 'execute_reply');
  expect([reply.content.status, reply.parent_header.msg_id]).toEqual(['aborted', request.header.msg_id]);
  expect(client.received.some(({ header }) => header.msg_type === 'error')).toBe(false);
  expect(kernels[1]!.received).toEqual([]);
});
