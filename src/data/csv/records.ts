import papaparse from 'papaparse';

export interface CsvRecord {
  /** Where it begins, from 1. */
  line: number;
  cells: string[];
  text: string;
}

export interface BrokenRecord {
  line: number;
  reason: string;
  text: string;
}

/**
 * Text to records of cells, each with its line. A quote that is not closed, or that ends before its cell does, would
 * swallow what follows: only its own line is given up, and reading goes on behind it. Empty lines are passed over.
 */
export function readRecords(text: string, delimiter?: string): { records: CsvRecord[]; broken: BrokenRecord[] } {
  const records: CsvRecord[] = [];
  const broken: BrokenRecord[] = [];
  const newline = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const between = delimiter ?? guessDelimiter(text);
  if (!text.includes('"') && !(newline === '\r\n' ? LONE_BREAK : /\r/).test(text))
    return { records: unquoted(text, between, newline), broken };
  const counter = lineCounter(text);
  let start = 0;
  while (start < text.length) {
    const rest = text.slice(start);
    let from = 0;
    let lost: string | undefined;
    papaparse.parse<string[]>(rest, {
      delimiter: between,
      newline: newline as '\n',
      step({ data: cells, errors, meta: { cursor } }, parser) {
        const error = errors.find(({ type }) => type === 'Quotes');
        if (error) {
          lost = 'a quote is not closed, or letters stand behind it';
          parser.abort();
          return;
        }
        const line = counter(start + from);
        const source = rest.slice(from, endOfText(rest, from, cursor));
        if (source.trim() !== '') records.push({ line, cells, text: source });
        from = cursor;
      },
    });
    if (lost === undefined) break;
    const end = rest.indexOf(newline, from);
    broken.push({ line: counter(start + from), reason: lost, text: rest.slice(from, end < 0 ? rest.length : end) });
    if (end < 0) break;
    start += end + newline.length;
  }
  return { records, broken };
}

function guessDelimiter(text: string): string {
  const first = /^[^\r\n]*/.exec(text)![0].replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map(delimiter => ({ delimiter, count: first.split(delimiter).length }));
  return counts.sort((a, b) => b.count - a.count)[0]!.delimiter;
}

const LONE_BREAK = /[^\r]\n|\r[^\n]|^\n|\r$/;

/** Without quotes, and with line ends of one kind, each line is a record. */
function unquoted(text: string, delimiter: string, newline: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  text.split(newline).forEach((line, place) => {
    if (line.trim() !== '') records.push({ line: place + 1, cells: line.split(delimiter), text: line });
  });
  return records;
}

/** Where a record ends that goes up to `end`, its line end left out. */
function endOfText(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && (text[last - 1] === '\n' || text[last - 1] === '\r')) last--;
  return last;
}

/** Tells the line of a place; places have to be asked for in rising order. */
function lineCounter(text: string): (place: number) => number {
  let [at, line] = [0, 1];
  return place => {
    for (; at < place; at++) {
      const letter = text[at];
      if (letter === '\n' || (letter === '\r' && text[at + 1] !== '\n')) line++;
    }
    return line;
  };
}
