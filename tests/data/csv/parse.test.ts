import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import papaparse from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDay } from '../../../src/data/csv/content.ts';
import { readRecords } from '../../../src/data/csv/records.ts';
import * as data from '../../../src/data/index.ts';
import { DISPLAY } from '../../../src/display/channel.ts';
import { thrown } from '../fixtures.ts';

const bad = (text: string, options: data.CsvOptions = {}) =>
  data.parseCsv(text, options).bad.map(({ line, column, reason }) => [line, column, reason]);

describe('parseCsv', () => {
  it('reads what is right and reports each bad row with its line and its reason', () => {
    const text = 'name,age\nAda,36\nBo,old\n\nCy\n"Di\nna",41\nEd,1,2\nFi,\n';
    const { frame, bad } = data.parseCsv(text, { columns: { age: 'number' } });
    expect(frame.values).toEqual([
      ['Ada', 36],
      ['Di\nna', 41],
      ['Fi', Number.NaN],
    ]);
    expect(bad).toEqual([
      { line: 3, column: 'age', reason: "expected a number in 'age', received 'old'", text: 'Bo,old' },
      { line: 5, reason: 'expected 2 cells, received 1', text: 'Cy' },
      { line: 8, reason: 'expected 2 cells, received 3', text: 'Ed,1,2' },
    ]);
  });

  it('gives up only the line of a quote that is not closed, or that ends too soon', () => {
    const { frame, bad } = data.parseCsv('a,b\n1,"x\n2,y\n"z"q,3\n4,"w"\n5,v"v\n');
    expect(frame.values).toEqual([
      [2, 'y'],
      [4, 'w'],
      [5, 'v"v'],
    ]);
    expect(bad).toEqual([
      { line: 2, reason: 'a quote is not closed, or letters stand behind it', text: '1,"x' },
      { line: 4, reason: 'a quote is not closed, or letters stand behind it', text: '"z"q,3' },
    ]);
  });

  it('takes a column for numbers if nine of ten are some', () => {
    const numbers = Array.from({ length: 9 }, (_, n) => n);
    const column = (cells: unknown[]) => data.parseCsv(`n\n${cells.join('\n')}\n`);
    expect(column([...numbers, 'x']).bad).toHaveLength(1);
    expect(column([...numbers, 'x']).frame.dtypes).toEqual(['int32']);
    expect(column([...numbers, 'x', 'y']).frame.dtypes).toEqual(['string']);
    expect(column(['""', 'NA', 'null']).frame.values).toEqual([[null], [null], [null]]);
    expect(column(['0x10', 'Infinity', '1e3']).frame.dtypes).toEqual(['string']);
    expect(column([' 7 ', '-1.5e-3', '+.5']).frame.values).toEqual([[7], [-0.0015], [0.5]]);
  });

  it('checks days of the calendar', () => {
    expect(bad('d\n2024-02-29\n2023-02-29\n2024-01-01 10:00\n1.2.2024\n', { columns: { d: 'date' } })).toEqual([
      [3, 'd', "expected a day such as 2024-02-29 in 'd', received '2023-02-29'"],
      [5, 'd', "expected a day such as 2024-02-29 in 'd', received '1.2.2024'"],
    ]);
    expect(isDay('2014-09-02 13:40:36')).toBe(true);
    expect(isDay('2024-13-01')).toBe(false);
  });

  it('finds the delimiter, any line end, a byte order mark, and columns without names', () => {
    expect(data.parseCsv('\uFEFFa;b\r\n1;"x,y"\r\n').frame.values).toEqual([[1, 'x,y']]);
    expect(data.parseCsv('a\tb\r1\t2\r').frame.columns).toEqual(['a', 'b']);
    expect(data.parseCsv('1,2\n3,4\n', { header: false }).frame.columns).toEqual(['column_1', 'column_2']);
    expect(bad('a\r\nx\r\n"y\r\n', { delimiter: ',' })).toEqual([
      [3, undefined, 'a quote is not closed, or letters stand behind it'],
    ]);
  });

  it('reads all rows of the datasets, as load does', async () => {
    const text = new TextDecoder().decode(await data.file('birdstrikes', 'birdstrikes.csv'));
    const { frame, bad } = data.parseCsv(text, { missing: [''] });
    expect(bad).toEqual([]);
    expect(frame.values).toEqual((await data.load('birdstrikes')).values);
  });

  it('reads back whatever was written, each record on its line', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é', "'", '0'), maxLength: 6 });
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (written, newline) => {
        const safe = written.map(row => row.map(text => text.replaceAll('\n', newline)));
        const { records, broken } = readRecords(papaparse.unparse(safe, { newline, quotes: true }), ',');
        expect(broken).toEqual([]);
        expect(records.map(({ cells }) => cells)).toEqual(safe);
        let line = 1;
        for (const { line: found, cells } of records) {
          expect(found).toBe(line);
          line += 1 + cells.join('').split('\n').length - 1;
        }
      }),
    );
  });

  it('shows the bad rows', async () => {
    const text = String((await data.parseCsv('a,b\n1,2\n3\n')[DISPLAY]())['text/plain']);
    expect(text).toMatch(/^1 row read, 1 row not\n/);
    expect(text).toMatch(/\nline 3 +expected 2 cells, received 1 +3\n/);
  });

  it('explains what is no table at all', () => {
    expect(thrown(() => data.parseCsv('')).message).toBe(
      'parseCsv(text): expected a line of column names, received no text.',
    );
    expect(thrown(() => data.parseCsv('\n\n')).message).toContain('received no row.');
    expect(thrown(() => data.parseCsv('a,a\n1,2\n'))).toEqual({
      message: "parseCsv(text): expected columns of different names, received 'a' twice.",
      hint: 'Change the first line, or give { header: false } if it holds no names.',
    });
    expect(thrown(() => data.parseCsv('age\n1\n', { columns: { agee: 'number' } })).hint).toBe("Did you mean 'age'?");
    expect(thrown(() => data.parseCsv(7 as never)).message).toBe('parseCsv(text): expected a text, received 7.');
  });
});

describe('readCsv', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'csv-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const write = async (name: string, content: string | Uint8Array) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  it('reads a file in the encoding that it is in', async () => {
    const path = await write('latin.csv', Buffer.from('name,n\nRêve,1\nfin,2\n', 'latin1'));
    await expect(data.readCsv(path)).rejects.toMatchObject({
      message: `readCsv('${path}'): expected utf-8, received other bytes in line 2.`,
      hint: "Try { encoding: 'windows-1252' }, as older programs of Windows write.",
    });
    const { frame } = await data.readCsv(path, { encoding: 'windows-1252' });
    expect(frame.values).toEqual([
      ['Rêve', 1],
      ['fin', 2],
    ]);
    const wide = await write('wide.csv', Buffer.from('\uFEFFa,b\n1,é\n', 'utf16le'));
    expect((await data.readCsv(wide, { encoding: 'utf-16le' })).frame.columns).toEqual(['a', 'b']);
  });

  it('says that there is no such file, and where it looked from', async () => {
    const path = join(folder, 'none.csv');
    await expect(data.readCsv(path)).rejects.toMatchObject({
      message: `readCsv('${path}'): there is no such file.`,
      hint: `Paths that do not begin with / start from ${process.cwd()}.`,
    });
    // @ts-expect-error: no such encoding
    await expect(data.readCsv(path, { encoding: 'utf8' })).rejects.toMatchObject({ hint: "Did you mean 'utf-8'?" });
  });
});
