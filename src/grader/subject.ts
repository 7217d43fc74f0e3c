import type { Functions } from './exercise.ts';
import { fromWire, toWire } from './wire.ts';

/** What the checks try: the learner's functions, here or in another process. Only values come back. */
export interface Subject {
  call(name: string, args: readonly unknown[]): Promise<unknown>;
  /** What the learner's code printed since the last call of this. */
  takePrinted?(): string;
  /** Called when a check ran out of time: whatever still runs must stop. */
  abandon?(): void;
  close?(): void;
}

/** The learner's function threw. */
export class AnswerError extends Error {
  /** True when the stub is untouched. */
  readonly notAttempted: boolean;
  /** Where in the learner's file: `line 4, column 9`. */
  readonly where: string | undefined;

  constructor(error: { name: string; message: string; where?: string }) {
    super(`${error.name}: ${error.message}`);
    this.notAttempted = isTodo(error.message);
    this.where = error.where;
  }
}
AnswerError.prototype.name = 'AnswerError';

/** Stubs throw `new Error('TODO')`, with or without words after it. */
export function isTodo(message: string): boolean {
  return /^\s*TODO\b/.test(message);
}

/** The functions of a notebook's cell. Arguments and answers are copied, as they would be on their way to a process. */
export function liveSubject(functions: Functions): Subject {
  return {
    async call(name, args) {
      const answer = functions[name];
      if (typeof answer !== 'function') throw new AnswerError(missing(name, answer));
      const copies = args.map(arg => fromWire(toWire(arg)));
      let value: unknown;
      try {
        value = await answer(...copies);
      } catch (error) {
        throw new AnswerError(errorParts(error));
      }
      return fromWire(toWire(value));
    },
  };
}

export function missing(name: string, found: unknown): { name: string; message: string } {
  return {
    name: 'Missing',
    message:
      found === undefined
        ? `there is no function ${name} here. Does your answer define it under exactly this name?`
        : `${name} is not a function but ${typeof found === 'object' ? 'an object' : `a ${typeof found}`}.`,
  };
}

/** Name and message of anything that was thrown; thrown things need not be errors. */
export function errorParts(error: unknown): { name: string; message: string } {
  try {
    if (error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error)) {
      const { name, message } = error as Error;
      return { name: String(name ?? 'Error').slice(0, 80), message: String(message).slice(0, 2000) };
    }
    return { name: 'Thrown', message: String(error).slice(0, 2000) };
  } catch {
    return { name: 'Error', message: 'something was thrown that cannot be shown' };
  }
}
