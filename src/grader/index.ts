/** What a `.check.ts` file imports, as `learnable/grader`, and what the library and the CLI take. */
export {
  courseRoot,
  type ExerciseFiles,
  findExercise,
  listExercises,
  loadExercise,
  loadSolution,
} from './catalogue.ts';
export { check } from './check.ts';
export { checkExerciseFile } from './check-file.ts';
export { type Check, type Exercise, exercise, type Functions, type Mutant, type Trial } from './exercise.ts';
export {
  allCloseTo,
  type Closeness,
  closeTo,
  fields,
  fieldsCloseTo,
  holds,
  number,
  numbers,
  type Reason,
} from './expect.ts';
export { formatForTerminal } from './format-terminal.ts';
export { hint, type Reading, solution } from './hint.ts';
export { findMisconception, type Misconception, runMutant } from './misconception.ts';
export { type CheckReport, CheckResult, RESULT_MIME, type TypeProblem } from './result.ts';
export { type CheckOutcome, type CheckRun, type CheckStatus, runChecks } from './run-checks.ts';
export { liveSubject, type Subject } from './subject.ts';
export { typeCheck } from './type-check.ts';
