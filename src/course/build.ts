import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { courseRoot } from '../grader/index.ts';
import { chapterNotebook } from './chapter-notebook.ts';
import { chapterProblems } from './chapter-types.ts';
import { parseChapter } from './fences.ts';
import { writeNotebook } from './notebook.ts';

export interface BuildOptions {
  /** Write nothing: only say what would change. */
  check?: boolean;
  /** Leave out the type check of the fences. */
  types?: boolean;
  root?: string;
}

export interface BuildResult {
  notebooks: { chapter: string; notebook: string; status: 'written' | 'unchanged' | 'differs' }[];
  /** Type errors in chapters, as `chapters/01-x.md:12:5 message`. A chapter that has any is not written. */
  problems: string[];
  /** True when nothing differs and nothing is wrong. */
  ok: boolean;
}

/**
 * Makes `notebooks/NN-topic.ipynb` of each `chapters/NN-topic.md`. The same source always gives the same bytes.
 * Throws for a chapter that cannot be read, with file and line.
 */
export async function buildCourse({
  check = false,
  types = true,
  root = courseRoot,
}: BuildOptions = {}): Promise<BuildResult> {
  const notebooks: BuildResult['notebooks'] = [];
  const problems: string[] = [];
  for (const name of chapterNames(root)) {
    const file = `chapters/${name}.md`;
    const chapter = parseChapter(readFileSync(join(root, file), 'utf8'), file);
    const text = writeNotebook(await chapterNotebook(chapter, root, file));
    const found = types ? await chapterProblems(chapter, root, file) : [];
    problems.push(...found);
    const target = join(root, 'notebooks', `${name}.ipynb`);
    const isSame = existsSync(target) && readFileSync(target, 'utf8') === text;
    if (!isSame && !check && found.length === 0) {
      mkdirSync(join(root, 'notebooks'), { recursive: true });
      writeFileSync(target, text);
    }
    const status = isSame ? 'unchanged' : check || found.length > 0 ? 'differs' : 'written';
    notebooks.push({ chapter: file, notebook: `notebooks/${name}.ipynb`, status });
  }
  return { notebooks, problems, ok: problems.length === 0 && notebooks.every(({ status }) => status !== 'differs') };
}

/** Names of the chapters, in order. */
export function chapterNames(root = courseRoot): string[] {
  const folder = join(root, 'chapters');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(file => /^\d\d-[a-z0-9-]+\.md$/.test(file))
    .map(file => file.slice(0, -'.md'.length))
    .sort();
}
