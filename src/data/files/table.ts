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
  const { data: lines } = papaparse.parse<string[]>(text, { delimiter: ',', skipEmptyLines: true });
  const [header = [], ...body] = lines;
  const names = columns.map(column => column.name);
  if (header.join() !== names.join())
    throw mismatch({ where, expected: `the columns ${names.join(', ')}`, received: header.join(', ') });

  const readers = columns.map(column => cellReader(where, column, missing));
  const rows = body.map((line, row) => {
    const cells = new Array<unknown>(readers.length);
    for (let place = 0; place < readers.length; place++) cells[place] = readers[place]!(line[place] ?? '', row);
    return cells;
  });
  return createFrame(names, rows);
}

/** Reads each text once: equal cells share their value, which saves memory, and time in all that compares them. */
function cellReader(where: string, { name, content }: Column, missing: readonly string[]) {
  const isNumber = content === 'number';
  const known = new Map<string, unknown>(missing.map(text => [text, isNumber ? Number.NaN : null]));
  return (text: string, row: number): unknown => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = isNumber ? Number(text) : text;
    if (isNumber && !Number.isFinite(value))
      throw mismatch({ where, expected: `a number in '${name}', row ${row}`, received: describe(text) });
    known.set(text, value);
    return value;
  };
}
