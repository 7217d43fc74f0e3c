import type { DataFrame } from 'danfojs-node';
import papaparse from 'papaparse';
import { describe, mismatch } from '../../core/index.ts';
import type { Column } from '../catalogue/dataset.ts';
import { createFrame } from '../frame.ts';

const MISSING = ['', 'NA'];

/** Comma-separated text to a frame, its columns as the catalogue describes them. */
export function parseTable(
  where: string,
  columns: readonly Column[],
  text: string,
  missing: readonly string[] = MISSING,
): DataFrame {
  const { data: lines } = papaparse.parse<string[]>(text, { skipEmptyLines: true });
  const [header = [], ...body] = lines;
  const names = columns.map(column => column.name);
  if (header.join() !== names.join())
    throw mismatch({ where, expected: `the columns ${names.join(', ')}`, received: header.join(', ') });

  const isMissing = new Set(missing);
  const rows = body.map((line, row) =>
    columns.map((column, place) => parseCell(where, column, line[place] ?? '', isMissing, row)),
  );
  return createFrame(names, rows);
}

function parseCell(where: string, column: Column, text: string, missing: ReadonlySet<string>, row: number): unknown {
  const isNumber = column.content === 'number';
  if (missing.has(text)) return isNumber ? Number.NaN : null;
  if (!isNumber) return text;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw mismatch({ where, expected: `a number in '${column.name}', row ${row}`, received: describe(text) });
}
