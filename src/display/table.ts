/** Tables for people: rows → HTML and plain text. Used for data frames by the kernel (results) and by `show`. */
import type { MimeBundle } from './channel.ts';

export interface TableView {
  columns: readonly string[];
  rows: readonly (readonly unknown[])[];
  /** One label a row; the row number otherwise. */
  index?: readonly (string | number)[];
  /** Written under the column names. */
  dtypes?: readonly string[];
  /** Stands above the table. */
  caption?: string;
}

export interface TableLimits {
  /** More rows than this are cut in the middle. Default 10. */
  maxRows?: number;
  /** More columns than this are cut in the middle. Default 20. */
  maxColumns?: number;
}

/** What we need of a danfojs DataFrame; the class itself would cost a second to import. */
export interface FrameLike {
  readonly columns: string[];
  readonly dtypes: string[];
  readonly index: (string | number)[];
  readonly values: unknown[][] | unknown[];
  readonly shape: number[];
}

/** Is it a danfojs DataFrame or Series? */
export function isFrame(value: unknown): value is FrameLike {
  if (value === null || typeof value !== 'object') return false;
  const frame = value as Partial<FrameLike>;
  return (
    Array.isArray(frame.columns) &&
    Array.isArray(frame.dtypes) &&
    Array.isArray(frame.index) &&
    Array.isArray(frame.values) &&
    Array.isArray(frame.shape) &&
    frame.shape.length === 2
  );
}

/** `text/html` and `text/plain` of a danfojs DataFrame or Series. */
export function frameBundle(frame: FrameLike, limits: TableLimits = {}): MimeBundle {
  const isSeries = frame.values.length > 0 && !Array.isArray(frame.values[0]);
  const rows = isSeries ? frame.values.map(value => [value]) : (frame.values as unknown[][]);
  return tableBundle({ columns: frame.columns, dtypes: frame.dtypes, index: frame.index, rows }, limits);
}

/** `text/html` and `text/plain` of a table, cut to a size that can be read. */
export function tableBundle(table: TableView, limits: TableLimits = {}): MimeBundle {
  const cut = cutTable(table, limits);
  return { 'text/html': toHtml(cut), 'text/plain': toText(cut) };
}

/** Text that is safe between tags and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character] as string);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const MAX_CELL_CHARACTERS = 60;
/** Written into each cell: not every page that shows a notebook has a style for tables. */
const PADDING = 'padding:.2em .7em;white-space:nowrap';

interface Cell {
  text: string;
  missing: boolean;
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

function cutTable(table: TableView, { maxRows = 10, maxColumns = 20 }: TableLimits): CutTable {
  const rowPositions = cutMiddle(table.rows.length, maxRows);
  const columnPositions = cutMiddle(table.columns.length, maxColumns);

  const columns = columnPositions.map(column => {
    if (column === null) return null;
    const values = rowPositions.map(row => (row === null ? null : table.rows[row]?.[column]));
    return { cells: formatColumn(values), isNumber: isNumeric(values) };
  });
  const pick = (names: readonly string[]) =>
    columnPositions.map(position => (position === null ? null : (names[position] ?? '')));

  return {
    caption: table.caption,
    shape: `${count(table.rows.length, 'row')} × ${count(table.columns.length, 'column')}`,
    header: pick(table.columns),
    dtypes: table.dtypes && pick(table.dtypes),
    isNumber: columns.map(column => column?.isNumber ?? false),
    index: rowPositions.map(row => (row === null ? null : String(table.index?.[row] ?? row))),
    rows: rowPositions.map((row, place) => (row === null ? null : columns.map(column => column?.cells[place] ?? null))),
  };
}

/** Positions 0…length−1, at most `limit` of them: the first half, null, the last half. */
function cutMiddle(length: number, limit: number): (number | null)[] {
  const all = Array.from({ length }, (_, position) => position);
  if (length <= limit) return all;
  const head = Math.ceil(limit / 2);
  return [...all.slice(0, head), null, ...all.slice(length - (limit - head))];
}

function isNumeric(values: readonly unknown[]): boolean {
  const present = values.filter(value => !isMissing(value));
  return present.length > 0 && present.every(value => typeof value === 'number' || typeof value === 'bigint');
}

/** Numbers of one column get the same number of decimals, so that they can be compared down the column. */
function formatColumn(values: readonly unknown[]): Cell[] {
  const numbers = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  const decimals = Math.max(0, ...numbers.map(decimalsOf));
  const format = (value: unknown): string => {
    if (typeof value !== 'number') return formatOther(value);
    const magnitude = Math.abs(value);
    if (!Number.isFinite(value)) return String(value);
    if (magnitude >= 1e12 || (magnitude > 0 && magnitude < 1e-4)) return value.toExponential(3);
    return value.toFixed(decimals);
  };
  return values.map(value => ({ text: format(value), missing: isMissing(value) }));
}

/** Decimals that a number needs, at most 4. */
function decimalsOf(value: number): number {
  const [, fraction = ''] = value.toFixed(4).split('.');
  return fraction.replace(/0+$/, '').length;
}

function formatOther(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (typeof value === 'object' && value !== null) return shorten(safeJson(value));
  return shorten(String(value));
}

function safeJson(value: object): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

function shorten(text: string): string {
  return text.length <= MAX_CELL_CHARACTERS ? text : `${text.slice(0, MAX_CELL_CHARACTERS - 1)}…`;
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value));
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
    return `<td style="${align(column)}">${text}</td>`;
  };
  const row = (cells: (Cell | null)[] | null, place: number) =>
    cells === null
      ? `<tr><th style="text-align:left;${PADDING}">⋮</th>${table.header.map((_, column) => `<td style="${align(column)}">⋮</td>`).join('')}</tr>`
      : `<tr><th style="text-align:left;${PADDING}">${escapeHtml(table.index[place] ?? '')}</th>${cells.map(cell).join('')}</tr>`;

  const caption = table.caption ? `<p>${escapeHtml(table.caption)}</p>` : '';
  return [
    `<div style="overflow-x:auto">${caption}<table class="dataframe">`,
    `<thead><tr><th></th>${table.header.map(heading).join('')}</tr></thead>`,
    `<tbody>${table.rows.map(row).join('')}</tbody></table>`,
    `<p style="opacity:.6;margin:.25em 0 0">${table.shape}</p></div>`,
  ].join('');
}

function toText(table: CutTable): string {
  const header = ['', ...table.header.map(name => name ?? '…')];
  const body = table.rows.map((cells, place) =>
    cells === null
      ? header.map((_, column) => (column === 0 ? '⋮' : '…'))
      : [table.index[place] ?? '', ...cells.map(cell => (cell === null ? '…' : cell.missing ? '–' : cell.text))],
  );
  const lines = [header, ...body];
  const widths = header.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
  const isNumber = [false, ...table.isNumber];
  const print = (line: string[]) =>
    line
      .map((text, column) => (isNumber[column] ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [...(table.caption ? [table.caption] : []), ...lines.map(print), table.shape].join('\n');
}

function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;
}
