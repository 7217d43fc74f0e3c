import type { DataFrame } from 'danfojs-node';
import { assertKeys, assertNumber, columnValues, describe, isMissing, mismatch } from '../../core/index.ts';
import type { Displayable } from '../../display/channel.ts';
import { assertFrame } from '../assert.ts';
import { withColumns } from '../frame.ts';
import { groupPositions } from '../groups.ts';
import { type QuantityReading, readQuantity, toNumber } from './quantity.ts';
import { counted, report } from './report.ts';
import { assertUnit, dimensionOf, type Unit } from './units.ts';

/** A unit, or feet and inches run together: 5.11, 5,4 and 6 04 are 5 ft 11 in, 5 ft 4 in and 6 ft 4 in. */
export type BareUnit = Unit | 'ft.in';

export interface RepairOptions {
  /** The unit that all values shall have. */
  to: Unit;
  /** From the least to the greatest value that can be right, in that unit. */
  range: readonly [low: number, high: number];
  /** What a number without a unit may be in: the first with which it lies in the range. Default: the unit `to`. */
  bare?: readonly BareUnit[];
}

export interface RepairedValue {
  position: number;
  text: string;
  /** Undefined where nothing plausible was found. */
  value: number | undefined;
  /** How it was read: `cm`, `ft and in`, `a bare number, taken as in`; or why it could not be. */
  how: string;
}

export interface UnitRepair extends Displayable {
  /** The column holds numbers in the unit `to`, NaN where a text could not be read. */
  frame: DataFrame;
  values: RepairedValue[];
  /** Those without a value, for a person to look at. */
  unreadable: RepairedValue[];
  /** How many were read in each way. */
  ways: Record<string, number>;
}

/**
 * Brings a column of quantities, typed by people in several units, to numbers in one unit. Numbers without a unit are
 * guessed from a range of what can be right; what lies outside it in every way is left empty and reported.
 *
 * @example
 * const heights = data.frame({ height: ['70', `5'4"`, '165cm', '1,7', '5.11', 'yyy', '11111'] });
 * const repair = data.repairUnits(heights, 'height', { to: 'cm', range: [120, 220], bare: ['in', 'cm', 'm', 'ft.in'] });
 * repair.unreadable.map(value => value.text);  // ['yyy', '11111']
 */
export function repairUnits(frame: DataFrame, column: string, options: RepairOptions): UnitRepair {
  const where = `repairUnits('${column}')`;
  assertFrame(where, frame);
  const { to, range, bare = [to] } = options;
  assertOptions(options);
  const values = columnValues(where, frame, column).flatMap((value, position) =>
    isMissing(value) ? [] : [{ position, text: String(value), ...repair(String(value), to, range, bare) }],
  );
  const numbers = new Array<number>(frame.values.length).fill(Number.NaN);
  for (const { position, value } of values) numbers[position] = value ?? Number.NaN;
  const readable = values.filter(({ value }) => value !== undefined);
  const unreadable = values.filter(({ value }) => value === undefined);
  const ways = Object.fromEntries(
    [...groupPositions(readable.map(({ how }) => how))].map(([how, positions]) => [how, positions.length]),
  );
  const repaired = { frame: withColumns(frame, new Map([[column, numbers]])), values, unreadable, ways };
  return report(repaired, () => ({
    caption: `${counted(readable.length, 'value')} of '${column}' in ${to}; ${unreadable.length.toLocaleString('en')} could not be read`,
    columns: ['values', 'such as', 'becomes'],
    index: [...Object.keys(ways), ...unreadable.map(({ how }) => how)],
    rows: [
      ...Object.entries(ways).map(([way, count]) => {
        const example = readable.find(({ how }) => how === way)!;
        return [count, example.text, example.value];
      }),
      ...unreadable.map(({ text }) => [1, text, null]),
    ],
  }));
}

function assertOptions({ to, range, bare = [to], ...rest }: RepairOptions): void {
  assertKeys('repairUnits(…, options)', { to, range, bare, ...rest }, ['to', 'range', 'bare']);
  assertUnit('repairUnits({ to })', to);
  if (!Array.isArray(range) || range.length !== 2)
    throw mismatch({
      where: 'repairUnits({ range })',
      expected: 'two numbers, [low, high]',
      received: describe(range),
    });
  assertNumber('repairUnits({ range })', range[0]);
  assertNumber('repairUnits({ range })', range[1], { min: range[0], hint: 'The lower one stands first.' });
  for (const unit of bare) {
    assertUnit('repairUnits({ bare })', unit, ['ft.in']);
    if (dimensionOf(unit === 'ft.in' ? 'ft' : unit) === dimensionOf(to)) continue;
    const expected = `units of ${dimensionOf(to)}, as '${to}'`;
    throw mismatch({ where: 'repairUnits({ bare })', expected, received: describe(unit) });
  }
}

function repair(
  text: string,
  to: Unit,
  [low, high]: RepairOptions['range'],
  bare: readonly BareUnit[],
): { value: number | undefined; how: string } {
  const isPlausible = ({ value }: QuantityReading) => value !== undefined && value >= low && value <= high;
  const withUnit = readQuantity(text, { to });
  if (isPlausible(withUnit)) return { value: withUnit.value, how: withUnit.how! };
  for (const unit of bare) {
    const reading = unit === 'ft.in' ? feetAndInches(text, to) : bareNumber(text, to, unit);
    if (isPlausible(reading)) return { value: reading.value, how: `a bare number, taken as ${unit}` };
  }
  if (withUnit.value !== undefined)
    return { value: undefined, how: `${withUnit.value} ${to} is not between ${low} and ${high}` };
  const isNumber = toNumber(text.trim()) !== undefined;
  const units = bare.join(', ');
  return { value: undefined, how: isNumber ? `no plausible number in ${units}` : withUnit.reason };
}

/** One number and nothing else. */
function bareNumber(text: string, to: Unit, unit: Unit): QuantityReading {
  if (text.trim() === '' || toNumber(text.trim()) === undefined) return { reason: 'no number' };
  return readQuantity(text, { to, bare: unit });
}

function feetAndInches(text: string, to: Unit): QuantityReading {
  const match = /^\s*(\d{1,2})\s*[.,\s]\s*(\d{1,2})\s*$/.exec(text);
  if (!match || Number(match[2]) >= 12) return { reason: 'no feet and inches' };
  return readQuantity(`${match[1]} ft ${Number(match[2])} in`, { to });
}
