import type { DataFrame } from 'danfojs-node';
import { columnIndex, columnValues, describe, isMissing, isTable, mismatch } from '../../core/index.ts';
import { assertComplete } from '../assert.ts';
import { isImageSet } from './source.ts';

/** How the class, the group or the time of each row is told: by a column, by the labels of pictures, by a function of an item. */
export type KeyOf = string | true | ((item: never, position: number) => unknown);

/** The key of each row, none missing. */
export function keysOf(where: string, whole: unknown, key: KeyOf): unknown[] {
  if (isTable(whole)) {
    const column = key as string;
    columnIndex(where, whole, column);
    const keys = columnValues(where, whole, column);
    assertComplete(
      where,
      whole as DataFrame,
      column,
      keys.flatMap((value, position) => (isMissing(value) ? [position] : [])),
    );
    return keys;
  }
  if (key === true && isImageSet(whole)) return [...whole.labels];
  const items = isImageSet(whole) ? whole.labels : (whole as readonly unknown[]);
  if (typeof key !== 'function')
    throw mismatch({
      where,
      expected: isImageSet(whole) ? 'true, or a function of a label and its position' : 'a function of an item',
      received: describe(key),
    });
  const keys = items.map((item, position) => key(item as never, position));
  const absent = keys.findIndex(isMissing);
  if (absent >= 0) throw mismatch({ where, expected: 'a value for each item', received: `none for item ${absent}` });
  return keys;
}
