import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { V1 } from '../../src/server/kernels/wire/v1.ts';
import { createTestMessage, FakeKernel, openLab, TestClient } from './support.ts';

const state = (name: string) => (message: { channel: string; content: Record<string, unknown> }) =>
  message.channel === 'iopub' && message.content.execution_state === name;

test('the kernelspec has the name that tslab notebooks carry, and its logo is there', async () => {
  const { ask } = await openLab();
  const { body } = await ask('GET', '/api/kernelspecs');
  expect(body.default).toBe('tslab');
  expect(body.kernelspecs.tslab.spec).toMatchObject({ display_name: 'TypeScript', language: 'typescript' });
  const logo = await ask('GET', body.kernelspecs.tslab.resources['logo-svg']);
  expect(logo.headers.get('content-type')).toContain('image/svg+xml');
  expect(logo.body).toContain('<svg');
});

test('a session starts a kernel in the folder of its notebook; opening it again finds the same', async () => {
  const { ask, kernels, root } = await openLab();
  mkdirSync(path.join(root, 'Übung 1'));
  const fields = { path: 'Übung 1/a.ipynb', name: 'a.ipynb', type: 'notebook', kernel: { name: 'tslab' } };
  const [first, second] = await Promise.all([
    ask('POST', '/api/sessions', fields),
    ask('POST', '/api/sessions', fields),
  ]);
  expect(first.status).toBe(201);
  expect(second.body.id).toBe(first.body.id);
  expect(kernels).toHaveLength(1);
  expect(kernels[0]!.options).toEqual({
    cwd: path.join(root, 'Übung 1'),
    env: { JPY_SESSION_NAME: path.join(root, 'Übung 1', 'a.ipynb') },
  });
  expect(first.body.notebook).toEqual({ path: 'Übung 1/a.ipynb', name: 'a.ipynb' });
  expect(first.body.kernel).toMatchObject({ name: 'tslab', execution_state: 'idle', connections: 0 });
});

test('a session is renamed, gets another kernel, and ends with its kernel', async () => {
  const { ask, kernels } = await openLab();
  const { body } = await ask('POST', '/api/sessions', { path: 'a.ipynb', type: 'notebook', kernel: { name: 'tslab' } });
  const renamed = await ask('PATCH', `/api/sessions/${body.id}`, { path: 'b.ipynb', name: 'b.ipynb' });
  expect(renamed.body).toMatchObject({ id: body.id, path: 'b.ipynb', name: 'b.ipynb', kernel: { id: body.kernel.id } });
  const changed = await ask('PATCH', `/api/sessions/${body.id}`, { kernel: { name: 'tslab' } });
  expect(changed.body.kernel.id).not.toBe(body.kernel.id);
  expect(kernels.map(kernel => kernel.isDown)).toEqual([true, false]);
  expect((await ask('DELETE', `/api/sessions/${body.id}`)).status).toBe(204);
  expect(kernels.map(kernel => kernel.isDown)).toEqual([true, true]);
  expect((await ask('GET', '/api/kernels')).body).toEqual([]);
  expect((await ask('GET', `/api/sessions/${body.id}`)).status).toBe(404);
});

test('a kernel that is shut down takes its sessions with it', async () => {
  const { ask } = await openLab();
  const { body } = await ask('POST', '/api/sessions', { path: 'a.ipynb', kernel: { name: 'tslab' } });
  expect((await ask('DELETE', `/api/kernels/${body.kernel.id}`)).status).toBe(204);
  expect((await ask('GET', '/api/sessions')).body).toEqual([]);
});

test('bad requests say what is wrong', async () => {
  const { ask } = await openLab();
  const unknown = await ask('POST', '/api/kernels', { name: 'python3' });
  expect(unknown.status).toBe(404);
  expect(unknown.body.message).toBe('There is no kernel "python3" here, only "tslab" (TypeScript).');
  expect((await ask('POST', '/api/kernels', { name: 3 })).body.message).toBe('"name" must be a string.');
  expect((await ask('POST', '/api/sessions', {})).body.message).toBe('A session needs a "path".');
  expect((await ask('GET', '/api/kernels/none')).body.message).toBe('Kernel does not exist: none');
  const outside = await ask('POST', '/api/sessions', { path: '../../etc/x.ipynb' });
  expect(outside.status).toBe(404);
  const wrong = await ask('PUT', '/api/kernels');
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
});

test('a kernel that does not start is reported and not listed', async () => {
  const { ask } = await openLab({ startKernel: () => Promise.reject(new Error('no memory')) });
  const answer = await ask('POST', '/api/kernels', {});
  expect([answer.status, answer.body.message]).toEqual([500, 'The kernel could not be started: no memory']);
  expect((await ask('GET', '/api/kernels')).body).toEqual([]);
});

test.each(['v1', 'legacy'] as const)('messages and buffers travel both ways over %s', async protocol => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const client = await TestClient.open(lab, body.id, 'one', protocol);
  expect(client.socket.protocol).toBe(protocol === 'v1' ? V1 : '');
  const buffers = [Buffer.from([0, 1, 255]), Buffer.alloc(0), Buffer.from('ü')];
  const asked = client.execute("'ünïcode 😀'", buffers);
  const stream = await client.until(message => message.header.msg_type === 'stream');
  const reply = await client.until(message => message.header.msg_type === 'execute_reply');
  await client.until(state('idle'));
  expect(kernels[0]!.received[0]).toEqual({ ...asked, buffers });
  expect(stream.content).toEqual({ name: 'stdout', text: "'ünïcode 😀'" });
  expect(reply.channel).toBe('shell');
  expect(reply.parent_header).toEqual(asked.header);
  expect(reply.buffers.map(buffer => Buffer.from(buffer))).toEqual(buffers);
});

test('replies go to the client that asked, outputs to all', async () => {
  const { ask, lab } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const one = await TestClient.open(lab, body.id, 'one');
  const two = await TestClient.open(lab, body.id, 'two', 'legacy');
  one.execute('1');
  await two.until(message => message.header.msg_type === 'stream');
  two.execute('2');
  await two.until(message => message.header.msg_type === 'execute_reply');
  await one.until(message => message.content.text === '2');
  const replies = (client: TestClient) =>
    client.received
      .filter(message => message.header.msg_type === 'execute_reply')
      .map(message => message.parent_header.session);
  expect([replies(one), replies(two)]).toEqual([['one'], ['two']]);
  expect((await ask('GET', `/api/kernels/${body.id}`)).body.connections).toBe(2);
});

test('a client that comes back finds what was sent while it was away, once and in order', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const before = await TestClient.open(lab, body.id, 'one');
  const asked = createTestMessage('shell', 'training', {}, 'one');
  before.send(asked);
  before.send(createTestMessage('shell', 'execute_request', { code: 'sync' }, 'one'));
  await before.until(message => message.header.msg_type === 'execute_reply');
  await before.close();
  for (let line = 0; line < 1000; line += 1) kernels[0]!.emit('iopub', 'stream', { text: `${line}` }, asked);
  kernels[0]!.emit('shell', 'execute_reply', { status: 'ok' }, asked);
  const other = await TestClient.open(lab, body.id, 'another page');
  const after = await TestClient.open(lab, body.id, 'one');
  await after.until(message => message.header.msg_type === 'execute_reply');
  const lines = after.received.filter(message => message.header.msg_type === 'stream');
  expect(lines.map(message => message.content.text)).toEqual(Array.from({ length: 1000 }, (_, line) => `${line}`));
  expect(other.received.every(message => message.header.msg_type === 'status')).toBe(true);
  await after.close();
  const again = await TestClient.open(lab, body.id, 'one');
  await again.until(state('idle'));
  expect(again.received.filter(message => message.header.msg_type === 'stream')).toEqual([]);
});

test('a kernel that dies is started again, three times in a minute at most; a restart by hand revives it', async () => {
  const { ask, lab, kernels, logged } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const client = await TestClient.open(lab, body.id, 'one');
  for (let death = 0; death < 3; death += 1) {
    client.received.length = 0;
    kernels.at(-1)!.die(134);
    await client.until(state('restarting'));
    await client.until(state('idle'));
  }
  expect(kernels).toHaveLength(4);
  client.execute('still here');
  await client.until(message => message.content.text === 'still here');
  client.received.length = 0;
  kernels.at(-1)!.die(134);
  await client.until(state('dead'));
  expect(logged.at(-1)).toBe('A kernel died (code 134) for the 4th time in a minute; it is not started again.');
  expect((await ask('GET', `/api/kernels/${body.id}`)).body.execution_state).toBe('dead');
  const restarted = await ask('POST', `/api/kernels/${body.id}/restart`);
  expect(restarted.body).toMatchObject({ id: body.id, execution_state: 'idle' });
  expect(kernels).toHaveLength(5);
});

test('interrupt reaches the kernel, restart replaces it and tells its clients', async () => {
  const { ask, lab, kernels } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const client = await TestClient.open(lab, body.id, 'one');
  expect((await ask('POST', `/api/kernels/${body.id}/interrupt`)).status).toBe(204);
  expect(kernels[0]!.interrupts).toBe(1);
  const restarted = await ask('POST', `/api/kernels/${body.id}/restart`);
  expect(restarted.status).toBe(200);
  expect(kernels.map(kernel => kernel.isDown)).toEqual([true, false]);
  client.execute('after');
  await client.until(message => message.content.text === 'after');
  expect(kernels[1]!.received).toHaveLength(1);
  // "restarting" would tell the page that the kernel died; another session, to drop what it has not handled yet.
  expect(client.received.filter(state('restarting'))).toEqual([]);
  expect(new Set(client.received.map(message => message.header.session))).toEqual(new Set(['kernel']));
});

test('what is sent while the kernel is started again reaches the new one', async () => {
  let release = () => {};
  const held = new Promise<void>(resolve => {
    release = resolve;
  });
  const kernels: FakeKernel[] = [];
  const { ask, lab } = await openLab({
    startKernel: async options => {
      if (kernels.length === 1) await held;
      const kernel = new FakeKernel(options);
      kernels.push(kernel);
      return kernel;
    },
  });
  const { body } = await ask('POST', '/api/kernels', {});
  const client = await TestClient.open(lab, body.id, 'one');
  kernels[0]!.die(1);
  await client.until(state('restarting'));
  await client.close();
  const again = await TestClient.open(lab, body.id, 'one'); // as JupyterLab does
  again.execute('early');
  await ask('GET', '/api/status');
  expect(again.received).toEqual([]); // "restarting" once more would make it connect again and again
  release();
  await again.until(message => message.content.text === 'early');
});

test('what is not a message is ignored, the connection stays', async () => {
  const { ask, lab, logged } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const v1 = await TestClient.open(lab, body.id, 'one');
  const legacy = await TestClient.open(lab, body.id, 'two', 'legacy');
  for (const frame of [Buffer.alloc(3), Buffer.alloc(8, 255), Buffer.alloc(80, 1)]) v1.socket.send(frame);
  for (const frame of ['not json', '{}', '{"channel":"iopub"}', Buffer.alloc(9, 255)]) legacy.socket.send(frame);
  v1.execute('fine');
  legacy.execute('fine too');
  await v1.until(message => message.content.text === 'fine too');
  await v1.until(message => message.content.text === 'fine');
  expect(logged.filter(line => line.startsWith('A client sent something that is not a message'))).toHaveLength(7);
});

test('the page shuts the lab down: kernels first', async () => {
  const { ask, lab, kernels } = await openLab();
  await ask('POST', '/api/kernels', {});
  expect((await ask('POST', '/api/shutdown')).status).toBe(200);
  await lab.closed;
  expect(kernels[0]!.isDown).toBe(true);
  await expect(fetch(lab.base)).rejects.toThrow();
});
