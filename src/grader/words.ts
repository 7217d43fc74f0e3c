import { isNotData, isTensorValue } from './wire.ts';

/** A value as a learner would write it, short enough for a line: `[1, 2, 3, … 20 numbers]`. */
export function write(value: unknown, depth = 0): string {
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'string') return value.length > 60 ? `'${value.slice(0, 57)}…'` : `'${value}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (value === null || typeof value !== 'object') return String(value);
  if (isNotData(value)) return value.what;
  if (isTensorValue(value)) return `a tensor of shape [${value.shape.join(', ')}] ${write(value.values, depth + 1)}`;
  if (Array.isArray(value)) return writeArray(value, depth);
  if (value instanceof Map) return `a Map of ${value.size}`;
  if (value instanceof Set) return `a Set of ${value.size}`;
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  if (depth > 2) return '{ … }';
  const shown = entries.slice(0, 6).map(([key, item]) => `${key}: ${write(item, depth + 1)}`);
  return `{ ${shown.join(', ')}${entries.length > 6 ? ', …' : ''} }`;
}

/** What came back, in words that point at the likely slip where the value itself tells. */
export function received(value: unknown): string {
  if (value === undefined) return 'nothing (undefined): is a `return` missing?';
  if (typeof value === 'number' && Number.isNaN(value)) {
    return 'NaN, "not a number": look for 0 / 0, or for an item read from beyond the end of an array';
  }
  if (value === Infinity || value === -Infinity)
    return `${writeNumber(value)}: look for a division by zero or a value that grew without bound`;
  if (typeof value === 'string') return `the text ${write(value)}`;
  if (isTensorValue(value)) return write(value);
  return write(value);
}

function writeArray(values: readonly unknown[], depth: number): string {
  if (depth > 2) return '[ … ]';
  const limit = 8;
  const shown = values.slice(0, limit).map(value => write(value, depth + 1));
  if (values.length > limit) shown.push(`… ${values.length} in all`);
  return `[${shown.join(', ')}]`;
}

/** Six significant digits where more would only be noise, with a true minus sign kept as ASCII so that it can be pasted. */
export function writeNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  if (!Number.isFinite(value)) return String(value);
  return String(Number(value.toPrecision(6)));
}
