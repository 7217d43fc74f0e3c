import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../../src/kernel/control/history.ts';
import { historyFolder } from '../../../src/kernel/control/history-files.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'history-')), 'not', 'yet');
});
afterEach(() => rmSync(join(folder, '..', '..'), { recursive: true, force: true }));

async function sessionOf(...cells: string[]): Promise<History> {
  const history = new History(folder);
  for (const [index, cell] of cells.entries()) history.add(index + 1, cell);
  await history.settle();
  return history;
}

describe('history', () => {
  it('keeps cells and outputs for later sessions, numbered', async () => {
    const first = await sessionOf('a = 1', 'a\n+ 1');
    first.setOutput(2, '2');
    await first.settle();
    const second = await sessionOf('b');
    expect(await second.select({ hist_access_type: 'tail', n: 2 })).toEqual([
      [1, 2, 'a\n+ 1'],
      [2, 1, 'b'],
    ]);
    expect(await second.select({ hist_access_type: 'tail', output: true })).toEqual([
      [1, 1, ['a = 1', null]],
      [1, 2, ['a\n+ 1', '2']],
      [2, 1, ['b', null]],
    ]);
  });

  it('reads a range of this session, of the one before, of one by its number', async () => {
    await sessionOf('a', 'b', 'c');
    const second = await sessionOf('d', 'e');
    const range = (session: number) => second.select({ hist_access_type: 'range', session, start: 2, stop: 3 });
    expect(await range(0)).toEqual([[0, 2, 'e']]);
    expect(await range(-1)).toEqual([[1, 2, 'b']]);
    expect(await range(1)).toEqual([[1, 2, 'b']]);
    expect(await range(2)).toEqual([[2, 2, 'e']]);
    expect(await range(-2)).toEqual([]);
    expect(await range(9)).toEqual([]);
  });

  it('searches all sessions by a pattern; each text once, at its latest place, if unique', async () => {
    await sessionOf('let x = 1', 'y', 'let z');
    const second = await sessionOf('let x = 1', 'a.*');
    const search = (content: object) => second.select({ hist_access_type: 'search', ...content });
    expect(await search({ pattern: 'let*' })).toEqual([
      [1, 1, 'let x = 1'],
      [1, 3, 'let z'],
      [2, 1, 'let x = 1'],
    ]);
    expect(await search({ pattern: 'let*', unique: true })).toEqual([
      [1, 3, 'let z'],
      [2, 1, 'let x = 1'],
    ]);
    expect(await search({ pattern: 'let*', n: 1 })).toEqual([[2, 1, 'let x = 1']]);
    expect(await search({ pattern: 'a.?' })).toEqual([[2, 2, 'a.*']]);
  });

  it('gives kernels that begin at once a session each', async () => {
    const kernels = Array.from({ length: 8 }, () => new History(folder));
    for (const [index, kernel] of kernels.entries()) kernel.add(1, `cell ${index}`);
    await Promise.all(kernels.map(kernel => kernel.settle()));
    const rows = await new History(folder).select({ hist_access_type: 'tail' });
    expect(rows.map(([session]) => session)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(rows.map(row => row[2])).size).toBe(8);
  });

  it('skips what a kernel that was killed left half written', async () => {
    await sessionOf('a');
    writeFileSync(join(folder, '2.jsonl'), '{"line":1,"input":"b"}\nnull\n{"line":2,"inp');
    expect(await new History(folder).select({ hist_access_type: 'tail' })).toEqual([
      [1, 1, 'a'],
      [2, 1, 'b'],
    ]);
  });

  it('does without the disk when it cannot write', async () => {
    const file = join(folder, '..', '..', 'a-file');
    writeFileSync(file, '');
    const history = new History(join(file, 'folder'));
    history.add(1, 'a');
    expect(await history.select({ hist_access_type: 'range', session: 0 })).toEqual([[0, 1, 'a']]);
    expect((await history.select({ hist_access_type: 'tail' })).map(row => row[2])).toEqual(['a']);
  });

  it('keeps at most 500 sessions, and cuts long texts', async () => {
    await sessionOf('first');
    for (let session = 2; session <= 502; session++) writeFileSync(join(folder, `${session}.jsonl`), '');
    await sessionOf('x'.repeat(100_000));
    expect(readdirSync(folder)).toHaveLength(500);
    expect(readdirSync(folder)).not.toContain('1.jsonl');
    const [row] = await new History(folder).select({ hist_access_type: 'tail' });
    expect(row![2]).toHaveLength(50_000);
  });

  it.skipIf(process.platform === 'win32')("is nobody else's to read", async () => {
    await sessionOf('secret');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, '1.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('has a folder on each platform, and can be turned off', () => {
    const on = (platform: string, env = {}) => historyFolder(env, { platform, home: () => 'home' });
    expect(on('linux')).toBe(join('home', '.local', 'state', 'learnable', 'history'));
    expect(on('linux', { XDG_STATE_HOME: 'state' })).toBe(join('state', 'learnable', 'history'));
    expect(on('darwin')).toBe(join('home', 'Library', 'Application Support', 'learnable', 'history'));
    expect(on('win32', { LOCALAPPDATA: 'local' })).toBe(join('local', 'learnable', 'history'));
    expect(on('linux', { LEARNABLE_HISTORY: 'off' })).toBeUndefined();
  });

  it('is kept nowhere for a user without a home, unless another folder is named', () => {
    const home = () => {
      throw new Error('uv_os_homedir returned ENOENT');
    };
    expect(historyFolder({}, { platform: 'linux', home })).toBeUndefined();
    expect(historyFolder({ XDG_STATE_HOME: 'state' }, { platform: 'linux', home })).toBe(
      join('state', 'learnable', 'history'),
    );
  });

  it('says once where it cannot be kept, and knows this session all the same', async () => {
    const file = join(folder, '..', '..', 'file');
    writeFileSync(file, '');
    const said: string[] = [];
    const history = new History(join(file, 'history'), text => said.push(text));
    history.add(1, 'a');
    history.add(2, 'b');
    await history.settle();
    expect(said).toEqual([
      expect.stringMatching(
        /^cells are not kept for later sessions: .+\. LEARNABLE_HISTORY names another folder, or is off\.$/,
      ),
    ]);
    expect(await history.select({ hist_access_type: 'tail', n: 9 })).toEqual([
      [1, 1, 'a'],
      [1, 2, 'b'],
    ]);
  });
});
