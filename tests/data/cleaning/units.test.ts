import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../src/data/cleaning/units.ts';
import { dimensionOf, UNITS } from '../../../src/data/cleaning/units.ts';
import * as data from '../../../src/data/index.ts';
import { DISPLAY } from '../../../src/display/channel.ts';
import { thrown } from '../fixtures.ts';

const cm = (text: string, bare?: Unit) => data.parseQuantity(text, { to: 'cm', bare });

describe('parseQuantity', () => {
  it.each<[string, number]>([
    [`5'4"`, 162.56],
    [`5' 4"`, 162.56],
    [`5'7''`, 170.18],
    [`5'7`, 170.18],
    [`6'`, 182.88],
    [`69"`, 175.26],
    ['5 ft 9 inches', 175.26],
    ['5 feet 7inches', 170.18],
    ['5 feet and 8.11 inches', 172.9994],
    ['Five foot eight inches', 172.72],
    [`5’4”`, 162.56],
    ['165cm', 165],
    ['170 cm', 170],
    ['170 cm.', 170],
    ['1.7 m', 170],
    ['1,70 m', 170],
    ['1 m 70', 170],
    ['1,700 mm', 170],
    ['-3 cm', -3],
    ['.5m', 50],
  ])('%s is %d cm', (text, value) => expect(cm(text).value).toBeCloseTo(value, 9));

  it.each<[string, Unit, number]>([
    ['150 lbs', 'kg', 68.0388555],
    ['11 st 5', 'lb', 159],
    ['2 lb 3 oz', 'g', 992.2333],
    ['1 h 30 min', 'min', 90],
    ['2 hours', 's', 7200],
    ['98.6 °F', '°C', 37],
    ['0 K', '°C', -273.15],
    ['20 C', 'K', 293.15],
    ['33 cl', 'l', 0.33],
  ])('%s in %s is %d', (text, to, value) => expect(data.parseQuantity(text, { to }).value).toBeCloseTo(value, 3));

  it.each([
    ['yyy', "'yyy' has no number"],
    ['', "'' has no number"],
    ['70', "'70' has no unit"],
    ['>9000', "'>9000' in '>9000' cannot be read"],
    ['6*12', "'*12' in '6*12' cannot be read"],
    ['70 kg', "'kg' is no unit of length"],
    [`5'12`, `'5'12' has 12 in, which makes a whole ft`],
    [`2'33`, `'2'33' has 33 in, which makes a whole ft`],
    [`4" 5'`, `'4" 5'' has its units out of order`],
    ['1.2.3 m', "'1.2.3' in '1.2.3 m' is no number"],
  ])('%s cannot be read: %s', (text, reason) => expect(cm(text)).toEqual({ reason }));

  it('takes a number without a unit as it is told', () => {
    expect(cm('70', 'in')).toEqual({ value: 177.8, how: 'in' });
    expect(cm(`5'4"`, 'in').how).toBe('ft and in');
  });

  it('comes back from every unit to every other of its kind', () => {
    const units = Object.keys(UNITS) as Unit[];
    fc.assert(
      fc.property(fc.constantFrom(...units), fc.nat(), fc.integer({ min: 1, max: 99_999 }), (from, pick, tenths) => {
        const alike = units.filter(unit => dimensionOf(unit) === dimensionOf(from));
        const to = alike[pick % alike.length]!;
        const there = data.parseQuantity(`${tenths / 10} ${from}`, { to }).value!;
        // Thousands of a unit may be a tiny part of another: written out, as a person would.
        const text = there.toLocaleString('en', { maximumSignificantDigits: 15, useGrouping: false });
        expect(data.parseQuantity(`${text} ${to}`, { to: from }).value! / (tenths / 10)).toBeCloseTo(1, 6);
      }),
    );
  });

  it('explains what it cannot do', () => {
    expect(thrown(() => data.parseQuantity(7 as never, { to: 'cm' })).message).toBe(
      'parseQuantity(text, options): expected a text, received 7.',
    );
    expect(thrown(() => data.parseQuantity('7', { to: 'cm', bare: 'kg' })).message).toBe(
      "parseQuantity({ bare }): expected a unit of length, as 'cm', received 'kg'.",
    );
    // @ts-expect-error: no such unit
    expect(thrown(() => data.parseQuantity('7', { to: 'inch' })).hint).toBe("Did you mean 'in'?");
  });
});

describe('repairUnits', () => {
  const options = { to: 'cm', range: [120, 220], bare: ['in', 'cm', 'm', 'ft.in', 'ft'] } as const;

  it('reads nearly all of the reported heights, and says how', async () => {
    const heights = await data.load('reported-heights');
    const { frame, values, unreadable, ways } = data.repairUnits(heights, 'height', options);
    expect(frame.shape).toEqual(heights.shape);
    expect(values).toHaveLength(1095);
    // 81 are no numbers and 211 no plausible inches: what is left of those 292.
    expect(unreadable.length).toBeLessThan(40);
    expect(values.length - unreadable.length).toBe(Object.values(ways).reduce((sum, count) => sum + count, 0));
    const numbers = data.column(frame, 'height', { missing: 'keep' });
    for (const { position, value } of values) expect(numbers[position]).toBe(value ?? Number.NaN);
    for (const value of numbers.filter(Number.isFinite)) expect(value >= 120 && value <= 220).toBe(true);
    const found = (text: string) => values.find(value => value.text === text);
    expect(found('75')).toMatchObject({ value: 190.5, how: 'a bare number, taken as in' });
    expect(found('5.11')).toMatchObject({ value: 180.34, how: 'a bare number, taken as ft.in' });
    expect(found('6 04')).toMatchObject({ value: 193.04 });
    expect(found('5 .11')).toMatchObject({ value: 180.34 });
    expect(found('1,70')).toMatchObject({ value: 170, how: 'a bare number, taken as m' });
    expect(found('Five foot eight inches')).toMatchObject({ value: 172.72, how: 'ft and in' });
    expect(found('11111')).toMatchObject({ value: undefined, how: 'no plausible number in in, cm, m, ft.in, ft' });
    expect(found('yyy')).toMatchObject({ value: undefined, how: "'yyy' has no number" });
  });

  it('keeps missing values missing, and the frame as it was', () => {
    const frame = data.frame({ height: ['70', null, `1'2"`], name: ['a', 'b', 'c'] });
    const repair = data.repairUnits(frame, 'height', options);
    expect(repair.frame.values).toEqual([
      [177.8, 'a'],
      [Number.NaN, 'b'],
      [Number.NaN, 'c'],
    ]);
    expect(repair.unreadable).toEqual([
      { position: 2, text: `1'2"`, value: undefined, how: '35.56 cm is not between 120 and 220' },
    ]);
    expect(frame.values[0]).toEqual(['70', 'a']);
  });

  it('without guesses takes bare numbers in the unit asked for', () => {
    const { values } = data.repairUnits(data.frame({ n: [170, 70] }), 'n', { to: 'cm', range: [120, 220] });
    expect(values.map(({ value }) => value)).toEqual([170, undefined]);
  });

  it('shows the ways, and what could not be read', async () => {
    const repair = data.repairUnits(data.frame({ n: ['70', '71', 'tall'] }), 'n', options);
    const text = String((await repair[DISPLAY]())['text/plain']);
    expect(text).toMatch(/^2 values of 'n' in cm; 1 could not be read\n/);
    expect(text).toMatch(/\na bare number, taken as in +2 +70 +177.8/);
    expect(text).toMatch(/\n'tall' has no number +1 +tall/);
  });

  it('explains what it cannot do', () => {
    const repairing = (change: object) =>
      thrown(() => data.repairUnits(data.frame({ n: ['1'] }), 'n', { ...options, ...change }));
    expect(repairing({ range: [220, 120] })).toEqual({
      message: 'repairUnits({ range }): expected a number from 220, received 120.',
      hint: 'The lower one stands first.',
    });
    expect(repairing({ bare: ['kg'] }).message).toBe(
      "repairUnits({ bare }): expected units of length, as 'cm', received 'kg'.",
    );
    expect(repairing({ bares: [] }).hint).toBe("Did you mean 'bare'?");
    expect(repairing({ range: 7 }).message).toBe(
      'repairUnits({ range }): expected two numbers, [low, high], received 7.',
    );
  });
});
