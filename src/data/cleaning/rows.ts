import type { DataFrame } from 'danfojs-node';
import { assertInteger } from '../../core/index.ts';
import { assertFrame } from '../assert.ts';
import { takeRows as take } from '../frame.ts';

/**
 * A new frame of the rows at these positions (from 0), in this order. Like pandas, it keeps the labels of the rows.
 *
 * @example data.takeRows(data.frame({ n: [1, 2, 3] }), [2, 0])
 */
export function takeRows(frame: DataFrame, positions: readonly number[]): DataFrame {
  assertPositions('takeRows(frame, positions)', frame, positions);
  return take(frame, positions);
}

/**
 * A new frame without the rows at these positions (from 0), such as a report of duplicates or outliers gives them.
 *
 * @example data.dropRows(data.frame({ n: [1, 1, 3] }), [1])
 */
export function dropRows(frame: DataFrame, positions: readonly number[]): DataFrame {
  assertPositions('dropRows(frame, positions)', frame, positions);
  const dropped = new Set(positions);
  return take(
    frame,
    frame.values.flatMap((_: unknown, position: number) => (dropped.has(position) ? [] : [position])),
  );
}

function assertPositions(where: string, frame: DataFrame, positions: readonly number[]): void {
  assertFrame(where, frame);
  for (const position of positions)
    assertInteger(where, position, {
      min: 0,
      max: frame.values.length - 1,
      hint: 'Positions count the rows from 0; after rows were dropped their labels differ from them.',
    });
}
