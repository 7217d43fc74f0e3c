/** Lists that are tables: data frames, arrays of rows, matrices. */
import { types } from 'node:util';
import { isMissing } from './cells.ts';
import type { MimeBundle } from './channel.ts';
import { type TableOptions, tableBundle } from './table.ts';

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
export function frameBundle(frame: FrameLike, options: TableOptions = {}): MimeBundle {
  const { columns, dtypes, index, values } = frame;
  const isSeries = values.length > 0 && !Array.isArray(values[0]);
  const rows = isSeries ? { length: values.length, at: (row: number) => [values[row]] } : (values as unknown[][]);
  const sample = sampleOf(values, FEW).map(row => (isSeries ? [row] : (row as unknown[])));
  const held = dtypes.map((dtype, column) =>
    dtypeOf(
      dtype,
      sample.map(row => row[column]),
    ),
  );
  return tableBundle({ columns, dtypes: held, index, rows }, options);
}

/** danfojs calls dates and gaps numbers too. */
function dtypeOf(dtype: string, values: readonly unknown[]): string {
  const isWrong = /^(float|int)32$/.test(dtype) && values.some(value => !isMissing(value) && typeof value !== 'number');
  return isWrong ? typeNames(values.filter(value => !isMissing(value))) : dtype;
}

/** A table of whatever has rows: a data frame, a list of objects of any kind, a list of lists. Undefined for all else. */
export function anyTable(value: unknown, options: TableOptions = {}): MimeBundle | undefined {
  if (isFrame(value)) return frameBundle(value, options);
  if (!Array.isArray(value) || !sampleOf(value).every(row => row !== null && typeof row === 'object')) return undefined;
  const sample = sampleOf(value) as object[];
  if (sample.length > 0 && sample.every(Array.isArray)) {
    const width = Math.max(...(sample as unknown[][]).map(row => row.length));
    return tableBundle({ columns: Array.from({ length: width }, (_, i) => String(i)), rows: value }, options);
  }
  const columns = [...new Set(sample.flatMap(row => Object.keys(row)))];
  const at = (row: number) => columns.map(column => (value[row] as Row | undefined)?.[column]);
  const dtypes = columns.map(column => typeNames(sample.map(row => (row as Row)[column])));
  return tableBundle({ columns, dtypes, rows: { length: value.length, at } }, options);
}

type Row = Record<string, unknown>;

/** So many rows are looked at, spread over all of them, to tell what a list holds. */
const SAMPLE = 2000;
/** Enough to see that a data frame has misnamed what a column holds. */
const FEW = 20;
const MAX_KEYS = 1000;

/** Arrays that read better as a table: of plain objects that have most of their keys in common, or a matrix. */
export function listBundle(value: unknown): MimeBundle | undefined {
  if (!Array.isArray(value) || types.isProxy(value) || value.length === 0) return undefined;
  const sample = sampleOf(value);
  const first = sample[0];
  if (isPlainObject(first)) return rowsBundle(value, sample);
  if (Array.isArray(first)) return matrixBundle(value, sample);
  return undefined;
}

function sampleOf(values: readonly unknown[], size = SAMPLE): unknown[] {
  const step = Math.max(1, values.length / size);
  return Array.from({ length: Math.min(values.length, size) }, (_, i) => values[Math.floor(i * step)]);
}

function rowsBundle(rows: readonly Row[], sample: readonly unknown[]): MimeBundle | undefined {
  const columns = new Map<string, { filled: number; nested: number }>();
  for (const row of sample) {
    if (!isPlainObject(row)) return undefined;
    for (const key of Object.keys(row)) {
      const property = Object.getOwnPropertyDescriptor(row, key);
      if (!property || !('value' in property)) return undefined;
      const column = columns.get(key) ?? { filled: 0, nested: 0 };
      columns.set(key, column);
      column.filled++;
      if (isNested(property.value)) column.nested++;
    }
    if (columns.size > MAX_KEYS) return undefined;
  }
  const counts = [...columns.values()];
  const cells = sample.length * counts.length;
  const filled = counts.reduce((sum, column) => sum + column.filled, 0);
  const nested = counts.reduce((sum, column) => sum + column.nested, 0);
  // Objects that have little in common, or hold objects rather than values, say more as text.
  if (cells === 0 || filled <= 0.6 * cells || nested >= 0.5 * filled) return undefined;
  const names = [...columns.keys()];
  return tableBundle({
    columns: names,
    dtypes: names.map(name => typeNames(sample.map(row => ownValue(row, name)))),
    rows: { length: rows.length, at: row => names.map(name => ownValue(rows[row], name)) },
  });
}

function ownValue(row: unknown, name: string): unknown {
  return isPlainObject(row) ? Object.getOwnPropertyDescriptor(row, name)?.value : undefined;
}

/** Rows of one length, of plain values. A small one reads well as text, brackets and all. */
function matrixBundle(rows: readonly unknown[][], sample: readonly unknown[]): MimeBundle | undefined {
  const width = rows[0]!.length;
  if (rows.length < 3 || width < 2 || width > MAX_KEYS) return undefined;
  const looked = sample.slice(0, Math.ceil(20_000 / width));
  if (!looked.every(row => Array.isArray(row) && row.length === width && !row.some(isNested))) return undefined;
  return tableBundle({ columns: Array.from({ length: width }, (_, column) => String(column)), rows });
}

function isPlainObject(value: unknown): value is Row {
  if (value === null || typeof value !== 'object' || types.isProxy(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function isNested(value: unknown): boolean {
  return typeof value === 'function' || (typeof value === 'object' && value !== null && !(value instanceof Date));
}

/** `number`, `number | string`; of a column without values `missing`. */
function typeNames(values: readonly unknown[]): string {
  const present = values.filter(value => value !== null && value !== undefined);
  const names = new Set(present.map(value => (value instanceof Date ? 'Date' : typeof value)));
  return [...names].join(' | ') || 'missing';
}
