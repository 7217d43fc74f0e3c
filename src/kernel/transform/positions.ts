import type { Shift } from '../../modules/index.ts';
import type { ColumnShift, TransformedCell } from './types.ts';

/** Shifts by line, in the order of the source. */
export function columnShifts(source: string, shifts: Shift[]): ColumnShift[] {
  const lineStarts = [0];
  for (const match of source.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) lineStarts.push(match.index + match[0].length);
  let line = 0;
  return shifts
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, length }) => {
      while (line + 1 < lineStarts.length && (lineStarts[line + 1] as number) <= offset) line++;
      return { line: line + 1, column: offset - (lineStarts[line] as number) + 1, length };
    });
}

/**
 * The place in the learner's source of a place that a stack trace of the cell names. Line and column start at 1.
 */
export function originalPosition(
  cell: Pick<TransformedCell, 'prefixLength' | 'shifts' | 'hoisted'>,
  line: number,
  column: number,
): { line: number; column: number } {
  if (line === 1 && column <= cell.prefixLength) {
    const found = cell.hoisted.find(({ until }) => column <= until);
    return found ? { line: found.line, column: found.column } : { line, column: 1 };
  }
  let added = line === 1 ? cell.prefixLength : 0;
  for (const shift of cell.shifts) {
    if (shift.line !== line) continue;
    const start = shift.column + added;
    if (column < start + Math.min(0, shift.length)) break;
    if (shift.length > 0 && column < start + shift.length) return { line, column: shift.column };
    added += shift.length;
  }
  return { line, column: Math.max(1, column - added) };
}
