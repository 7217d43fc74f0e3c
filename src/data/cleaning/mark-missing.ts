import type { DataFrame } from 'danfojs-node';
import { assertKeys, columnValues, isMissing, kindOf } from '../../core/index.ts';
import { assertFrame } from '../assert.ts';
import { withColumns } from '../frame.ts';

/** What stands for a missing value in a column: a value, several, a pattern of texts, or a test. */
export type Placeholder = string | number | readonly (string | number)[] | RegExp | ((value: unknown) => boolean);

/**
 * A new frame in which values that only stand for a missing one, such as 'unknown' or -999, are missing.
 *
 * @example
 * const strikes = await data.load('birdstrikes');
 * data.markMissing(strikes, { 'Wildlife Species': /^Unknown/, 'Aircraft Airline Operator': 'UNKNOWN' })
 */
export function markMissing(frame: DataFrame, placeholders: Readonly<Record<string, Placeholder>>): DataFrame {
  const where = 'markMissing(frame, placeholders)';
  assertFrame(where, frame);
  assertKeys(where, placeholders, frame.columns);
  const changed = Object.entries(placeholders).map(([column, placeholder]) => {
    const values = columnValues(where, frame, column);
    const empty = kindOf(values) === 'number' ? Number.NaN : null;
    const isPlaceholder = testOf(placeholder);
    return [column, values.map(value => (!isMissing(value) && isPlaceholder(value) ? empty : value))] as const;
  });
  return withColumns(frame, new Map(changed));
}

function testOf(placeholder: Placeholder): (value: unknown) => boolean {
  if (typeof placeholder === 'function') return placeholder;
  if (placeholder instanceof RegExp) return value => typeof value === 'string' && value.search(placeholder) >= 0;
  const values = new Set<unknown>(Array.isArray(placeholder) ? placeholder : [placeholder]);
  return value => values.has(value);
}
