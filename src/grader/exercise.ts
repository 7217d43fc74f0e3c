import { LearnableError } from '../core/index.ts';

/** What an exercise file exports: `typeof import('./gradient-step.ts')`. */
// biome-ignore lint/suspicious/noExplicitAny: parameters of functions that are not known here
export type Functions = Record<string, (...args: any[]) => unknown>;

/** The learner's functions as a check sees them: out of reach, possibly in another process. */
export interface Trial<F extends Functions = Functions> {
  /**
   * Calls the learner's function with copies of the arguments. What comes back may be anything, so it is `unknown`
   * until one of the expectations (`number`, `closeTo`, …) has looked at it. A promise is awaited.
   */
  call<Name extends keyof F & string>(name: Name, ...args: Parameters<F[Name]>): Promise<unknown>;
}

export interface Check<F extends Functions = Functions> {
  /** The property that is checked, as a sentence: "A perfect prediction has no error". */
  title: string;
  /** What to look at when this check fails. */
  hint: string;
  /** Calls the learner's functions and throws through an expectation where the answer does not fit. */
  run(trial: Trial<F>): Promise<void>;
  /** Longest time that the check may take; 5000 without it. */
  timeoutMs?: number;
}

/** A wrong solution that learners really write. It takes the solution's functions, with some replaced. */
export interface Mutant<F extends Functions = Functions> {
  name: string;
  /** What a learner reads whose answer behaves the same: the misconception, and what to change. */
  explanation: string;
  functions: Partial<F>;
}

export interface Exercise<F extends Functions = Functions> {
  title: string;
  /** Names that the learner's file exports. */
  functions: readonly (keyof F & string)[];
  /** From a nudge to nearly there. */
  hints: readonly [string, string, string];
  checks: readonly Check<F>[];
  mutants: readonly Mutant<F>[];
}

/**
 * Describes an exercise: the default export of `exercises/NN-topic/name.check.ts`.
 * Throws where a part is missing, so that a half-written exercise is found when it is loaded.
 *
 * @example export default exercise<typeof import('./predict.ts')>({ title, functions: ['predict'], hints, checks, mutants });
 */
export function exercise<F extends Functions>(definition: Exercise<F>): Exercise<F> {
  const { title, functions, hints, checks, mutants } = definition;
  const faults = [
    !title?.trim() && 'a title is missing',
    !functions?.length && 'no function is named',
    (hints?.length !== 3 || hints.some(hint => !hint.trim())) && 'three hints are needed',
    !checks?.length && 'there is no check',
    repeated(checks?.map(check => check.title)) && 'two checks have the same title',
    repeated(mutants?.map(mutant => mutant.name)) && 'two mutants have the same name',
  ].filter(fault => typeof fault === 'string');
  if (faults.length > 0) throw new LearnableError(`exercise('${title ?? ''}'): ${faults.join('; ')}.`);
  return definition;
}

function repeated(names: readonly string[] = []): boolean {
  return new Set(names).size !== names.length;
}
