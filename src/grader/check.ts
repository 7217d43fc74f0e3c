import { LearnableError } from '../core/index.ts';
import { findExercise, loadExercise, loadSolution } from './catalogue.ts';
import type { Functions } from './exercise.ts';
import { findMisconception } from './misconception.ts';
import { CheckResult, overallStatus } from './result.ts';
import { runChecks } from './run-checks.ts';
import { liveSubject } from './subject.ts';

/**
 * Checks the answer to an exercise, in a notebook: pass the functions that the cell defines.
 * Throws for an exercise that does not exist; a wrong answer is a result, not an error.
 *
 * @example await check('01-training/gradient-step', { gradientStep })
 */
export async function check(id: string, functions: Functions): Promise<CheckResult> {
  const files = findExercise(id);
  const exercise = await loadExercise(files);
  if (typeof functions !== 'object' || functions === null) {
    throw new LearnableError(`check('${id}'): your functions are missing.`, {
      hint: `Write: await check('${id}', { ${exercise.functions.join(', ')} })`,
    });
  }
  const start = performance.now();
  const runs = await runChecks(exercise, liveSubject(functions));
  const checks = runs.map(run => run.outcome);
  return new CheckResult({
    id,
    title: exercise.title,
    status: overallStatus(checks, []),
    checks,
    misconception: await findMisconception(exercise, runs, () => loadSolution(files)),
    typeProblems: [],
    printed: '',
    timeMs: performance.now() - start,
  });
}
