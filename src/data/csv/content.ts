import { describe } from '../../core/index.ts';

/** What a column of a CSV file holds: numbers, texts, or days such as 2024-02-29, which stay texts. */
export type CsvContent = 'number' | 'text' | 'date';

/** So many of the values that are there have to be numbers for the others to count as errors. */
const MOSTLY = 0.9;

/** Of one column of the rows. */
export function contentOf(
  rows: readonly { readonly cells: readonly string[] }[],
  column: number,
  missing: ReadonlySet<string>,
): CsvContent {
  let [numbers, others] = [0, 0];
  for (const { cells } of rows) {
    const cell = cells[column]!;
    if (missing.has(cell.trim())) continue;
    if (numberOf(cell) !== undefined) numbers++;
    else others++;
    // However many numbers follow, they are too few.
    if (others > rows.length * (1 - MOSTLY) + 1) return 'text';
  }
  const present = numbers + others;
  return present > 0 && numbers >= MOSTLY * present ? 'number' : 'text';
}

/** What one cell says; the reason that it says nothing names the column as `%`. */
export interface Reading {
  value?: unknown;
  reason?: string;
}

/** Reads the cells of one column, each text once: equal cells share their value. */
export function cellReader(content: CsvContent, missing: ReadonlySet<string>): (cell: string) => Reading {
  const known = new Map<string, Reading>();
  return cell => {
    let reading = known.get(cell);
    if (!reading) {
      reading = readCell(cell, content, missing);
      known.set(cell, reading);
    }
    return reading;
  };
}

function readCell(cell: string, content: CsvContent, missing: ReadonlySet<string>): Reading {
  if (missing.has(cell.trim())) return { value: content === 'number' ? Number.NaN : null };
  if (content === 'text') return { value: cell };
  if (content === 'date')
    return isDay(cell.trim())
      ? { value: cell.trim() }
      : { reason: `expected a day such as 2024-02-29 in %, received ${describe(cell)}` };
  const value = numberOf(cell);
  return value === undefined ? { reason: `expected a number in %, received ${describe(cell)}` } : { value };
}

/** Decimal numbers only: `Number` would take 0x10 and Infinity too. */
function numberOf(cell: string): number | undefined {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(cell) ? Number(cell) : undefined;
}

/** A day of the calendar, with or without a time behind it. */
export function isDay(text: string): boolean {
  const [, day] = /^(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:?\d\d)?)?$/.exec(text) ?? [];
  if (!day) return false;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
