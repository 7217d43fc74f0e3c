import { describe, mismatch } from '../../core/index.ts';

/** A number as it is, a day or a time in milliseconds. */
export function timeOf(where: string, key: unknown): number {
  const time = typeof key === 'number' ? key : key instanceof Date ? key.getTime() : Date.parse(String(key));
  if (!Number.isNaN(time)) return time;
  throw mismatch({
    where,
    expected: 'numbers, dates, or texts such as 2024-02-29',
    received: describe(key),
    hint: "data.parseCsv(text, { columns: { …: 'date' } }) reports the rows that hold no date.",
  });
}
