import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CellRun, chapterNames, parseChapter, runNotebook } from '../../src/course/index.ts';
import { courseRoot } from '../../src/grader/index.ts';

/** Chapters run on the kernel in `dist`, as a learner's do: build first. */
describe.each(chapterNames())('%s', name => {
  const notebook = join(courseRoot, 'notebooks', `${name}.ipynb`);

  test('with the solutions every cell runs and every check passes', async () => {
    const run = await runNotebook(notebook, { solutions: true, timeout: 60_000 });
    expect(run.failure?.traceback.join('\n')).toBeUndefined();
    expect(run.status).toBe('ok');
    expect(run.checks.length).toBeGreaterThan(0);
    expect(run.checks.filter(check => check.status !== 'passed')).toEqual([]);
    const { blocks } = parseChapter(readFileSync(join(courseRoot, 'chapters', `${name}.md`), 'utf8'));
    const throwing = blocks.filter(block => block.kind === 'code' && block.marks.throws);
    const raised = run.cells.filter(cell => cell.status === 'raised');
    expect(raised.length).toBe(throwing.length);
    if (name === '01-training') expect(raised.map(refusal)).toEqual([expect.stringContaining("'hidden'? (TS2561")]);
    expect(run.timeMs).toBeLessThan(60_000);
  }, 120_000);

  test('with the stubs every check fails kindly, and no cell crashes', async () => {
    const run = await runNotebook(notebook, { timeout: 60_000 });
    expect(run.failure?.traceback.join('\n')).toBeUndefined();
    expect(run.status).toBe('ok');
    expect(run.checks.length).toBeGreaterThan(0);
    for (const check of run.checks) {
      expect(check.status).toBe('not-attempted');
      for (const outcome of check.checks) expect(outcome).toMatchObject({ status: 'not-attempted' });
    }
  }, 120_000);
});

/** What the type checker said of a cell that it did not let run. */
function refusal({ outputs }: CellRun): string {
  const error = outputs.find(output => output.output_type === 'error');
  return `${error?.ename}: ${error?.evalue}`;
}
