import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type ExitStatus, startKernel } from '../../src/kernel/client/index.ts';
import { gone, isAlive, typeScriptProcesses } from './support/process.ts';

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
    await kernel.execute('1 + 1'); // TypeScript has answered
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
    await expect(running).rejects.toThrow(
      /The kernel ran out of memory\.[\s\S]*tf\.tidy[\s\S]*--max-old-space-size=8192/,
    );
  });

  it('prints all that was said before process.exit', async () => {
    const kernel = await startKernel({ cwd: import.meta.dirname });
    const { outputs } = await kernel.execute('for (let i = 0; i < 20000; i++) console.log(i); process.exit(0)');
    expect(outputs[0]).toMatchObject({ text: expect.stringMatching(/^0\n1\n[\s\S]*\n19999\n$/) });
  });

  describe('killed in the middle of a cell', () => {
    const env = { JPY_SESSION_NAME: `/somewhere/${randomUUID()}.ipynb` };
    const start = () => startKernel({ cwd: import.meta.dirname, env });
    const spin = '// @nocheck\n\nconst model = { layers: 3 };\nwhile (true);';
    const note = {
      output_type: 'stream',
      name: 'stderr',
      text:
        'The last kernel of this notebook ended in the middle of Cell In[2], which begins: const model = { layers: 3 };\n' +
        'What it had declared is gone.\n',
    };

    async function killedWhileItSpins() {
      const kernel = await start();
      await kernel.execute('1');
      const running = kernel.execute(spin).catch(() => {});
      await new Promise(resolve => setTimeout(resolve, 200));
      kernel.kill();
      await running;
    }

    it('is told by the next kernel of the notebook, once', async () => {
      const other = await start();
      const spinning = other.execute(spin);
      await new Promise(resolve => setTimeout(resolve, 200));
      await killedWhileItSpins();
      const next = await start();
      await next.execute('1', { silent: true });
      expect((await next.execute('1 + 1')).outputs).toMatchObject([note, { output_type: 'execute_result' }]);
      expect((await next.execute('1 + 1')).outputs).toMatchObject([{ output_type: 'execute_result' }]);
      await other.interrupt(); // it lives, and is not accused
      await spinning;
      await Promise.all([other.shutdown(), next.shutdown()]);
      const last = await start();
      expect((await last.execute('1 + 1')).outputs).toMatchObject([{ output_type: 'execute_result' }]);
      await last.shutdown();
    });

    it('is not told of a kernel that was asked to end, nor to another notebook', async () => {
      const asked = await start();
      const running = asked.execute(spin).catch(() => {});
      await new Promise(resolve => setTimeout(resolve, 200));
      await asked.shutdown();
      await running;
      const next = await start();
      expect((await next.execute('1 + 1')).outputs).toMatchObject([{ output_type: 'execute_result' }]);
      await next.shutdown();
      await killedWhileItSpins();
      const stranger = await startKernel({ cwd: import.meta.dirname, env: { JPY_SESSION_NAME: '/elsewhere.ipynb' } });
      expect((await stranger.execute('1 + 1')).outputs).toMatchObject([{ output_type: 'execute_result' }]);
      const heir = await start();
      expect((await heir.execute('1 + 1')).outputs).toMatchObject([note, { output_type: 'execute_result' }]);
      await Promise.all([stranger.shutdown(), heir.shutdown()]);
    });
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

  it.runIf(process.platform === 'linux')("takes TypeScript's process with it, however it ends", async () => {
    const long = `
      type Grow<T, D extends 0[] = []> = D['length'] extends 24 ? T : Grow<[T, 1], [...D, 0]> | Grow<[T, 2], [...D, 0]>;
      const grown: Grow<1> = 1 as never;`;
    for (const [cell, afterMs] of [
      ['while (true);', 100],
      [long, 1000],
    ] as const) {
      for (const end of ['shutdown', 'kill'] as const) {
        const kernel = await startKernel({ cwd: import.meta.dirname });
        await kernel.execute('1 + 1');
        const [typeScript] = typeScriptProcesses(kernel.pid);
        const running = kernel.execute(cell).catch(() => {});
        await new Promise(resolve => setTimeout(resolve, afterMs));
        const ended = new Promise<ExitStatus>(resolve => kernel.onExit(resolve));
        await kernel[end]();
        expect((await ended).code).toBe(end === 'kill' ? null : 0);
        await running;
        // It computes: a process that does not notice would go on for 20 s.
        expect(await gone(typeScript!, 8000)).toBe(true);
      }
    }
  });
});
