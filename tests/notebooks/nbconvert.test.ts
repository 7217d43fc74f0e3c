import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { chapterNames } from '../../src/course/index.ts';
import { courseRoot } from '../../src/grader/index.ts';
import { installKernelSpec } from '../../src/kernel/spec/index.ts';
import { requirePart } from '../support/requires.ts';

const run = promisify(execFile);
const python = requirePart('nbconvert');

interface Executed {
  cells: { cell_type: string; source: string[]; outputs?: { output_type: string; data?: Record<string, unknown> }[] }[];
}

/** As a stranger would run it: Jupyter's own nbconvert and the installed kernelspec, over ZeroMQ. */
describe.skipIf(!python)('nbconvert --execute', () => {
  const folder = mkdtempSync(join(tmpdir(), 'learnable-nbconvert-'));
  installKernelSpec({ prefix: folder });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(chapterNames())(
    '%s',
    async name => {
      const notebook = join(courseRoot, 'notebooks', `${name}.ipynb`);
      await run(python!, ['-m', 'nbconvert', '--to', 'notebook', '--execute', notebook, '--output-dir', folder], {
        env: { ...process.env, JUPYTER_PATH: join(folder, 'share', 'jupyter') },
      });
      const { cells } = JSON.parse(readFileSync(join(folder, `${name}.ipynb`), 'utf8')) as Executed;
      const outputs = cells.flatMap(cell => cell.outputs ?? []);
      const mimeTypes = outputs.flatMap(output => Object.keys(output.data ?? {}));
      expect(mimeTypes).toContain('application/vnd.plotly.v1+json');
      expect(mimeTypes).toContain('application/vnd.learnable.check+json');
      // The cells whose check is missing in between would show no output at all.
      const checks = cells.filter(cell => cell.cell_type === 'code' && cell.source.join('').includes('await check('));
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter(cell => cell.outputs?.length === 0)).toEqual([]);
    },
    120_000,
  );
});
