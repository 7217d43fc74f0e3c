import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chapterNames, readNotebook } from '../../src/course/index.ts';
import { courseRoot } from '../../src/grader/index.ts';

/** What fits into a cell beside the file browser, and what can be read at a glance. */
const MAX_LETTERS = 95;
const MAX_LINES = 30;
const MAX_SUMMARY_LINES = 10;

/** What a learner meets: the generated notebook, with the stubs in their cells. */
describe.each(chapterNames())('chapter %s', name => {
  const { cells } = readNotebook(readFileSync(join(courseRoot, 'notebooks', `${name}.ipynb`), 'utf8'), name);
  const code = cells.filter(cell => cell.cell_type === 'code');
  const prose = cells.filter(cell => cell.cell_type === 'markdown').map(cell => cell.source);
  const section = (heading: string) => prose.find(text => text.startsWith(`## ${heading}\n`)) ?? '';

  test('its code fits into the cells', () => {
    const wide = code.flatMap(cell => cell.source.split('\n').filter(line => [...line].length > MAX_LETTERS));
    expect(wide).toEqual([]);
    const long = code.filter(cell => cell.source.split('\n').length > MAX_LINES);
    expect(long.map(cell => cell.id)).toEqual([]);
  });

  test('it opens with its question', () => {
    expect(prose[0]).toMatch(/^# .+\n\n\*.+\?\*$/);
  });

  test('it ends with a short summary, its exercises by name, what comes next, and further reading', () => {
    const headings = prose.flatMap(text => /^## (.+)$/m.exec(text)?.[1] ?? []);
    expect(headings.slice(-3)).toEqual(['Summary', 'Exercises', 'Further reading']);
    const points = section('Summary')
      .split('\n')
      .filter(line => line.startsWith('- '));
    expect(points.length).toBeGreaterThan(2);
    expect(points.length).toBeLessThanOrEqual(MAX_SUMMARY_LINES);
    const exercises = code.flatMap(cell => (cell.metadata.learnable as { exercise?: string })?.exercise ?? []);
    expect(exercises.length).toBeGreaterThan(0);
    expect([...section('Exercises').matchAll(/^- `([^`]+)`/gm)].map(match => match[1])).toEqual(exercises);
    expect(section('Exercises')).toMatch(/^Next, chapter \d\d/m);
  });
});
