import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Checker, type CheckerOptions, createChecker } from '../../../src/kernel/checker/index.ts';
import { gone, typeScriptProcesses } from '../support/process.ts';

/** Takes TypeScript longer than anybody waits. */
const ENDLESS = `type Grow<T, D extends 0[] = []> = D['length'] extends 24 ? T : Grow<[T, 1], [...D, 0]> | Grow<[T, 2], [...D, 0]>;
const grown: Grow<1> = 1 as never;`;

const open = new Set<Checker>();
afterEach(async () => {
  for (const checker of open) await checker.dispose();
  open.clear();
});

function start(options: Partial<CheckerOptions> = {}): Checker {
  const checker = createChecker({ directory: mkdtempSync(join(tmpdir(), 'learnable-robust-')), ...options });
  open.add(checker);
  return checker;
}

test('a check that never ends is given up; the names of the cell are known, the checker goes on', async () => {
  const checker = start({ limitMs: 3000 });
  await checker.commit('const before = 1', 'cell 1');
  await expect(checker.check(ENDLESS)).rejects.toThrow('TypeScript took longer than 3 s');
  await checker.commit(ENDLESS, 'cell 2');
  expect(await checker.check('before.toFixed(); grown.anything; let g: Grow<2>')).toEqual([]);
  expect(await checker.check('before.length')).toHaveLength(1);
});

test('an interrupt ends a check that takes long, and no other', async () => {
  const checker = start();
  await checker.ready;
  checker.interrupt();
  expect(await checker.check('1 + 1')).toEqual([]);
  for (const afterMs of [0, 700]) {
    const checking = checker.check(ENDLESS);
    checking.catch(() => {});
    await new Promise(resolve => setTimeout(resolve, afterMs));
    checker.interrupt();
    await expect(checking).rejects.toThrow('the check was interrupted');
  }
  expect(await checker.check('const n: number = "x"')).toHaveLength(1);
});

const onLinux = test.runIf(process.platform === 'linux');

onLinux('a check that never ends does not keep the checker from being disposed', async () => {
  for (const afterMs of [0, 100, 800]) {
    const checker = start();
    await checker.ready;
    const [pid] = typeScriptProcesses(process.pid);
    const checking = expect(checker.check(ENDLESS)).rejects.toThrow('The type checker was disposed.');
    await new Promise(resolve => setTimeout(resolve, afterMs));
    await checker.dispose();
    await checking;
    expect(await gone(pid!, 2000)).toBe(true);
  }
});

onLinux("a signal to the kernel's group does not reach TypeScript's process", async () => {
  const checker = start();
  await checker.ready;
  const group = (pid: number | 'self') => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[4];
  const [pid] = typeScriptProcesses(process.pid);
  expect(group(pid!)).not.toBe(group('self'));
});

onLinux("when TypeScript's process dies again and again while nobody asks, the next cell is checked", async () => {
  const checker = start();
  await checker.commit('const kept = 1', 'cell 1');
  for (let round = 0; round < 15; round++) {
    endTypeScript();
    checker.complete('kept.', 5).catch(() => {});
    await new Promise(resolve => setTimeout(resolve, 40 * (round % 5)));
  }
  expect(await checker.check('kept.length')).toHaveLength(1);
});

onLinux('a signal that was meant for the kernel, in the middle of a check, takes nothing from its answer', async () => {
  const checker = start();
  await checker.commit('const kept = 1', 'cell 1');
  for (let round = 0; round < 5; round++) {
    const checking = checker.check('kept.length');
    await new Promise(resolve => setTimeout(resolve, 20 * round));
    checker.onSignal();
    expect(await checking).toHaveLength(1);
  }
});

onLinux("when TypeScript's process dies, the next cell is checked as ever", async () => {
  const checker = start();
  await checker.commit('const kept = [1].map(x => ({ x }))', 'cell 1');
  for (let round = 0; round < 2; round++) {
    endTypeScript();
    expect((await checker.check('kept[0].y')).map(({ message }) => message)).toEqual([
      "Property 'y' does not exist on type '{ x: number; }'.",
    ]);
  }
});

test('more cells than there are slots at first', async () => {
  const checker = start();
  for (let cell = 0; cell < 140; cell++) {
    const source = cell === 0 ? 'let v = 0' : `const v${cell}: number = v + ${cell}`;
    expect(await checker.check(source)).toEqual([]);
    await checker.commit(source, `cell ${cell + 1}`);
  }
  expect(await checker.check('v1 + v120 + v127 + v128 + v139')).toEqual([]);
  expect((await checker.check('v128 = "x"')).map(({ message }) => message)).toHaveLength(1);
});

function endTypeScript(): void {
  for (const pid of typeScriptProcesses(process.pid)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}
