import { describe, expect, it } from 'vitest';
import { parseIdx } from '../../src/data/files/idx.ts';
import { parseRecords } from '../../src/data/files/records.ts';
import { sheetToSet } from '../../src/data/files/sheet.ts';
import { parseTable } from '../../src/data/files/table.ts';
import { thrown } from './fixtures.ts';

describe('parseTable', () => {
  const columns = [
    { name: 'a', content: 'number' },
    { name: 'b', content: 'text' },
  ] as const;

  it('reads quoted text, empty cells and lines that end early', () => {
    const frame = parseTable('here', columns, 'a,b\n1,"x, ""y"""\n,NA\n2.5\n');
    expect(frame.values).toEqual([
      [1, 'x, "y"'],
      [Number.NaN, null],
      [2.5, null],
    ]);
  });

  it('takes as missing what it is told', () => {
    expect(parseTable('here', columns, 'a,b\n?,NA\n', ['?']).values).toEqual([[Number.NaN, 'NA']]);
  });

  it('refuses other columns, and words among numbers', () => {
    expect(() => parseTable('here', columns, 'a,c\n1,2')).toThrow('here: expected the columns a, b, received a, c.');
    expect(() => parseTable('here', columns, 'a,b\n1,x\ntwo,y')).toThrow(
      "here: expected a number in 'a', row 1, received 'two'.",
    );
  });
});

describe('parseIdx', () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);

  it('reads the shape and the values', () => {
    const { shape, values } = parseIdx('here', bytes(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6));
    expect(shape).toEqual([2, 3]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('refuses what is none, another type, and what was cut off', () => {
    expect(thrown(() => parseIdx('here', bytes())).message).toBe(
      'here: expected an idx file of unsigned bytes, which begins with 0, 0, 8, received an empty file.',
    );
    expect(thrown(() => parseIdx('here', bytes(0, 0, 13, 1, 0, 0, 0, 0))).message).toContain('received [0, 0, 13, 1].');
    expect(thrown(() => parseIdx('here', bytes(0, 0, 8, 1, 0, 0, 0, 2, 7))).message).toBe(
      'here: expected 2 values, as the header says, received 1.',
    );
  });
});

describe('parseRecords', () => {
  it('reads an object a line, and says which line is none', () => {
    expect(parseRecords('here', '{"a":1}\n{"a":2}\n')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(thrown(() => parseRecords('here', '{"a":1}\n{"a":')).message).toMatch(/^here: line 2 is no JSON: /);
  });
});

describe('sheetToSet', () => {
  const shape = { height: 1, width: 1, channels: 3, white: 255, classes: ['x', 'y'] } as const;
  const sheet = {
    pixels: Uint8Array.of(255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255, 128, 9, 9, 9, 0),
    height: 2,
    width: 2,
    channels: 4,
  } as const;

  it('cuts a picture into pictures, and puts them on white', () => {
    const set = sheetToSet('here', sheet, 'name,label\nred,y\nnothing,x\npale,y\n', shape);
    expect([...set.pixels]).toEqual([255, 0, 0, 255, 255, 255, 127, 127, 255]);
    expect([set.labels, set.names]).toEqual([
      [1, 0, 1],
      ['red', 'nothing', 'pale'],
    ]);
  });

  it('refuses unknown labels, and more names than there are pictures', () => {
    expect(thrown(() => sheetToSet('here', sheet, 'name,label\nred,z\n', shape)).message).toBe(
      "here: expected one of x, y, received 'z'.",
    );
    const table = `name,label\n${'a,x\n'.repeat(5)}`;
    expect(thrown(() => sheetToSet('here', sheet, table, shape)).message).toBe(
      'here: expected a sheet of 5 pictures of 1 × 1 and 3 channels, received 2 × 2 pixels of 3.',
    );
  });
});
