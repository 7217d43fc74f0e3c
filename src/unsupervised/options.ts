import { describe, mismatch, type NamedDense } from '../core/index.ts';

/** So many groups need at least as many rows. */
export function assertEnoughRows(where: string, rows: number, wanted: number, noun: string): void {
  if (rows >= wanted) return;
  throw mismatch({
    where,
    expected: `at least ${wanted} rows for ${wanted} ${noun}`,
    received: `${rows}`,
    hint: 'Ask for fewer, or give more rows.',
  });
}

/** Places that the caller gives to begin with: as many as wanted, as wide as the rows. */
export function readStart(where: string, start: unknown, count: number, columns: number): Float64Array {
  const rows = start as readonly ArrayLike<number>[];
  const fits =
    Array.isArray(start) &&
    rows.length === count &&
    rows.every(row => row?.length === columns && Array.from(row).every(Number.isFinite));
  if (fits) return Float64Array.from(rows.flatMap(row => Array.from(row)));
  throw mismatch({ where, expected: `${count} rows of ${columns} finite numbers`, received: describe(start) });
}

/** `x` with names for its columns. */
export type Columns = NamedDense & { readonly features: readonly string[] };
