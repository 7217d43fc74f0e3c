import type { DataFrame } from 'danfojs-node';
import { assertTable, LearnableError } from '../core/index.ts';

export function assertFrame(where: string, value: unknown): asserts value is DataFrame {
  assertTable(where, value);
}

/** Refuses rows that are not there at all: a mean of nothing is no number. */
export function assertRows(where: string, frame: DataFrame): void {
  assertFrame(where, frame);
  if (frame.values.length > 0) return;
  throw new LearnableError(`${where}: expected at least one row, received a frame without rows.`, {
    hint: 'Look where the rows were lost: show(frame) after each step.',
  });
}

/** Refuses missing values: says how many there are, where the first one is, and the two ways out. */
export function assertComplete(where: string, frame: DataFrame, column: string, positions: readonly number[]): void {
  if (positions.length === 0) return;
  const label = frame.index[positions[0]!];
  throw new LearnableError(
    `${where}: expected no missing values in '${column}', received ${positions.length} of ${frame.values.length}, the first one in row ${label}.`,
    { hint: `Leave these rows out, data.dropMissing(frame, ['${column}']), or fill them, data.fitImputation(frame).` },
  );
}
