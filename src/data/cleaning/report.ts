import { DISPLAY, type Displayable } from '../../display/channel.ts';
import { printsAsText } from '../../display/printed.ts';
import { tableBundle } from '../../display/table.ts';

export interface ReportTable {
  caption: string;
  columns: string[];
  index: readonly (string | number)[];
  rows: unknown[][];
}

/** Plain data that shows itself as a table. */
export function report<T extends object>(content: T, table: () => ReportTable): T & Displayable {
  Object.defineProperty(content, DISPLAY, {
    value: () => {
      const { caption, columns, index, rows } = table();
      return tableBundle({ columns, index: index.map(String), rows }, { maxRows: 40, caption });
    },
  });
  return printsAsText(content as T & Displayable);
}

/** `1 row`, `2,836 rows`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
