/** How any value is shown: one way for the value of a cell and for `show`. */
import { inspect, types } from 'node:util';
import { DISPLAY, isDisplayable, type MimeBundle } from './channel.ts';
import { frameBundle, isFrame, tableBundle } from './table.ts';
import { isModel, isTensor, modelText, tensorText } from './tensors.ts';

const MAX_CHARACTERS = 20_000;

/**
 * A value as a page shows it: in its own way, as a table, or as text. A promise only if the value's own way is one.
 * Throws what the value's own way throws.
 */
export function bundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function'))
    return { 'text/plain': plainText(value) };
  if (isDisplayable(value)) {
    const bundle = value[DISPLAY]();
    return types.isPromise(bundle) ? bundle.then(checked) : checked(bundle);
  }
  if (types.isPromise(value)) return { 'text/plain': promiseText(value) };
  if (isFrame(value)) return frameBundle(value);
  if (isTensor(value)) return { 'text/plain': tensorText(value) };
  if (isModel(value)) return { 'text/plain': modelText(value) };
  if (isRows(value)) return rowsBundle(value);
  return { 'text/plain': plainText(value) };
}

function checked(bundle: unknown): MimeBundle {
  if (bundle !== null && typeof bundle === 'object' && Object.keys(bundle).length > 0) return bundle as MimeBundle;
  throw new TypeError(
    `expected an object of MIME types from its display method, received ${inspect(bundle, { depth: 0 })}`,
  );
}

function promiseText(value: Promise<unknown>): string {
  const text = inspect(value, { depth: 1 });
  return text.includes('<pending>') ? `${text}: write await before it to wait for its value` : text;
}

/** As Node's own prompt prints it, bounded in depth and length. */
export function plainText(value: unknown): string {
  let text: string;
  try {
    text = inspect(value, {
      depth: typeof value === 'function' ? 0 : 4,
      maxStringLength: MAX_CHARACTERS,
      breakLength: 100,
    });
  } catch (error) {
    text = `[${typeof value} that cannot be inspected: ${error instanceof Error ? error.message : 'it throws'}]`;
  }
  const more = text.length - MAX_CHARACTERS;
  return more > 100 ? `${text.slice(0, MAX_CHARACTERS)}… ${more} more characters` : text;
}

type Row = Record<string, unknown>;

/** Plain objects, all with the same keys and with plain values: a table. */
function isRows(value: object): value is Row[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  const keys = isPlainObject(value[0]) ? Object.keys(value[0]) : [];
  return keys.length > 0 && value.every(row => isRow(row, keys));
}

function isRow(row: unknown, keys: string[]): boolean {
  if (!isPlainObject(row)) return false;
  const own = Object.keys(row);
  return own.length === keys.length && keys.every(key => Object.hasOwn(row, key) && isPlainValue(row[key]));
}

function isPlainObject(value: unknown): value is Row {
  if (value === null || typeof value !== 'object') return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function isPlainValue(value: unknown): boolean {
  return value === null || typeof value !== 'object' ? typeof value !== 'function' : value instanceof Date;
}

function rowsBundle(rows: Row[]): MimeBundle {
  const columns = Object.keys(rows[0]!);
  const dtypes = columns.map(column => columnType(rows.map(row => row[column])));
  return tableBundle({ columns, dtypes, rows: rows.map(row => columns.map(column => row[column])) });
}

/** The type of a column's values; missing ones do not count. */
function columnType(values: unknown[]): string {
  const names = new Set(values.filter(value => value !== null && value !== undefined).map(typeName));
  return [...names].join(' | ') || 'missing';
}

function typeName(value: unknown): string {
  return value instanceof Date ? 'Date' : typeof value;
}
