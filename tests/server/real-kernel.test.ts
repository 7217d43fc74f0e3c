import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Message } from '../../src/kernel/client/index.ts';
import { openLab, TestClient } from './support.ts';

/** The kernel processes that were started by this process and still run. */
function runningKernels(): string[] {
  if (process.platform === 'win32') return [];
  const list = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return list.split('\n').filter(line => {
    const [, parent] = line.trim().split(/\s+/);
    return parent === String(process.pid) && line.includes('bin/kernel.mjs');
  });
}

async function startRealKernel() {
  // What runs in a process of its own is started from the build.
  const built: typeof import('../../src/kernel/client/index.ts') = await import(
    new URL('../../dist/kernel/client/index.js', import.meta.url).href
  );
  const opened = await openLab({ startKernel: built.startKernel });
  const { body } = await opened.ask('POST', '/api/sessions', { path: 'a.ipynb', kernel: { name: 'tslab' } });
  expect(body.message).toBeUndefined();
  const client = await TestClient.open(opened.lab, body.kernel.id, 'one');
  const replyTo = (asked: Message) =>
    client.until(({ channel, parent_header }) => channel === 'shell' && parent_header.msg_id === asked.header.msg_id);
  return { ...opened, client, id: body.kernel.id as string, replyTo };
}

test('a cell runs end to end, is interrupted, its state outlives that and ends with a restart', async () => {
  const { ask, client, id, replyTo, lab } = await startRealKernel();
  const first = client.execute('const answer: number = 6 * 7;\nconsole.log("answer", answer);');
  expect((await replyTo(first)).content.status).toBe('ok');
  const stream = await client.until(message => message.header.msg_type === 'stream');
  expect(stream.content).toEqual({ name: 'stdout', text: 'answer 42\n' });

  const loop = client.execute('console.log("looping"); for (;;) {}');
  await client.until(message => String(message.content.text).includes('looping'));
  expect((await ask('POST', `/api/kernels/${id}/interrupt`)).status).toBe(204);
  expect((await replyTo(loop)).content.status).toBe('error');

  const kept = client.execute('console.log("kept", answer);');
  expect((await replyTo(kept)).content.status).toBe('ok');
  await client.until(message => message.content.text === 'kept 42\n');

  expect((await ask('POST', `/api/kernels/${id}/restart`)).status).toBe(200);
  const gone = client.execute('answer');
  expect((await replyTo(gone)).content.status).toBe('error');
  expect(runningKernels()).toHaveLength(process.platform === 'win32' ? 0 : 1);
  await lab.close();
  expect(runningKernels()).toEqual([]);
});

test('a cell that ends the process costs only that kernel, which is started again', async () => {
  const { client, logged, replyTo } = await startRealKernel();
  client.execute('process.kill(process.pid, "SIGKILL");');
  await client.until(message => message.content.execution_state === 'restarting');
  expect(logged.join('\n')).toMatch(/A kernel died \(.*\); it is started again\./);
  const after = client.execute('// @nocheck\nconsole.log(typeof answer);');
  expect((await replyTo(after)).content.status).toBe('ok');
});
