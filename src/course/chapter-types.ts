import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findExercise, typeCheck } from '../grader/index.ts';
import { stubSource } from './chapter-notebook.ts';
import type { Chapter } from './fences.ts';

/**
 * Type errors in a chapter's fences, which are one program, in order. A fence that is marked `throws` is left out: being
 * refused may be its very point, and running the notebook proves it.
 */
export async function chapterProblems(chapter: Chapter, root: string, file: string): Promise<string[]> {
  const lines: { text: string; line: number }[] = [];
  for (const block of chapter.blocks) {
    if (block.kind === 'prose' || block.marks.throws) continue;
    const text = block.marks.exercise
      ? stubSource(readFileSync(findExercise(block.marks.exercise, root).stub, 'utf8'))
      : block.text;
    text.split('\n').forEach((line, i) => {
      lines.push({ text: line, line: block.line + (block.marks.exercise ? 0 : i) });
    });
  }
  if (lines.length === 0) return [];
  const path = join(root, 'chapters', 'chapter-under-check.ts');
  const problems = await typeCheck(
    new Map([[path, `${lines.map(({ text }) => text).join('\n')}\nexport {};\n`]]),
    root,
  );
  return [...problems.values()]
    .flat()
    .map(({ message, line, column }) => `${file}:${lines[line - 1]?.line}:${column} ${message}`);
}
