import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type Check,
  type CheckResult,
  checkExerciseFile,
  courseRoot,
  type Exercise,
  type ExerciseFiles,
  findMisconception,
  listExercises,
  loadExercise,
  loadSolution,
  runMutant,
  typeCheck,
} from '../grader/index.ts';
import { buildCourse } from './build.ts';

export interface Finding {
  /** `01-training/predict`, or a file. */
  where: string;
  message: string;
}

export interface VerifyOptions {
  /** Only these exercises; all without it, and then the folders and the notebooks too. */
  only?: readonly string[];
  onProgress?(where: string): void;
  root?: string;
}

const MIN_MUTANTS = 5;

/**
 * Proves the course's promises and answers what is broken: every stub compiles and is "not attempted" in every check, every
 * solution passes, every mutant is caught and is told its own misconception, no file is stray, notebooks are up to date.
 */
export async function verifyCourse({ only, onProgress, root = courseRoot }: VerifyOptions = {}): Promise<Finding[]> {
  const exercises = listExercises(root).filter(files => only === undefined || only.includes(files.id));
  const findings = only === undefined ? await verifyFolders(root) : [];
  findings.push(...(await verifyTypes(exercises, root)));
  for (const files of exercises) {
    onProgress?.(files.id);
    findings.push(...(await verifyExercise(files, root)).map(message => ({ where: files.id, message })));
  }
  return findings;
}

async function verifyExercise(files: ExerciseFiles, root: string): Promise<string[]> {
  let exercise: Exercise;
  try {
    exercise = await loadExercise(files);
  } catch (error) {
    return [`the checks cannot be loaded: ${(error as Error).message}`];
  }
  const missing = [files.stub, files.solution].filter(file => !existsSync(file));
  if (missing.length > 0) return missing.map(file => `${file} is missing`);
  const few = exercise.mutants.length < MIN_MUTANTS;
  return [
    ...(few ? [`has ${exercise.mutants.length} mutants: at least ${MIN_MUTANTS} are needed`] : []),
    ...stubFaults(await checkExerciseFile(files.id, { root, types: false })),
    ...solutionFaults(await checkExerciseFile(files.id, { root, file: files.solution, types: false })),
    ...(await mutantFaults(exercise, files)),
  ];
}

function stubFaults({ checks }: CheckResult): string[] {
  return checks
    .filter(check => check.status !== 'not-attempted')
    .map(
      check =>
        `the stub must be "not attempted" in "${check.title}", which is ${check.status}: ${check.received ?? ''}`,
    );
}

function solutionFaults({ checks, passed }: CheckResult): string[] {
  if (passed) return [];
  return checks
    .filter(check => check.status !== 'passed')
    .map(check => `the solution fails "${check.title}": received ${check.received}, expected ${check.expected}`);
}

async function mutantFaults(exercise: Exercise, files: ExerciseFiles): Promise<string[]> {
  const faults: string[] = [];
  const solution = () => loadSolution(files);
  for (const mutant of exercise.mutants) {
    const runs = await runMutant(exercise, mutant, solution);
    const broken = runs.find(run => run.outcome.status === 'broken');
    if (broken)
      faults.push(`"${broken.outcome.title}" breaks on the mutant "${mutant.name}": ${broken.outcome.received}`);
    if (runs.every(run => run.outcome.status === 'passed')) {
      faults.push(`no check catches the mutant "${mutant.name}"`);
      continue;
    }
    const found = await findMisconception(exercise, runs, solution);
    if (found?.name !== mutant.name) {
      faults.push(
        `the mutant "${mutant.name}" is told ${found ? `the explanation of "${found.name}"` : 'no explanation'}`,
      );
    }
  }
  return [...faults, ...(await idleChecks(exercise, solution))];
}

/** A check that no mutant fails proves nothing that the others do not. */
async function idleChecks(exercise: Exercise, solution: () => ReturnType<typeof loadSolution>): Promise<string[]> {
  const all = await Promise.all(exercise.mutants.map(mutant => runMutant(exercise, mutant, solution)));
  const isIdle = (_: Check, i: number) => all.length > 0 && all.every(runs => runs[i]!.outcome.status === 'passed');
  return exercise.checks.filter(isIdle).map(check => `no mutant fails the check "${check.title}"`);
}

async function verifyTypes(exercises: readonly ExerciseFiles[], root: string): Promise<Finding[]> {
  const paths = exercises.flatMap(files => [files.stub, files.checks, files.solution]).filter(file => existsSync(file));
  if (paths.length === 0) return [];
  const problems = await typeCheck(new Map(paths.map(path => [path, undefined])), root);
  return [...problems].flatMap(([path, list]) =>
    list.map(({ line, message }) => ({
      where: path.slice(resolve(root).length + 1),
      message: `line ${line}: ${message}`,
    })),
  );
}

/** Files that belong to no exercise, and notebooks that differ from their chapters. */
async function verifyFolders(root: string): Promise<Finding[]> {
  const expected = new Set(listExercises(root).flatMap(files => [files.stub, files.checks, files.solution]));
  const stray = ['exercises', 'solutions']
    .flatMap(folder => filesBelow(join(root, folder)))
    .filter(file => !expected.has(file) && !file.endsWith('README.md'))
    .map(file => ({ where: file.slice(root.length + 1), message: 'belongs to no exercise' }));
  const { notebooks, problems } = await buildCourse({ check: true, root });
  return [
    ...stray,
    ...problems.map(message => ({ where: 'chapters', message })),
    ...notebooks
      .filter(({ status }) => status === 'differs')
      .map(({ chapter, notebook }) => ({
        where: notebook,
        message: `differs from ${chapter}: run learnable course build`,
      })),
  ];
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name));
}
