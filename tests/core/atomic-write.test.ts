import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { writeFileAtomically } from '../../src/core/atomic-write.ts';
import { temporaryFolder } from '../server/support.ts';

const saver = fileURLToPath(new URL('../../dist/core/atomic-write.js', import.meta.url));

test('a process killed in the middle of saving leaves the old or the new file, whole', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'a.ipynb');
  const script = path.join(folder, 'save.mjs');
  writeFileSync(
    script,
    `import { writeFileAtomically } from ${JSON.stringify(new URL(`file://${saver}`).href)};
     for (let round = 0; ; round += 1) {
       await writeFileAtomically(process.argv[2], String(round % 10).repeat(3_000_000));
       if (round === 0) process.send('saving');
     }`,
  );
  let interrupted = 0;
  for (let kill = 0; kill < 6; kill += 1) {
    const child = fork(script, [file], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await new Promise(resolve => child.once('message', resolve));
    await sleep(5 + 7 * kill);
    const gone = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const text = readFileSync(file, 'latin1');
    expect(text.length).toBe(3_000_000);
    expect(text).toBe(text[0]!.repeat(3_000_000));
    if (readdirSync(folder).some(name => name.startsWith('.~'))) interrupted += 1;
  }
  expect(interrupted).toBeGreaterThan(0); // else no kill came in the middle, and the test proved nothing
  await writeFileAtomically(file, 'the next save');
  expect(readdirSync(folder).sort()).toEqual(['a.ipynb', 'save.mjs']); // and clears away what was left
});

test('a save that fails leaves the file and no temporary one', async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'a.txt'));
  await expect(writeFileAtomically(path.join(folder, 'a.txt'), 'x')).rejects.toThrow();
  await expect(writeFileAtomically(path.join(folder, 'none', 'a.txt'), 'x')).rejects.toThrow('ENOENT');
  expect(readdirSync(folder)).toEqual(['a.txt']);
});
