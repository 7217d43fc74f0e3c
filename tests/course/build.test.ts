import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chapterNotebook } from '../../src/course/chapter-notebook.ts';
import { buildCourse, parseChapter, readNotebook, verifyCourse, writeNotebook } from '../../src/course/index.ts';
import { courseRoot } from '../../src/grader/index.ts';

const FRONT = '---\ntitle: A title\nquestion: Why?\n---\n';
const notebookFile = join(courseRoot, 'notebooks', '01-training.ipynb');

describe('the chapters that are there', () => {
  test('are built, typed, and keep the promises of the course', async () => {
    expect(await verifyCourse()).toEqual([]);
  });

  test('give valid notebooks: ids, kernelspec, no outputs, grader metadata', () => {
    const notebook = readNotebook(readFileSync(notebookFile, 'utf8'), 'n');
    expect(notebook.metadata.kernelspec).toEqual({ display_name: 'TypeScript', language: 'typescript', name: 'tslab' });
    const ids = notebook.cells.map(cell => cell.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
    for (const cell of notebook.cells) if (cell.cell_type === 'code') expect(cell.outputs).toEqual([]);
    const stub = notebook.cells.find(cell => cell.id === 'exercise-01-training-predict')!;
    expect(stub.source).toContain('\nfunction predict(xs: number[], slope: number, intercept: number): number[] {');
    expect(stub.metadata.nbgrader).toMatchObject({ grade: false, solution: true, locked: false, schema_version: 3 });
    const check = notebook.cells.find(cell => cell.id === 'check-01-training-predict')!;
    expect(check.source).toBe("await check('01-training/predict', { predict: predict })");
    const sealed = `${check.source}codeTrueFalseTrue01-training-predict-check4.0`;
    expect(check.metadata.nbgrader).toEqual({
      cell_type: 'code',
      checksum: createHash('md5').update(sealed).digest('hex'),
      grade: true,
      grade_id: '01-training-predict-check',
      locked: true,
      points: 4,
      schema_version: 3,
      solution: false,
      task: false,
    });
  });

  test('reading and writing a notebook changes no byte', () => {
    const text = readFileSync(notebookFile, 'utf8');
    expect(writeNotebook(readNotebook(text, 'n'))).toBe(text);
  });
});

describe('building', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'learnable-course-'));
    mkdirSync(join(root, 'chapters'));
    mkdirSync(join(root, 'exercises'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const chapter = (body: string) => writeFileSync(join(root, 'chapters', '09-x.md'), FRONT + body);

  test('says what differs, writes it, and is then at rest', async () => {
    chapter('Words.\n\n```ts\nconst a = 1;\n```\n');
    expect((await buildCourse({ root, check: true })).ok).toBe(false);
    expect((await buildCourse({ root })).notebooks[0]?.status).toBe('written');
    expect(await buildCourse({ root, check: true })).toMatchObject({ ok: true, notebooks: [{ status: 'unchanged' }] });
  });

  test('a type error in a fence is told with the line of the chapter, and nothing is written', async () => {
    chapter('Words.\n\n```ts\nconst a = 1;\n```\n\n```ts\nconst b: string = a;\n```\n');
    const result = await buildCourse({ root });
    expect(result.ok).toBe(false);
    expect(result.problems).toEqual([
      "chapters/09-x.md:12:7 Type 'number' is not assignable to type 'string'. (TS2322)",
    ]);
    expect(result.notebooks[0]?.status).toBe('differs');
  });

  test('an unknown exercise in a fence', async () => {
    chapter('```ts exercise=09-x/none\n```\n');
    await expect(buildCourse({ root })).rejects.toThrow("There is no exercise '09-x/none'.");
  });

  test('verify finds a stray file, a stub that passes, a missing solution and a weak set of mutants', async () => {
    // In the package, where the checks can import the library.
    mkdirSync(join(courseRoot, '.learnable'), { recursive: true });
    const course = mkdtempSync(join(courseRoot, '.learnable', 'course-'));
    try {
      cpSync(join(courseRoot, 'exercises', '01-training'), join(course, 'exercises', '01-training'), {
        recursive: true,
      });
      cpSync(join(courseRoot, 'solutions', '01-training'), join(course, 'solutions', '01-training'), {
        recursive: true,
      });
      const at = (...path: string[]) => join(course, ...path);
      writeFileSync(at('exercises', '01-training', 'stray.txt'), '');
      cpSync(at('solutions', '01-training', 'predict.ts'), at('exercises', '01-training', 'predict.ts'));
      rmSync(at('solutions', '01-training', 'gradient-step.ts'));
      const checks = readFileSync(at('exercises', '01-training', 'mean-squared-error.check.ts'), 'utf8');
      writeFileSync(
        at('exercises', '01-training', 'mean-squared-error.check.ts'),
        checks.replace(
          /mutants: \[[\s\S]*\n {2}\],\n\}\);/,
          "mutants: [{ name: 'harmless', explanation: 'x', functions: { meanSquaredError: (p, t) => sum(p.map((v, i) => (v - t[i]!) ** 2)) / p.length } }],\n});",
        ),
      );
      const findings = (await verifyCourse({ root: course })).map(({ where, message }) => `${where}: ${message}`);
      expect(findings).toContain('exercises/01-training/stray.txt: belongs to no exercise');
      expect(findings.some(text => text.startsWith('01-training/predict: the stub must be "not attempted"'))).toBe(
        true,
      );
      expect(findings.some(text => /gradient-step: .*is missing$/.test(text))).toBe(true);
      expect(findings).toContain('01-training/mean-squared-error: has 1 mutants: at least 5 are needed');
      expect(findings).toContain('01-training/mean-squared-error: no check catches the mutant "harmless"');
    } finally {
      rmSync(course, { recursive: true, force: true });
    }
  });
});

describe('reading a chapter', () => {
  test('what it needs stands in the notebook, for a kernel that may not have it', async () => {
    const chapter = parseChapter('---\ntitle: A\nquestion: B?\nneeds: comms\n---\n', 'x.md');
    expect((await chapterNotebook(chapter, '.', 'x.md')).metadata.learnable).toEqual({ needs: 'comms' });
    expect((await chapterNotebook(parseChapter(FRONT), '.', 'x.md')).metadata).not.toHaveProperty('learnable');
  });

  test('splits at ts fences and second headings; other fences are prose', () => {
    const { blocks } = parseChapter(
      `${FRONT}One.\n\n## Two\n\n\`\`\`sh\n## no heading\n\`\`\`\n\n\`\`\`\`ts throws slow\nconst a = \`\n\`\`\`\n\`;\n\`\`\`\`\n`,
    );
    expect(blocks).toEqual([
      { kind: 'prose', text: 'One.', line: 5 },
      { kind: 'prose', text: '## Two\n\n```sh\n## no heading\n```', line: 7 },
      { kind: 'code', text: 'const a = `\n```\n`;', line: 14, marks: { throws: true, slow: true } },
    ]);
  });

  test.each([
    ['no front matter', 'x.md: expected front matter between two lines of ---.'],
    ['---\ntitle: A\n---\n', 'x.md: the front matter needs a title and a question.'],
    [`${FRONT}\`\`\`ts\nconst a = 1;`, 'x.md:5: this fence is never closed.'],
    [`${FRONT}\`\`\`ts quick\n\`\`\``, "x.md:5: unknown mark 'quick' on a fence."],
  ])('%j', (source, message) => {
    expect(() => parseChapter(source, 'x.md')).toThrow(message);
  });
});

describe('reading a notebook', () => {
  test.each([
    ['{', 'n.ipynb is not a notebook: it is not JSON'],
    ['[]', 'n.ipynb is not a notebook: it has no nbformat number.'],
    ['null', 'n.ipynb is not a notebook: it has no nbformat number.'],
    ['{"nbformat": 3}', 'n.ipynb has notebook format 3: expected 4.'],
    ['{"nbformat": 4}', 'n.ipynb is not a notebook: it has no list of cells.'],
    ['{"nbformat": 4, "cells": [{}]}', 'n.ipynb: cell 1 has no type or no source.'],
  ])('%s', (text, message) => {
    expect(() => readNotebook(text, 'n.ipynb')).toThrow(message);
  });
});
