import fc from 'fast-check';
import { writeProgram } from './programs/index.ts';

/** How many cases, from which seed: fast-check tells both of a property that fails, with the smallest case that does. */
export interface Effort {
  numRuns: number;
  seed: number;
  limitMs: number;
}

/** The same cases at every run, so that a run can be trusted. `LEARNABLE_SEED` and `LEARNABLE_RUNS` look elsewhere, and for longer. */
export const FEW = (numRuns: number): Effort => {
  const { LEARNABLE_SEED: seed = 20_26, LEARNABLE_RUNS: runs = numRuns } = process.env;
  return { numRuns: Number(runs), seed: Number(seed), limitMs: Number(runs) > numRuns ? 600_000 : 60_000 };
};

let count = 0;

/** Programs of TypeScript; the names of each are its own, as all run in one process. */
export function programs(maxLength: number): fc.Arbitrary<string> {
  return fc.uint8Array({ maxLength, size: 'max' }).map(numbers => writeProgram(numbers, `_${++count}`));
}

/** Skips a case that is no program after all. */
export function skip(): never {
  fc.pre(false);
  throw new Error('fast-check skips');
}

export async function holds<T>(
  values: fc.Arbitrary<T>,
  property: (value: T) => Promise<void> | void,
  effort: Effort,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(values, async value => property(value)),
    // Time enough, and then the smallest case that was found by then.
    { ...effort, maxSkipsPerRun: 1000, interruptAfterTimeLimit: effort.limitMs, markInterruptAsFailure: false },
  );
}
