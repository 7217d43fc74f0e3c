import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createChecker } from '../../../src/kernel/checker/index.ts';

/** Takes TypeScript longer than anybody waits. */
const ENDLESS = `type Grow<T, D extends 0[] = []> = D['length'] extends 24 ? T : Grow<[T, 1], [...D, 0]> | Grow<[T, 2], [...D, 0]>;
const grown: Grow<1> = 1 as never;`;

const folder = () => mkdtempSync(join(tmpdir(), 'learnable-robust-'));

test('a check that never ends is given up; the names of the cell are known, the checker goes on', async () => {
  const checker = createChecker({ directory: folder(), limitMs: 1200 });
  await checker.commit('const before = 1', 'cell 1');
  await expect(checker.check(ENDLESS)).rejects.toThrow('TypeScript took longer than 1.2 s');
  await checker.commit(ENDLESS, 'cell 2');
  expect(await checker.check('before.toFixed(); grown.anything; let g: Grow<2>')).toEqual([]);
  expect(await checker.check('before.length')).toHaveLength(1);
  await checker.dispose();
});

test('an interrupt ends a check that takes long, and no other', async () => {
  const checker = createChecker({ directory: folder() });
  await checker.ready;
  checker.interrupt();
  expect(await checker.check('1 + 1')).toEqual([]);
  const checking = checker.check(ENDLESS);
  checking.catch(() => {});
  await new Promise(resolve => setTimeout(resolve, 700));
  checker.interrupt();
  await expect(checking).rejects.toThrow('the check was interrupted');
  expect(await checker.check('const n: number = "x"')).toHaveLength(1);
  await checker.dispose();
});

test.runIf(process.platform === 'linux')(
  "when TypeScript's process dies, the next cell is checked as ever",
  async () => {
    const checker = createChecker({ directory: folder() });
    await checker.commit('const kept = [1].map(x => ({ x }))', 'cell 1');
    for (let round = 0; round < 2; round++) {
      for (const pid of typeScriptProcesses()) process.kill(pid, 'SIGKILL');
      expect((await checker.check('kept[0].y')).map(({ message }) => message)).toEqual([
        "Property 'y' does not exist on type '{ x: number; }'.",
      ]);
    }
    await checker.dispose();
  },
);

test('more cells than there are slots at first', async () => {
  const checker = createChecker({ directory: folder() });
  for (let cell = 0; cell < 140; cell++) {
    const source = cell === 0 ? 'let v = 0' : `const v${cell}: number = v + ${cell}`;
    expect(await checker.check(source)).toEqual([]);
    await checker.commit(source, `cell ${cell + 1}`);
  }
  expect(await checker.check('v1 + v120 + v127 + v128 + v139')).toEqual([]);
  expect((await checker.check('v128 = "x"')).map(({ message }) => message)).toHaveLength(1);
  await checker.dispose();
});

/** Those that this test process started. */
function typeScriptProcesses(): number[] {
  const own = execFileSync('ps', ['-o', 'pid=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  const children = new Set(own.split('\n').map(Number));
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => children.has(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--api'));
}
