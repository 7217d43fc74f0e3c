import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BenchClient } from '../../bench/kernel/client.ts';
import { findPeers } from '../../bench/kernel/peers.ts';
import { stubSource } from '../../src/course/chapter-notebook.ts';
import { chapterNames } from '../../src/course/index.ts';
import { type Cell, readNotebook } from '../../src/course/notebook.ts';
import { courseRoot, findExercise } from '../../src/grader/index.ts';

interface Ran {
  status: string;
  stdout: string;
  stderr: string;
  /** The MIME types of what was shown. */
  shown: string[];
}

/** Whoever has tslab and not our kernel can do the course too. Its TypeScript is 5.0, its module system CommonJS. */
describe("on tslab's own kernel", () => {
  test.each(chapterNames())('%s', async name => {
    const text = readFileSync(join(courseRoot, 'notebooks', `${name}.ipynb`), 'utf8');
    const notebook = readNotebook(text, name);
    if (notebook.metadata.learnable !== undefined) return; // it says what it needs
    const cells = notebook.cells.filter(cell => cell.cell_type === 'code');
    const folder = projectFolder();
    const client = await BenchClient.start(findPeers().find(peer => peer.name === 'tslab')!, folder);
    try {
      for (const cell of cells) {
        const ran = await run(client, sourceOf(cell));
        const mayFail = (cell.metadata.tags as string[] | undefined)?.includes('raises-exception');
        expect({ cell: cell.id, ...ran }).toMatchObject({
          status: mayFail ? 'error' : 'ok',
          ...(!mayFail && { stderr: '' }),
        });
        if (cell.source.includes('await check(')) {
          expect(ran.stdout).toMatch(/✓ all \d+ checks passed/);
          expect(ran.shown).toEqual(['text/html']);
        }
        if (/^(plot\.|show\()/m.test(cell.source)) expect(ran.shown).toContain('text/html');
      }
    } finally {
      await client.close();
      rmSync(folder, { recursive: true });
    }
  });
});

/** A project that depends on learnable: its packages are those of this one, and learnable is linked. */
function projectFolder(): string {
  const parent = join(dirname(realpathSync(join(courseRoot, 'node_modules'))), '.learnable');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'stock-tslab-'));
  writeFileSync(join(folder, 'package.json'), '{}');
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(courseRoot, join(folder, 'node_modules', 'learnable'), 'junction');
  return folder;
}

function sourceOf(cell: Cell): string {
  const { exercise } = (cell.metadata.learnable ?? {}) as { exercise?: string };
  return exercise ? stubSource(readFileSync(findExercise(exercise, courseRoot).solution, 'utf8')) : cell.source;
}

async function run(client: BenchClient, code: string): Promise<Ran> {
  const ran: Ran = { status: '', stdout: '', stderr: '', shown: [] };
  const stop = client.onMessage(({ header, content }) => {
    if (header.msg_type === 'stream') ran[content.name as 'stdout' | 'stderr'] += content.text;
    if (header.msg_type === 'display_data') ran.shown.push(...Object.keys(content.data as object));
  });
  ran.status = (await client.execute(code, 60_000)).status;
  stop();
  // What arrives sooner after an error it answers with "abort", without running it.
  if (ran.status !== 'ok') await new Promise(resolve => setTimeout(resolve, 400));
  return ran;
}
