import type { Exercise, Functions, Mutant } from './exercise.ts';
import { type Call, type CheckRun, runChecks } from './run-checks.ts';
import { liveSubject } from './subject.ts';
import { isNotData, isTensorValue } from './wire.ts';

export interface Misconception {
  name: string;
  explanation: string;
}

/**
 * The known wrong solution that answers just as the learner's did, on every call of every check; undefined where none does.
 * `solution` supplies the functions that a mutant leaves as they are.
 */
export async function findMisconception(
  exercise: Exercise,
  runs: readonly CheckRun[],
  solution: () => Promise<Functions>,
): Promise<Misconception | undefined> {
  if (!runs.some(({ outcome }) => outcome.status === 'failed')) return undefined;
  for (const mutant of exercise.mutants) {
    const others = await runMutant(exercise, mutant, solution);
    if (runs.every((run, i) => sameRun(run, others[i]!))) {
      return { name: mutant.name, explanation: mutant.explanation };
    }
  }
  return undefined;
}

/** Runs the checks on a mutant, in this process: mutants are the course's own code. */
export async function runMutant(
  exercise: Exercise,
  mutant: Mutant,
  solution: () => Promise<Functions>,
): Promise<CheckRun[]> {
  const isWhole = exercise.functions.every(name => mutant.functions[name] !== undefined);
  const rest = isWhole ? {} : await solution();
  return runChecks(exercise, liveSubject({ ...rest, ...mutant.functions } as Functions));
}

function sameRun(a: CheckRun, b: CheckRun): boolean {
  return (
    a.outcome.status === b.outcome.status &&
    a.calls.length === b.calls.length &&
    a.calls.every((call, i) => sameCall(call, b.calls[i]!))
  );
}

function sameCall(a: Call, b: Call): boolean {
  if (a.name !== b.name || (a.error === undefined) !== (b.error === undefined)) return false;
  return a.error !== undefined || sameValue(a.value, b.value);
}

/** Equal up to rounding; here NaN equals NaN, as the question is whether two answers behave alike. */
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
  }
  if (isNotData(a) && isNotData(b)) return a.what === b.what;
  if (isTensorValue(a) && isTensorValue(b)) {
    return sameValue(a.shape, b.shape) && sameValue(a.values, b.values);
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every(key => Object.hasOwn(b, key) && sameValue((a as Functions)[key], (b as Functions)[key]))
    );
  }
  return Object.is(a, b);
}
