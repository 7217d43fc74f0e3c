import { expect, it } from 'vitest';
import { readRecords } from '../../../src/data/csv/records.ts';

const LINES = ['a,b', '', '1,2', '  ', ' x ,', 'one', ',,'];

it.each(['\n', '\r\n', '\r'])('reads text without quotes as it reads text with them: %j', newline => {
  const plain = LINES.join(newline);
  const { records, broken } = readRecords(plain);
  expect(broken).toEqual([]);
  expect(records.map(({ line }) => line)).toEqual([1, 3, 5, 6, 7]);
  // A quoted cell at the end sends the whole text another way.
  const quoted = readRecords(`${plain}${newline}"q",r`);
  expect(quoted.records.slice(0, -1)).toEqual(records);
  expect(quoted.records.at(-1)).toEqual({ line: 8, cells: ['q', 'r'], text: '"q",r' });
});

it('counts lines of every kind, though records end with the first one', () => {
  const { records } = readRecords('a,b\r\n1,2\n3,4\r\n5,6');
  expect(records.map(({ line, cells }) => ({ line, cells }))).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1', '2\n3', '4'] },
    { line: 4, cells: ['5', '6'] },
  ]);
  expect(readRecords('a,b\n1,2\r\n3,4').records.map(({ line }) => line)).toEqual([1, 2, 3]);
});
