import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { courseRoot } from '../grader/index.ts';
import { chapterNames } from './build.ts';
import { parseChapter } from './fences.ts';

export interface ChapterEntry {
  /** The notebook, relative to the course's folder. */
  path: string;
  number: number;
  title: string;
  question: string;
}

/** The chapters in their order, as the lab's launcher shows them. */
export function listChapters(root = courseRoot): ChapterEntry[] {
  return chapterNames(root).map(name => {
    const { title, question } = parseChapter(readFileSync(join(root, 'chapters', `${name}.md`), 'utf8'), name);
    return { path: `notebooks/${name}.ipynb`, number: Number(name.slice(0, 2)), title, question };
  });
}
