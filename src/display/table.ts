/** Tables for people: rows → HTML and plain text. */
import { type Cell, formatColumn, isNumeric, oneLine, textWidth } from './cells.ts';
import type { MimeBundle } from './channel.ts';
import { escapeHtml } from './html.ts';

export interface TableView {
  columns: readonly string[];
  /** An array of rows, or what gives a row when it is asked for. */
  rows: { readonly length: number; at(row: number): readonly unknown[] | undefined };
  /** One label a row; the row number otherwise. */
  index?: readonly (string | number)[];
  /** Written under the column names. */
  dtypes?: readonly string[];
}

export interface TableOptions {
  /** A table with more rows shows its first and last ones; 20 unless given, and then ten of a longer one. */
  maxRows?: number;
  /** More columns than this are cut in the middle. Default 20. */
  maxColumns?: number;
  /** Stands above the table. */
  caption?: string;
}

const MAX_ROWS = 20;
/** Of a table that is cut. */
const ROWS_OF_LONG_TABLE = 10;
/** A line of a terminal; of the text, not of the HTML, which can be scrolled. */
const TEXT_WIDTH = 100;
/** Written into each cell: not every page that shows a notebook has a style for tables. */
const PADDING = 'padding:.2em .7em;white-space:nowrap';

/** `text/html` and `text/plain` of a table, cut to a size that can be read. */
export function tableBundle(table: TableView, options: TableOptions = {}): MimeBundle {
  const cut = cutTable(table, options);
  return { 'text/html': toHtml(cut), 'text/plain': toText(cut) };
}

/** A table of finished texts; `null` marks the place of what was cut. */
interface CutTable {
  caption: string | undefined;
  shape: string;
  header: (string | null)[];
  dtypes: (string | null)[] | undefined;
  isNumber: boolean[];
  index: (string | null)[];
  rows: ((Cell | null)[] | null)[];
}

function cutTable(table: TableView, { maxRows, maxColumns = 20, caption }: TableOptions): CutTable {
  const { length } = table.rows;
  const rowPositions = cutMiddle(length, maxRows ?? (length <= MAX_ROWS ? length : ROWS_OF_LONG_TABLE));
  const columnPositions = cutMiddle(table.columns.length, maxColumns);
  const rows = rowPositions.map(row => (row === null ? null : table.rows.at(row)));

  const columns = columnPositions.map(column => {
    if (column === null) return null;
    const values = rows.map(row => row?.[column] ?? null);
    return { cells: formatColumn(values), isNumber: isNumeric(values) };
  });
  const pick = (names: readonly string[]) =>
    columnPositions.map(position => (position === null ? null : oneLine(names[position] ?? '')));

  return {
    caption,
    shape: `${count(length, 'row')} × ${count(table.columns.length, 'column')}`,
    header: pick(table.columns),
    dtypes: table.dtypes && pick(table.dtypes),
    isNumber: columns.map(column => column?.isNumber ?? false),
    index: rowPositions.map(row => (row === null ? null : String(table.index?.[row] ?? row))),
    rows: rowPositions.map((row, place) => (row === null ? null : columns.map(column => column?.cells[place] ?? null))),
  };
}

/** Positions 0…length−1, at most `limit` of them: the first half, null, the last half. */
function cutMiddle(length: number, limit: number): (number | null)[] {
  const from = (start: number, end: number) => Array.from({ length: end - start }, (_, i) => start + i);
  if (length <= limit) return from(0, length);
  const head = Math.ceil(limit / 2);
  return [...from(0, head), null, ...from(length - (limit - head), length)];
}

function toHtml(table: CutTable): string {
  const align = (column: number) => `text-align:${table.isNumber[column] ? 'right' : 'left'};${PADDING}`;
  const heading = (name: string | null, column: number) => {
    const dtype = table.dtypes?.[column];
    const small = dtype ? `<br><span style="font-weight:normal;opacity:.6">${escapeHtml(dtype)}</span>` : '';
    return `<th style="${align(column)}">${name === null ? '…' : escapeHtml(name)}${small}</th>`;
  };
  const cell = (value: Cell | null, column: number) => {
    if (value === null) return `<td style="${PADDING}">…</td>`;
    const text = value.missing ? '<span style="opacity:.45" title="missing">–</span>' : escapeHtml(value.text);
    const title = value.whole === undefined ? '' : ` title="${escapeHtml(value.whole)}"`;
    return `<td style="${align(column)}"${title}>${text}</td>`;
  };
  const row = (cells: (Cell | null)[] | null, place: number) =>
    cells === null
      ? `<tr><th style="text-align:left;${PADDING}">⋮</th>${table.header.map((_, column) => `<td style="${align(column)}">⋮</td>`).join('')}</tr>`
      : `<tr><th style="text-align:left;${PADDING}">${escapeHtml(table.index[place] ?? '')}</th>${cells.map(cell).join('')}</tr>`;

  const caption = table.caption ? `<p style="margin:0 0 .25em">${escapeHtml(table.caption)}</p>` : '';
  const head = `<thead><tr><th></th>${table.header.map(heading).join('')}</tr></thead>`;
  const grid = [
    '<table class="dataframe" style="font-variant-numeric:tabular-nums;margin:0">',
    `${head}<tbody>${table.rows.map(row).join('')}</tbody></table>`,
  ];
  return [
    `<div style="overflow-x:auto">${caption}`,
    ...(table.header.length === 0 ? [] : grid),
    `<p style="opacity:.6;margin:.25em 0 0">${table.shape}</p></div>`,
  ].join('');
}

function toText(table: CutTable): string {
  const header = ['', ...table.header.map(name => name ?? '…')];
  const body = table.rows.map((cells, place) =>
    cells === null
      ? header.map((_, column) => (column === 0 ? '⋮' : '…'))
      : [table.index[place] ?? '', ...cells.map(cell => (cell === null ? '…' : cell.text))],
  );
  const lines = [header, ...body];
  const widths = header.map((_, column) => Math.max(...lines.map(line => textWidth(line[column] ?? ''))));
  const isNumber = [false, ...table.isNumber];
  const shown = fittingColumns(widths, table.header.indexOf(null) + 1);
  const print = (line: string[]) =>
    shown
      .map(column => {
        if (column === null) return '…';
        const text = line[column]!;
        const space = ' '.repeat((widths[column] ?? 0) - textWidth(text));
        return isNumber[column] ? space + text : text + space;
      })
      .join('  ')
      .trimEnd();
  const grid = table.header.length === 0 ? [] : lines.map(print);
  return [...(table.caption ? [table.caption] : []), ...grid, table.shape].join('\n');
}

/** The columns that fit into a line, `null` where some are left out: those in the middle, around `cut` if there is one. */
function fittingColumns(widths: readonly number[], cut: number): (number | null)[] {
  const all = widths.map((_, column) => column);
  let total = widths.reduce((sum, width) => sum + width + 2, -2);
  if (total <= TEXT_WIDTH) return all;
  const middle = cut > 0 ? cut : Math.ceil(widths.length / 2);
  let [left, right] = [middle, middle]; // of what is left out
  if (cut > 0) right++;
  else total += 3;
  while (total > TEXT_WIDTH && (left > 2 || right < widths.length)) {
    const dropped = right < widths.length && (widths.length - right >= left - 1 || left <= 2) ? right++ : --left;
    total -= widths[dropped]! + 2;
  }
  return [...all.slice(0, left), null, ...all.slice(right)];
}

function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;
}
