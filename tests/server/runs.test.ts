import { expect, test } from 'vitest';
import type { Message } from '../../src/kernel/client/index.ts';
import { askForRuns, cellRequest, createTestMessage, openLab, TestClient } from './support.ts';

const LEAVES = 1001;
const isQuestion = ({ channel }: Message) => channel === 'stdin';

test('the latest run of each cell is kept as a page would show it', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const client = await TestClient.open(lab, body.id, 'one');
  const kernel = kernels[0]!;
  kernel.holdsBack = true;
  const [first, second, queued] = ['a', 'b', 'c'].map(id => cellRequest('one', id, `cell ${id}`));
  for (const request of [first, second, queued]) client.send(request!);
  await expect.poll(() => kernel.received.length).toBe(3);
  kernel.emit('iopub', 'status', { execution_state: 'busy' }, first);
  kernel.emit('iopub', 'execute_input', { execution_count: 7 }, first);
  kernel.emit('iopub', 'stream', { name: 'stdout', text: 'gone' }, first);
  kernel.emit('iopub', 'clear_output', { wait: true }, first);
  const transient = { display_id: 'bar' };
  kernel.emit('iopub', 'display_data', { data: { 'text/plain': '1%' }, metadata: {}, transient }, first);
  for (const text of ['a', 'b']) kernel.emit('iopub', 'stream', { name: 'stderr', text }, first);
  kernel.emit('shell', 'execute_reply', { status: 'ok', execution_count: 7 }, first);
  kernel.emit('iopub', 'status', { execution_state: 'idle' }, first);
  kernel.emit('iopub', 'status', { execution_state: 'busy' }, second);
  kernel.emit('iopub', 'update_display_data', { data: { 'text/plain': '9%' }, metadata: {}, transient }, second);
  kernel.emit('stdin', 'input_request', { prompt: 'name?', password: false }, second);
  const runs = await askForRuns(client);
  expect(runs.map(run => [run.cell_id, run.code, run.state, run.execution_count])).toEqual([
    ['a', 'cell a', 'done', 7],
    ['b', 'cell b', 'running', null],
    ['c', 'cell c', 'queued', null],
  ]);
  expect(runs[0]!.outputs).toEqual([
    { type: 'display_data', content: { data: { 'text/plain': '9%' }, metadata: {}, transient } },
    { type: 'stream', content: { name: 'stderr', text: 'ab' } },
  ]);
  expect(runs.map(run => [run.attended, run.input])).toEqual(Array(3).fill([true, null])); // who asked sees the question
  client.send(createTestMessage('stdin', 'input_reply', { value: 'Ada' }, 'one'));
  const answered = await askForRuns(client);
  expect(answered[1]!.outputs).toEqual([{ type: 'stream', content: { name: 'stdin', text: 'name? Ada\n' } }]);
  client.send(cellRequest('one', 'a', 'once more'));
  expect((await askForRuns(client)).map(run => [run.cell_id, run.code, run.outputs.length])).toEqual([
    ['b', 'cell b', 1],
    ['c', 'cell c', 0],
    ['a', 'once more', 0],
  ]);
});

test('whoever watches is told of the runs of others, of their end, and of answers; nobody else is', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const one = await TestClient.open(lab, body.id, 'one');
  const two = await TestClient.open(lab, body.id, 'two');
  const stranger = await TestClient.open(lab, body.id, 'not ours');
  expect(await askForRuns(two)).toEqual([]);
  kernels[0]!.holdsBack = true;
  const request = cellRequest('one', 'a', 'await input()');
  one.send(request);
  const told = await two.until(({ header }) => header.msg_type === 'learnable_run');
  expect(told.content.run).toMatchObject({ msg_id: request.header.msg_id, attended: true, state: 'queued' });
  kernels[0]!.emit('iopub', 'status', { execution_state: 'busy' }, request);
  kernels[0]!.emit('stdin', 'input_request', { prompt: 'Who?' }, request);
  await one.until(isQuestion);
  one.send(createTestMessage('stdin', 'input_reply', { value: 'Ada' }, 'one'));
  const answer = await two.until(({ header }) => header.msg_type === 'stream');
  expect([answer.content, answer.parent_header.msg_id]).toEqual([
    { name: 'stdin', text: 'Who? Ada\n' },
    request.header.msg_id,
  ]);
  kernels[0]!.emit('shell', 'execute_reply', { status: 'ok', execution_count: 1 }, request);
  kernels[0]!.emit('iopub', 'status', { execution_state: 'idle' }, request);
  await two.until(({ header }) => header.msg_type === 'execute_reply');
  await stranger.until(({ parent_header, content }) => !!parent_header.msg_id && content.execution_state === 'idle');
  expect(two.received.filter(isQuestion)).toEqual([]);
  const types = [...one.received, ...stranger.received].map(({ header }) => header.msg_type);
  expect(types.filter(type => type.startsWith('learnable'))).toEqual([]);
  expect(stranger.received.map(({ header }) => header.msg_type)).not.toContain('execute_reply');
});

test('a question goes to those that watch when the page that would see it is gone, or goes while it waits', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const one = await TestClient.open(lab, body.id, 'one');
  const two = await TestClient.open(lab, body.id, 'two');
  await askForRuns(two);
  kernels[0]!.holdsBack = true;
  const request = cellRequest('one', 'a', 'await input()');
  one.send(request);
  await two.until(({ header }) => header.msg_type === 'learnable_run');
  kernels[0]!.emit('iopub', 'status', { execution_state: 'busy' }, request);
  kernels[0]!.emit('stdin', 'input_request', { prompt: 'to one' }, request);
  await one.until(isQuestion);
  expect(two.received.filter(isQuestion)).toEqual([]);
  await one.close(LEAVES);
  expect((await two.until(isQuestion)).content.prompt).toBe('to one');
  const three = await TestClient.open(lab, body.id, 'three');
  const [run] = await askForRuns(three);
  expect([run!.attended, run!.input!.content]).toEqual([false, { prompt: 'to one' }]);
  await three.close(LEAVES); // one that only looked
  two.received.length = 0;
  two.send(createTestMessage('stdin', 'input_reply', { value: '' }, 'two'));
  kernels[0]!.emit('stdin', 'input_request', { prompt: 'to two' }, request);
  expect((await two.until(isQuestion)).content.prompt).toBe('to two');
  expect(two.received.filter(isQuestion)).toHaveLength(1);
});

test('nothing is kept for a page that was left; for a connection that broke it is', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  for (const [session, code] of [
    ['left', LEAVES],
    ['broken', undefined],
  ] as const) {
    const client = await TestClient.open(lab, body.id, session);
    await client.close(code);
    await expect.poll(async () => (await ask('GET', `/api/kernels/${body.id}`)).body.connections).toBe(0);
  }
  kernels[0]!.emit('iopub', 'stream', { name: 'stdout', text: 'meanwhile' });
  const received = async (session: string) => {
    const client = await TestClient.open(lab, body.id, session);
    client.send(createTestMessage('shell', 'learnable_runs_request', {}, session));
    await client.until(({ header }) => header.msg_type === 'learnable_runs_reply'); // behind all that was kept
    return client.received.flatMap(({ content }) => content.text ?? []);
  };
  expect([await received('left'), await received('broken')]).toEqual([[], ['meanwhile']]);
});

test('outputs that a reader cleared are not kept: of a run that has ended, and those so far of one that runs', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const client = await TestClient.open(lab, body.id, 'one');
  kernels[0]!.holdsBack = true;
  const [ended, running] = [cellRequest('one', 'a', 'a'), cellRequest('one', 'b', 'b')];
  for (const request of [ended, running]) client.send(request);
  await expect.poll(() => kernels[0]!.received.length).toBe(2);
  for (const request of [ended, running]) kernels[0]!.emit('iopub', 'stream', { name: 'stdout', text: '1' }, request);
  kernels[0]!.emit('iopub', 'status', { execution_state: 'idle' }, ended);
  for (const request of [ended, running]) {
    client.send(createTestMessage('shell', 'learnable_cleared', { msg_id: request.header.msg_id }, 'one'));
  }
  await askForRuns(client);
  kernels[0]!.emit('iopub', 'stream', { name: 'stdout', text: '2' }, running);
  expect((await askForRuns(client)).map(({ cell_id, outputs }) => [cell_id, outputs])).toEqual([
    ['b', [{ type: 'stream', content: { name: 'stdout', text: '2' } }]],
  ]);
  expect(kernels[0]!.received).toHaveLength(2); // no kernel sees what is between page and server
});
