import { describe, mismatch } from '../../core/index.ts';

export type Dimension = 'length' | 'mass' | 'time' | 'temperature' | 'volume';

interface UnitEntry {
  dimension: Dimension;
  /** How many of the base unit (metre, gram, second, kelvin, litre) it is. */
  factor: number;
  /** Added before the factor: degrees begin elsewhere. */
  offset?: number;
  names: readonly string[];
}

const TABLE = {
  mm: { dimension: 'length', factor: 0.001, names: ['millimetre', 'millimetres', 'millimeter', 'millimeters'] },
  cm: { dimension: 'length', factor: 0.01, names: ['cms', 'centimetre', 'centimetres', 'centimeter', 'centimeters'] },
  m: { dimension: 'length', factor: 1, names: ['metre', 'metres', 'meter', 'meters'] },
  km: { dimension: 'length', factor: 1000, names: ['kilometre', 'kilometres', 'kilometer', 'kilometers'] },
  in: { dimension: 'length', factor: 0.0254, names: ['inch', 'inches', 'ins', '"', '″', '”', "''", '’’', '′′'] },
  ft: { dimension: 'length', factor: 0.3048, names: ['foot', 'feet', "'", '′', '’'] },
  yd: { dimension: 'length', factor: 0.9144, names: ['yds', 'yard', 'yards'] },
  mi: { dimension: 'length', factor: 1609.344, names: ['mile', 'miles'] },
  mg: { dimension: 'mass', factor: 0.001, names: ['milligram', 'milligrams'] },
  g: { dimension: 'mass', factor: 1, names: ['gram', 'grams', 'gr'] },
  kg: { dimension: 'mass', factor: 1000, names: ['kgs', 'kilo', 'kilos', 'kilogram', 'kilograms'] },
  t: { dimension: 'mass', factor: 1e6, names: ['tonne', 'tonnes'] },
  oz: { dimension: 'mass', factor: 28.349523125, names: ['ounce', 'ounces'] },
  lb: { dimension: 'mass', factor: 453.59237, names: ['lbs', 'pound', 'pounds'] },
  st: { dimension: 'mass', factor: 6350.29318, names: ['stone', 'stones'] },
  ms: { dimension: 'time', factor: 0.001, names: ['millisecond', 'milliseconds'] },
  s: { dimension: 'time', factor: 1, names: ['sec', 'secs', 'second', 'seconds'] },
  min: { dimension: 'time', factor: 60, names: ['mins', 'minute', 'minutes'] },
  h: { dimension: 'time', factor: 3600, names: ['hr', 'hrs', 'hour', 'hours'] },
  d: { dimension: 'time', factor: 86400, names: ['day', 'days'] },
  '°C': { dimension: 'temperature', factor: 1, offset: 273.15, names: ['c', 'celsius', '°c'] },
  '°F': { dimension: 'temperature', factor: 5 / 9, offset: 459.67, names: ['f', 'fahrenheit', '°f'] },
  K: { dimension: 'temperature', factor: 1, names: ['k', 'kelvin'] },
  ml: { dimension: 'volume', factor: 0.001, names: ['millilitre', 'millilitres', 'milliliter', 'milliliters'] },
  cl: { dimension: 'volume', factor: 0.01, names: ['centilitre', 'centilitres'] },
  l: { dimension: 'volume', factor: 1, names: ['litre', 'litres', 'liter', 'liters'] },
} as const satisfies Record<string, UnitEntry>;

export type Unit = keyof typeof TABLE;

/** The units that can be read and converted, with the other names they go by. */
export const UNITS: Readonly<Record<Unit, UnitEntry>> = TABLE;

export function dimensionOf(unit: Unit): Dimension {
  return UNITS[unit].dimension;
}

/** From dimension and name to the unit: `m` is no minute. */
export const NAMES: ReadonlyMap<string, Unit> = new Map(
  (Object.entries(UNITS) as [Unit, UnitEntry][]).flatMap(([unit, { dimension, names }]) =>
    [unit, ...names].map(name => [`${dimension} ${name}`, unit] as const),
  ),
);

/** Refuses other names of a unit too, and says which it goes by. */
export function assertUnit(where: string, value: unknown, more: readonly string[] = []): void {
  const units = [...Object.keys(UNITS), ...more];
  if (units.includes(value as string)) return;
  const [meant] = [...NAMES].find(([name]) => name.endsWith(` ${String(value).toLowerCase()}`))?.slice(1) ?? [];
  const expected = `one of ${units.map(unit => `'${unit}'`).join(', ')}`;
  throw mismatch({ where, expected, received: describe(value), hint: meant && `Did you mean '${meant}'?` });
}
