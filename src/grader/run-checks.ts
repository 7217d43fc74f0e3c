import type { Check, Exercise } from './exercise.ts';
import { isCheckFailure } from './expect.ts';
import { AnswerError, type Subject } from './subject.ts';
import { write } from './words.ts';

export type CheckStatus = 'passed' | 'failed' | 'not-attempted' | 'broken';

/** One check's verdict, ready to be told. */
export interface CheckOutcome {
  title: string;
  status: CheckStatus;
  /** The calls that were made, as the learner would write them. */
  tried: string[];
  received?: string;
  expected?: string;
  /** Why the expected answer is the right one. */
  because?: string;
  /** Set where the check failed. */
  hint?: string;
  timeMs: number;
}

/** A call and what came of it, kept to compare answers with known misconceptions. */
export interface Call {
  name: string;
  args: readonly unknown[];
  value?: unknown;
  error?: string;
}

export interface CheckRun {
  outcome: CheckOutcome;
  calls: Call[];
}

class OutOfTime extends Error {}

/** Default of a check's `timeoutMs`. */
export const CHECK_TIMEOUT_MS = 5000;
/** After so many checks out of time the rest is not tried: each would cost the learner the whole limit. */
const MAX_TIMEOUTS = 2;

/** Runs every check, in order; one that fails does not stop the next. */
export async function runChecks(exercise: Exercise, subject: Subject): Promise<CheckRun[]> {
  const runs: CheckRun[] = [];
  let timeouts = 0;
  for (const check of exercise.checks) {
    if (timeouts >= MAX_TIMEOUTS) {
      runs.push({ calls: [], outcome: notTried(check) });
      continue;
    }
    const run = await runCheck(check, subject);
    if (run.timedOut) timeouts++;
    runs.push(run);
  }
  return runs;
}

async function runCheck(check: Check, subject: Subject): Promise<CheckRun & { timedOut: boolean }> {
  const calls: Call[] = [];
  const limitMs = check.timeoutMs ?? CHECK_TIMEOUT_MS;
  const start = performance.now();
  const verdict = await withLimit(limitMs, () =>
    check.run({
      async call(name, ...args) {
        const entry: Call = { name, args };
        calls.push(entry);
        try {
          entry.value = await subject.call(name, args);
        } catch (error) {
          entry.error = error instanceof Error ? error.message : String(error);
          throw error;
        }
        return entry.value;
      },
    }),
  ).then(
    () => ({ status: 'passed' as const }),
    error => explain(error, check, calls),
  );
  const timeMs = performance.now() - start;
  const timedOut = verdict.status === 'failed' && verdict.timedOut === true;
  if (timedOut) subject.abandon?.();
  const { timedOut: _, ...told } = { timedOut, ...verdict };
  return { calls, timedOut, outcome: { title: check.title, tried: calls.map(writeCall), timeMs, ...told } };

  function explain(error: unknown, { hint }: Check, made: Call[]): Verdict {
    if (isCheckFailure(error)) {
      return { status: 'failed', received: error.received, expected: error.expected, because: error.because, hint };
    }
    if (error instanceof OutOfTime) {
      return {
        status: 'failed',
        timedOut: true,
        received: `no answer after ${seconds(performance.now() - start)} (the limit of the check "${check.title}" is ${seconds(limitMs)})`,
        expected: 'an answer within the limit',
        because: 'a loop that never ends is the usual cause: does its condition become false?',
        hint,
      };
    }
    if (error instanceof AnswerError) {
      if (error.notAttempted) return { status: 'not-attempted' };
      const where = error.where ? ` (${error.where})` : '';
      return {
        status: 'failed',
        received: `an error${where}: ${error.message}`,
        expected: 'an answer',
        because: `${made.at(-1)?.name ?? 'the function'} has to return for this input`,
        hint,
      };
    }
    return {
      status: 'broken',
      received: `this check itself is at fault, not your answer: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

interface Verdict extends Partial<Omit<CheckOutcome, 'status'>> {
  status: CheckStatus;
  timedOut?: boolean;
}

async function withLimit<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OutOfTime()), limitMs);
  });
  try {
    return await Promise.race([work(), limit]);
  } finally {
    clearTimeout(timer);
  }
}

function notTried(check: Check): CheckOutcome {
  return {
    title: check.title,
    status: 'failed',
    tried: [],
    received: 'nothing: it was not tried, as earlier checks ran out of time',
    expected: 'an answer within the limit',
    because: 'mend the endless loop first',
    hint: check.hint,
    timeMs: 0,
  };
}

function writeCall({ name, args, value, error }: Call): string {
  const call = `${name}(${args.map(arg => write(arg)).join(', ')})`;
  if (error !== undefined) return call;
  return value === undefined ? call : `${call} → ${shortReceived(value)}`;
}

function shortReceived(value: unknown): string {
  return typeof value === 'number' && Number.isNaN(value) ? 'NaN' : write(value);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
