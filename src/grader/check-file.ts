import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { LearnableError } from '../core/index.ts';
import { courseRoot, findExercise, loadExercise, loadSolution } from './catalogue.ts';
import { childSubject } from './child-subject.ts';
import { findMisconception } from './misconception.ts';
import { CheckResult, overallStatus } from './result.ts';
import { runChecks } from './run-checks.ts';
import { AnswerError } from './subject.ts';
import { typeCheckFile } from './type-check.ts';

export interface CheckFileOptions {
  /** The learner's file; the one in `exercises/` without it. */
  file?: string;
  root?: string;
  /** Leave out the type check. */
  types?: boolean;
}

/**
 * Checks a file with an answer, in a process of its own. The checks run too where the types are wrong: both are told.
 * Throws for an exercise or a file that does not exist; whatever is wrong with the answer is in the result.
 *
 * @example console.log(formatForTerminal(await checkExerciseFile('01-training/gradient-step')));
 */
export async function checkExerciseFile(id: string, options: CheckFileOptions = {}): Promise<CheckResult> {
  const { root = courseRoot, types = true } = options;
  const files = findExercise(id, root);
  const file = resolve(options.file ?? files.stub);
  if (!existsSync(file)) throw new LearnableError(`There is no file ${file}.`, { hint: 'Is the path right?' });
  const exercise = await loadExercise(files);
  const start = performance.now();
  const typeProblems = types ? await typeCheckFile(file) : [];
  const subject = childSubject(file);
  try {
    // A file that does not load fails every check with the same words; say them once.
    const loadError = await subject.load().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (loadError !== undefined && !(loadError instanceof AnswerError)) throw loadError;
    const runs = loadError ? [] : await runChecks(exercise, subject);
    const checks = loadError ? [doesNotLoad(loadError)] : runs.map(run => run.outcome);
    return new CheckResult({
      id,
      title: exercise.title,
      status: overallStatus(checks, typeProblems),
      checks,
      misconception: await findMisconception(exercise, runs, () => loadSolution(files)),
      typeProblems,
      printed: subject.takePrinted?.() ?? '',
      timeMs: performance.now() - start,
    });
  } finally {
    subject.close?.();
  }
}

function doesNotLoad(error: AnswerError) {
  return {
    title: 'The file loads',
    status: 'failed' as const,
    tried: [],
    received: `an error${error.where ? ` (${error.where})` : ''}: ${error.message}`,
    expected: 'a file that can be imported',
    because: 'nothing in it can be called before that',
    timeMs: 0,
  };
}
