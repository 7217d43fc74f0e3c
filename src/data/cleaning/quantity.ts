import { assertKeys, describe, mismatch } from '../../core/index.ts';
import { assertUnit, type Dimension, dimensionOf, NAMES, UNITS, type Unit } from './units.ts';

export type QuantityReading =
  | { value: number; how: string; reason?: undefined }
  | { value?: undefined; how?: undefined; reason: string };

export interface QuantityOptions {
  /** The unit to give the value in. */
  to: Unit;
  /** What a number without a unit is in. Without it, such a number cannot be read. */
  bare?: Unit;
}

/**
 * Reads a quantity as people write it, `5'4"`, `165cm`, `5 ft 9 inches`, `1,70 m`, `five feet`, and gives its value in
 * one unit. What cannot be read gives the reason.
 *
 * A comma before three digits parts thousands, any other comma is a decimal point.
 *
 * @example data.parseQuantity(`5'4"`, { to: 'cm' }).value  // 162.56
 * @example data.parseQuantity('tall', { to: 'cm' }).reason  // "'tall' has no number"
 */
export function parseQuantity(text: string, options: QuantityOptions): QuantityReading {
  const where = 'parseQuantity(text, options)';
  if (typeof text !== 'string') throw mismatch({ where, expected: 'a text', received: describe(text) });
  assertKeys(where, options, ['to', 'bare']);
  assertUnit('parseQuantity({ to })', options.to);
  if (options.bare !== undefined) {
    assertUnit('parseQuantity({ bare })', options.bare);
    if (dimensionOf(options.bare) !== dimensionOf(options.to))
      throw mismatch({
        where: 'parseQuantity({ bare })',
        expected: `a unit of ${dimensionOf(options.to)}, as '${options.to}'`,
        received: describe(options.bare),
      });
  }
  return readQuantity(text, options);
}

/** As `parseQuantity`, for options that were checked. */
export function readQuantity(text: string, { to, bare }: QuantityOptions): QuantityReading {
  const parts = partsOf(text);
  if (typeof parts === 'string') return { reason: parts };
  const dimension = dimensionOf(to);
  let base = 0;
  let before: Unit | undefined;
  const units: Unit[] = [];
  for (const { number, name } of parts) {
    const unit = name === undefined ? (before ? SMALLER[before] : bare) : unitNamed(name, dimension);
    if (unit === undefined)
      return { reason: name === undefined ? `${describe(text)} has no unit` : `'${name}' is no unit of ${dimension}` };
    const { factor, offset = 0 } = UNITS[unit];
    if (before && UNITS[before].factor <= factor) return { reason: `${describe(text)} has its units out of order` };
    if (before && number * factor > UNITS[before].factor * (1 - 1e-9))
      return { reason: `${describe(text)} has ${number} ${unit}, which makes a whole ${before}` };
    base += (number + offset) * factor;
    units.push(unit);
    before = unit;
  }
  const { factor, offset = 0 } = UNITS[to];
  return { value: round(base / factor - offset), how: units.join(' and ') };
}

/** What a number behind another without a unit of its own is in: 5'4. */
const SMALLER: Partial<Record<Unit, Unit>> = { ft: 'in', lb: 'oz', st: 'lb', h: 'min', min: 's', m: 'cm' };

function unitNamed(name: string, dimension: Dimension): Unit | undefined {
  return NAMES.get(`${dimension} ${name}`) ?? NAMES.get(`${dimension} ${name.toLowerCase()}`);
}

/** Numbers with the names behind them, or the reason why there are none. */
function partsOf(text: string): { number: number; name?: string }[] | string {
  const plain = digitsOf(text);
  const pattern = /([-+−]?(?:\d+(?:[.,]\d+)*|[.,]\d+))\s*((?:°\s*)?\p{L}+\.?|''|["'′″’”]{1,2})?\s*(?:and|,|&)?\s*/giuy;
  const parts: { number: number; name?: string }[] = [];
  while (pattern.lastIndex < plain.length) {
    const from = pattern.lastIndex;
    const match = pattern.exec(plain);
    if (!match)
      return parts.length === 0 && !/\d/.test(plain)
        ? `${describe(text)} has no number`
        : `'${plain.slice(from)}' in ${describe(text)} cannot be read`;
    const number = toNumber(match[1]!);
    if (number === undefined) return `'${match[1]}' in ${describe(text)} is no number`;
    const name = match[2]?.replace(/\.$|\s/g, '');
    parts.push(name === undefined || name === 'and' ? { number } : { number, name });
  }
  return parts.length === 0 ? `${describe(text)} has no number` : parts;
}

const WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

function digitsOf(text: string): string {
  return text.trim().replace(/\p{L}+/gu, word => {
    const number = WORDS.indexOf(word.toLowerCase());
    return number < 0 ? word : String(number);
  });
}

/** A comma before three digits parts thousands, any other is a decimal point. */
export function toNumber(text: string): number | undefined {
  const plain = text.replace('−', '-');
  const value = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)
    ? Number(plain.replaceAll(',', ''))
    : Number(plain.replace(',', '.'));
  return Number.isFinite(value) ? value : undefined;
}

/** Takes away what binary fractions add: 5.5 ft are 167.64 cm, not 167.64000000000001. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
