import type { DataFrame } from 'danfojs-node';
import { assertKeys, describe, LearnableError, mismatch } from '../../core/index.ts';
import type { Displayable } from '../../display/channel.ts';
import { counted, report } from '../cleaning/report.ts';
import { createFrame } from '../frame.ts';
import { type CsvContent, cellReader, contentOf } from './content.ts';
import { type CsvRecord, readRecords } from './records.ts';

export interface CsvOptions {
  /** What the columns hold. Default: numbers, where nine of ten values that are not missing are some; else text. */
  columns?: Readonly<Record<string, CsvContent>>;
  /** Texts that stand for a missing value. Default: the empty text, NA, N/A, NaN and null. */
  missing?: readonly string[];
  /** Between cells. Default: the one of comma, semicolon, tab and bar that the first line has most of. */
  delimiter?: string;
  /** The first line names the columns. Default true; otherwise they are called column_1, column_2, … */
  header?: boolean;
}

export interface BadRow {
  /** The line in the text on which the row begins, from 1. */
  line: number;
  column?: string;
  reason: string;
  /** The row as it stands there. */
  text: string;
}

export interface Csv extends Displayable {
  /** The rows that could be read. */
  frame: DataFrame;
  /** The rows that could not, which are not in the frame. */
  bad: BadRow[];
}

/**
 * Reads comma-separated text as it is found in the world: a row that cannot be read is reported with its line and the
 * reason, and reading goes on. In the frame missing values are NaN in columns of numbers and null in all others.
 *
 * Throws only when there is no table at all: no text, or columns of the same name.
 *
 * @example
 * const { frame, bad } = data.parseCsv('name,age\nAda,36\nBo,old\nCy\n', { columns: { age: 'number' } });
 * bad.map(({ line, reason }) => `line ${line}: ${reason}`);
 * // ["line 3: expected a number in 'age', received 'old'", 'line 4: expected 2 cells, received 1']
 */
export function parseCsv(text: string, options: CsvOptions = {}): Csv {
  const where = 'parseCsv(text)';
  if (typeof text !== 'string') throw mismatch({ where, expected: 'a text', received: describe(text) });
  assertKeys('parseCsv(text, options)', options, ['columns', 'missing', 'delimiter', 'header']);
  const { missing = ['', 'NA', 'N/A', 'NaN', 'null'], header = true } = options;
  const { records, broken } = readRecords(text.replace(/^\uFEFF/, ''), options.delimiter);
  const first = records[0];
  if (!first)
    throw new LearnableError(
      `${where}: expected a line of column names, received ${text === '' ? 'no text' : 'no row'}.`,
    );
  const names = header ? first.cells.map(cell => cell.trim()) : first.cells.map((_, place) => `column_${place + 1}`);
  assertNames(where, names, options.columns);

  const bad: BadRow[] = [...broken];
  const whole = records.slice(header ? 1 : 0).filter(record => {
    const isWhole = record.cells.length === names.length;
    if (!isWhole)
      bad.push(badRow(record, `expected ${counted(names.length, 'cell')}, received ${record.cells.length}`));
    return isWhole;
  });
  const isEmpty = new Set(missing);
  const readers = names.map((name, place) =>
    cellReader(options.columns?.[name] ?? contentOf(whole, place, isEmpty), isEmpty),
  );
  const rows: unknown[][] = [];
  for (const record of whole) {
    const row = new Array<unknown>(names.length);
    let fault: BadRow | undefined;
    for (let place = 0; place < names.length && !fault; place++) {
      const { value, reason } = readers[place]!(record.cells[place]!);
      row[place] = value;
      if (reason) fault = { ...badRow(record, reason.replace('%', `'${names[place]}'`)), column: names[place]! };
    }
    if (fault) bad.push(fault);
    else rows.push(row);
  }
  bad.sort((a, b) => a.line - b.line);
  return report({ frame: createFrame(names, rows), bad }, () => ({
    caption: `${counted(rows.length, 'row')} read, ${counted(bad.length, 'row')} not`,
    columns: ['reason', 'text'],
    index: bad.map(({ line }) => `line ${line}`),
    rows: bad.map(({ reason, text }) => [reason, text]),
  }));
}

function badRow({ line, text }: CsvRecord, reason: string): BadRow {
  return { line, reason, text };
}

function assertNames(where: string, names: readonly string[], columns: CsvOptions['columns'] = {}): void {
  const twice = names.find((name, place) => names.indexOf(name) < place);
  if (twice !== undefined)
    throw mismatch({
      where,
      expected: 'columns of different names',
      received: `${describe(twice)} twice`,
      hint: 'Change the first line, or give { header: false } if it holds no names.',
    });
  assertKeys('parseCsv({ columns })', columns, names);
}
