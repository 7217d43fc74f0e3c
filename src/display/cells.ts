/** The texts in the cells of a table. */
import { shortText } from './text.ts';

export interface Cell {
  text: string;
  /** All of it, where `text` is cut. */
  whole?: string;
  missing: boolean;
}

const MAX_CHARACTERS = 60;
const MAX_WHOLE_CHARACTERS = 1000;
const MISSING: Cell = { text: '–', missing: true };

export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value));
}

export function isNumeric(values: readonly unknown[]): boolean {
  const present = values.filter(value => !isMissing(value));
  return present.length > 0 && present.every(value => typeof value === 'number' || typeof value === 'bigint');
}

/** The texts of the cells of one column. */
export function formatColumn(values: readonly unknown[]): Cell[] {
  const format = numberFormat(values);
  const dates = values.filter(value => value instanceof Date);
  const are = (unit: number) => dates.every(date => date.getTime() % unit === 0);
  const unit = are(86_400_000) ? 'days' : are(1000) ? 'seconds' : 'all';
  return values.map(value => {
    if (isMissing(value)) return MISSING;
    if (typeof value === 'number') return { text: format(value), missing: false };
    if (value instanceof Date) return { text: formatDate(value, unit), missing: false };
    return textCell(typeof value === 'object' || typeof value === 'function' ? shortText(value) : String(value));
  });
}

/** Numbers that are seen together get the same number of decimals, so that they can be compared. */
export function numberFormat(values: readonly unknown[]): (value: number) => string {
  const numbers = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  // Small numbers, such as learning rates, need more decimals than a column with 3750 in it.
  const most = numbers.every(value => Math.abs(value) < 1) ? 6 : 4;
  const decimals = Math.min(most, Math.max(0, ...numbers.map(decimalsOf)));
  return value => formatNumber(value, decimals, most);
}

function formatNumber(value: number, decimals: number, most: number): string {
  const magnitude = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (magnitude >= 1e12 || (magnitude > 0 && magnitude < 10 ** -most)) return value.toExponential(3);
  return value.toFixed(decimals);
}

/** Decimals that five significant digits of a number need. */
function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = value.toExponential(4).split('e');
  const digits = mantissa.replace(/^-?\d\.?/, '').replace(/0+$/, '').length;
  return Math.max(0, digits - Number(exponent));
}

/** No finer than the finest date of a column needs. */
function formatDate(date: Date, unit: 'days' | 'seconds' | 'all'): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  const text = date.toISOString();
  if (unit === 'all') return text;
  return unit === 'days' ? text.slice(0, 10) : text.replace('.000Z', 'Z');
}

/** One line, cut to a length that can be read. */
function textCell(whole: string): Cell {
  const line = oneLine(whole.slice(0, MAX_WHOLE_CHARACTERS));
  if (whole.length <= MAX_CHARACTERS) return { text: line, missing: false };
  return {
    text: `${cutText(line, MAX_CHARACTERS - 1)}…`,
    whole: `${cutText(whole, MAX_WHOLE_CHARACTERS)}${whole.length > MAX_WHOLE_CHARACTERS ? '…' : ''}`,
    missing: false,
  };
}

/** A line break or a control character would tear the table in a terminal. */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it takes out
  return text.replace(/\r\n|\n|\r/g, '↵').replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

/** The beginning of a text; never half of a character. */
function cutText(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/gu;

/** How many columns of a terminal a text takes. */
export function textWidth(text: string): number {
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}
