import type { Shift } from '../../modules/index.ts';
import type { ColumnShift, HoistedFunction, TransformedCell } from './types.ts';

/** Shifts with their lines, in the order of the source. */
export function columnShifts(source: string, shifts: Shift[]): ColumnShift[] {
  const starts = lineStarts(source);
  let line = 0;
  return shifts
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, length }) => {
      while (line + 1 < starts.length && (starts[line + 1] as number) <= offset) line++;
      return { line: line + 1, column: offset - (starts[line] as number) + 1, length };
    });
}

/** Where functions, in the order of the source, belong in the code. */
export function placeFunctions<F extends { offset: number }>(
  source: string,
  functions: F[],
  shifts: ColumnShift[],
  prefixLength: number,
): (Omit<F, 'offset'> & Pick<HoistedFunction, 'line' | 'column'>)[] {
  const starts = lineStarts(source);
  let line = 0;
  let shift = 0;
  return functions.map(({ offset, ...rest }) => {
    while (line + 1 < starts.length && (starts[line + 1] as number) <= offset) line++;
    const column = offset - (starts[line] as number);
    while (shift < shifts.length && (shifts[shift] as ColumnShift).line <= line) shift++;
    let added = line === 0 ? prefixLength : 0;
    for (let at = shift; at < shifts.length; at++) {
      const { line: of, column: from, length } = shifts[at] as ColumnShift;
      if (of > line + 1 || from > column + 1) break;
      added += length;
    }
    return { ...rest, line, column: column + added };
  });
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (const match of source.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(match.index + match[0].length);
  return starts;
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
