import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type ExitStatus, startKernel } from '../../src/kernel/client/index.ts';
import { gone, isAlive } from './support/process.ts';

const CLIENT = new URL('../../dist/kernel/client/index.js', import.meta.url);

describe('the life of a kernel', () => {
  it('ends when it is asked, also while a cell spins', async () => {
    const kernel = await startKernel({ cwd: import.meta.dirname });
    const running = kernel.execute('// @nocheck\nwhile (true);').catch((error: Error) => error.message);
    await new Promise(resolve => setTimeout(resolve, 50));
    await kernel.shutdown();
    expect(isAlive(kernel.pid)).toBe(false);
    expect(await running).toMatch(/^the kernel ended \(.*\) before it answered execute_request/);
  });

  it('ends cleanly when it is idle', async () => {
    const kernel = await startKernel({ cwd: import.meta.dirname });
    const ended = new Promise<ExitStatus>(resolve => kernel.onExit(resolve));
    await kernel.shutdown();
    expect(await ended).toEqual({ code: 0, signal: null, reason: '' });
  });

  it('ends with a message when a cell calls process.exit', async () => {
    const kernel = await startKernel({ cwd: import.meta.dirname });
    const ended = new Promise<ExitStatus>(resolve => kernel.onExit(resolve));
    const { content } = await kernel.execute('console.log("bye"); process.exit(3)');
    expect(content).toMatchObject({
      ename: 'KernelExit',
      evalue: 'the cell called process.exit(3), which ended the kernel',
    });
    expect(await ended).toMatchObject({ code: 3, signal: null });
  });

  it('says why when memory is used up', async () => {
    const kernel = await startKernel({ cwd: import.meta.dirname, env: { NODE_OPTIONS: '--max-old-space-size=60' } });
    const running = kernel.execute('// @nocheck\nconst all = []; for (;;) all.push(new Array(1e5).fill(all.length))');
    await expect(running).rejects.toThrow('The kernel ran out of memory.');
  });

  it('is gone when its parent is killed, also while a cell spins', async () => {
    const script = `
      import { startKernel } from ${JSON.stringify(CLIENT.href)};
      const kernel = await startKernel({ cwd: process.cwd() });
      kernel.execute('// @nocheck\\nwhile (true);');
      setTimeout(() => console.log(kernel.pid), 50);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(String(line));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await gone(pid, 10_000)).toBe(true);
  });

  it('stops the cell that waits on SIGINT, and lives on', async () => {
    const kernel = await startKernel({ cwd: import.meta.dirname });
    const running = kernel.execute('// @nocheck\nawait new Promise(() => {})');
    await new Promise(resolve => setTimeout(resolve, 50));
    process.kill(kernel.pid, 'SIGINT');
    expect((await running).content.ename).toBe('Interrupted');
    expect((await kernel.execute('1')).status).toBe('ok');
    await kernel.shutdown();
  });
});
