import { isNotData, isTensorValue } from './wire.ts';
import { received, write, writeNumber } from './words.ts';

/**
 * The expectations that checks are made of. Each fails closed: it passes only on a value that it has fully looked at,
 * so NaN, infinity, undefined, a text that looks like a number, or an array with a hole never pass.
 */

export interface Reason {
  /** Why this answer is the right one: "every difference is zero". */
  because: string;
}

export interface Closeness extends Reason {
  /** Largest accepted |received − expected| / max(1, |expected|); 1e-6 without it. */
  tolerance?: number;
}

/** An answer did not fit; the runner turns it into what the learner reads. */
export class CheckFailure extends Error {
  readonly received: string;
  readonly expected: string;
  readonly because: string;

  constructor(parts: { received: string; expected: string; because: string }) {
    super(`expected ${parts.expected}, received ${parts.received}`);
    this.received = parts.received;
    this.expected = parts.expected;
    this.because = parts.because;
  }
}
CheckFailure.prototype.name = 'CheckFailure';

/** By name, as a check's file may have loaded this module for itself. */
export function isCheckFailure(error: unknown): error is CheckFailure {
  return error instanceof Error && error.name === 'CheckFailure';
}

/** A finite number. */
export function number(value: unknown, { because }: Reason): number {
  return finite(value, { expected: 'a finite number', because });
}

/** What is needed of an answer, in words: the exact answer where a check knows it. */
interface Wanted extends Reason {
  expected: string;
}

function finite(value: unknown, { expected, because }: Wanted): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new CheckFailure({ received: received(value), expected, because });
}

/** A finite number close to `expected`. */
export function closeTo(value: unknown, expected: number, { because, tolerance = 1e-6 }: Closeness): number {
  const wanted = { expected: writeClose(expected, tolerance), because };
  const answer = finite(value, wanted);
  if (isClose(answer, expected, tolerance)) return answer;
  throw new CheckFailure({ received: writeNumber(answer), ...wanted });
}

/** An array of finite numbers, of the given length. */
export function numbers(value: unknown, { because, length }: Reason & { length?: number }): number[] {
  const expected =
    length === undefined ? 'an array of numbers' : `an array of ${length} number${length === 1 ? '' : 's'}`;
  return list(value, length, { expected, because });
}

function list(value: unknown, length: number | undefined, { expected, because }: Wanted): number[] {
  if (isTensorValue(value)) return list(value.values, length, { expected, because });
  if (!Array.isArray(value)) throw new CheckFailure({ received: received(value), expected, because });
  if (length !== undefined && value.length !== length) {
    throw new CheckFailure({ received: `${write(value)}, an array of ${value.length}`, expected, because });
  }
  value.forEach((item, i) => {
    if (typeof item === 'number' && Number.isFinite(item)) return;
    throw new CheckFailure({ received: `${write(value)}, where item ${i} is ${received(item)}`, expected, because });
  });
  return value as number[];
}

/** An array of as many finite numbers as `expected` has, each close to its counterpart. */
export function allCloseTo(value: unknown, expected: readonly number[], reason: Closeness): number[] {
  const wanted = { expected: write(expected), because: reason.because };
  const answer = list(value, expected.length, wanted);
  const off = answer.findIndex((item, i) => !isClose(item, expected[i]!, reason.tolerance ?? 1e-6));
  if (off === -1) return answer;
  throw new CheckFailure({ received: `${write(answer)}, which differs at item ${off}`, ...wanted });
}

/** An object that holds a finite number under each of the names; other names are ignored. */
export function fields<Name extends string>(
  value: unknown,
  names: readonly Name[],
  { because }: Reason,
): Record<Name, number> {
  return record(value, names, { expected: `an object { ${names.join(', ')} } of finite numbers`, because });
}

function record<Name extends string>(
  value: unknown,
  names: readonly Name[],
  { expected, because }: Wanted,
): Record<Name, number> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value) && !isNotData(value);
  if (!isRecord) throw new CheckFailure({ received: received(value), expected, because });
  const own = value as Record<string, unknown>;
  for (const name of names) {
    const item = Object.hasOwn(own, name) ? own[name] : undefined;
    if (typeof item === 'number' && Number.isFinite(item)) continue;
    const found = Object.hasOwn(own, name) ? `${name} is ${received(item)}` : `${name} is missing`;
    throw new CheckFailure({ received: `${write(value)}, where ${found}`, expected, because });
  }
  return own as Record<Name, number>;
}

/** An object whose numbers are close to the expected ones. */
export function fieldsCloseTo<Name extends string>(
  value: unknown,
  expected: Record<Name, number>,
  { because, tolerance = 1e-6 }: Closeness,
): Record<Name, number> {
  const names = Object.keys(expected) as Name[];
  const wanted = { expected: write(expected), because };
  const answer = record(value, names, wanted);
  const off = names.filter(name => !isClose(answer[name], expected[name], tolerance));
  if (off.length === 0) return answer;
  throw new CheckFailure({
    received: `${write(answer)}, which differs in ${off.join(' and ')}`,
    ...wanted,
  });
}

/** A property that the answer must have. The condition must be the boolean `true`: a NaN or a text does not pass. */
export function holds(condition: boolean, parts: { received: unknown; expected: string; because: string }): void {
  if (condition === true) return;
  throw new CheckFailure({ ...parts, received: received(parts.received) });
}

function isClose(a: number, b: number, tolerance: number): boolean {
  // Written so that a NaN on either side gives false.
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
}

function writeClose(expected: number, tolerance: number): string {
  return tolerance > 1e-5
    ? `${writeNumber(expected)} (give or take ${writeNumber(tolerance * Math.max(1, Math.abs(expected)))})`
    : writeNumber(expected);
}
