import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LearnableError, nearest } from '../core/index.ts';
import { importTypeScript } from '../modules/index.ts';
import type { Exercise, Functions } from './exercise.ts';

/** Where an exercise's files are. */
export interface ExerciseFiles {
  /** `NN-topic/name` */
  id: string;
  stub: string;
  checks: string;
  solution: string;
}

/** The folder that holds `exercises/` and `solutions/`: the package itself. */
export const courseRoot = packageRoot();

/** All exercises, in the order of the course. */
export function listExercises(root = courseRoot): ExerciseFiles[] {
  const folder = join(root, 'exercises');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name: topic }) =>
      readdirSync(join(folder, topic))
        .filter(file => file.endsWith('.check.ts'))
        .map(file => exerciseFiles(`${topic}/${file.slice(0, -'.check.ts'.length)}`, root)),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The files of one exercise. An unknown name throws, with the nearest names that there are. */
export function findExercise(id: string, root = courseRoot): ExerciseFiles {
  const ids = listExercises(root).map(files => files.id);
  if (ids.includes(id)) return exerciseFiles(id, root);
  // A learner may leave the chapter out: compare with the short names too.
  const short = ids.filter(known => known.split('/')[1] === id);
  const near = [...new Set([...short, ...nearest(String(id), ids), ...nearestShort(String(id), ids)])].slice(0, 3);
  throw new LearnableError(`There is no exercise '${id}'.`, {
    hint:
      near.length > 0
        ? `Did you mean ${near.map(name => `'${name}'`).join(' or ')}?`
        : `The exercises are ${ids.join(', ')}.`,
  });
}

/** The checks, hints and mutants of an exercise. */
export async function loadExercise(files: ExerciseFiles): Promise<Exercise> {
  const module = await importTypeScript(files.checks);
  const definition = module.default as Exercise | undefined;
  if (definition === undefined || !Array.isArray(definition.checks)) {
    throw new LearnableError(`${files.checks} has no exercise as its default export.`, {
      hint: 'Write: export default exercise({ … });',
    });
  }
  return definition;
}

/** The functions of an exercise's solution. */
export async function loadSolution(files: ExerciseFiles): Promise<Functions> {
  return (await importTypeScript(files.solution)) as Functions;
}

export async function readSolution(files: ExerciseFiles): Promise<string> {
  return readFile(files.solution, 'utf8');
}

function exerciseFiles(id: string, root: string): ExerciseFiles {
  const path = join(root, 'exercises', id);
  return { id, stub: `${path}.ts`, checks: `${path}.check.ts`, solution: `${join(root, 'solutions', id)}.ts` };
}

function nearestShort(id: string, ids: readonly string[]): string[] {
  const shortNames = ids.map(known => known.split('/')[1]!);
  const names = nearest(id.split('/').at(-1)!, shortNames);
  return ids.filter(known => names.includes(known.split('/')[1]!));
}

function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
