import { describe, mismatch, nearest } from './errors.ts';

/** A shape with free places: `[null, 3]` is any number of rows of three. */
export type ShapePattern = readonly (number | null)[];

export interface Shaped {
  readonly shape: readonly number[];
}

/** `[batch, 3]`: how a shape is written in messages. */
export function formatShape(shape: ShapePattern): string {
  return `[${shape.map(size => size ?? 'any').join(', ')}]`;
}

export function matchesShape(shape: readonly number[], pattern: ShapePattern): boolean {
  return shape.length === pattern.length && pattern.every((size, i) => size === null || size === shape[i]);
}

export function assertShape(where: string, tensor: Shaped, pattern: ShapePattern, hint?: string): void {
  if (matchesShape(tensor.shape, pattern)) return;
  throw mismatch({
    where,
    expected: `shape ${formatShape(pattern)}`,
    received: `shape ${formatShape(tensor.shape)}`,
    hint,
  });
}

/** Refuses NaN and infinities, and says how many there are and where the first one is. */
export function assertFinite(where: string, values: ArrayLike<number>, hint?: string): void {
  let count = 0;
  let first = -1;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    if (count++ === 0) first = i;
  }
  if (count === 0) return;
  const received = `${count} of ${values.length} that ${count === 1 ? 'is' : 'are'} not, the first one ${values[first]} at position ${first}`;
  throw mismatch({ where, expected: 'finite numbers', received, hint });
}

export interface Bounds {
  min?: number;
  max?: number;
  /** Refuses `min` itself. */
  aboveMin?: boolean;
  hint?: string;
}

export function assertInteger(where: string, value: unknown, bounds: Bounds = {}): asserts value is number {
  if (Number.isSafeInteger(value) && within(value as number, bounds)) return;
  throw mismatch({
    where,
    expected: `a whole number${formatBounds(bounds)}`,
    received: describe(value),
    hint: bounds.hint,
  });
}

export function assertNumber(where: string, value: unknown, bounds: Bounds = {}): asserts value is number {
  if (typeof value === 'number' && Number.isFinite(value) && within(value, bounds)) return;
  throw mismatch({ where, expected: `a number${formatBounds(bounds)}`, received: describe(value), hint: bounds.hint });
}

export function assertOneOf<T extends string>(
  where: string,
  value: unknown,
  choices: readonly T[],
): asserts value is T {
  if (choices.includes(value as T)) return;
  const expected = `one of ${choices.map(choice => `'${choice}'`).join(', ')}`;
  const close = typeof value === 'string' ? nearest(value, choices, 1)[0] : undefined;
  throw mismatch({ where, expected, received: describe(value), hint: close && `Did you mean '${close}'?` });
}

/**
 * Refuses keys that an options object does not have, and offers the nearest: a misspelt option that is silently
 * ignored costs a learner an hour.
 */
export function assertKeys(where: string, options: unknown, known: readonly string[]): void {
  if (options === null || typeof options !== 'object' || Array.isArray(options))
    throw mismatch({ where, expected: 'an object of options', received: describe(options) });
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const close = nearest(key, known, 1)[0];
    const hint = close ? `Did you mean '${close}'?` : undefined;
    throw mismatch({ where, expected: `options among ${known.join(', ')}`, received: `'${key}'`, hint });
  }
}

function within(value: number, { min, max, aboveMin }: Bounds): boolean {
  if (min !== undefined && (aboveMin ? value <= min : value < min)) return false;
  return max === undefined || value <= max;
}

function formatBounds({ min, max, aboveMin }: Bounds): string {
  if (min !== undefined && max !== undefined)
    return ` ${aboveMin ? 'above' : 'from'} ${min} ${aboveMin ? 'and up' : ''} to ${max}`.replace('  ', ' ');
  if (min !== undefined) return aboveMin ? ` above ${min}` : ` from ${min}`;
  return max === undefined ? '' : ` up to ${max}`;
}
