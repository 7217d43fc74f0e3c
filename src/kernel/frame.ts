/** The few lines around a place in a cell, with a caret below it, as the terminal and the notebook show them. */
import type { ErrorReport } from './threads.ts';

/** Pages show an error on light or dark red: what must be read is bold, and never cyan or a bold red. */
export const colors = {
  red: (text: string) => `\u001b[31m${text}\u001b[39m`,
  green: (text: string) => `\u001b[32m${text}\u001b[39m`,
  dim: (text: string) => `\u001b[2m${text}\u001b[22m`,
  bold: (text: string) => `\u001b[1m${text}\u001b[22m`,
};

export interface Place {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 code units. */
  column: number;
  /** How many code units the caret underlines; 1 by default. */
  length?: number;
}

const CONTEXT_LINES = 2;
/** Of a longer line, as in a minified file, only the part around the place is shown. */
const MAX_COLUMNS = 200;

export function codeFrame(source: string, { line, column, length = 1 }: Place, context = CONTEXT_LINES): string[] {
  const lines = source.split(/\r\n|\n|\r/);
  while (lines.length > line && lines.at(-1) === '') lines.pop();
  if (line < 1 || line > lines.length) return [];
  const first = Math.max(1, line - context);
  const last = Math.min(lines.length, line + context);
  const width = String(last).length;
  const longest = Math.max(...lines.slice(first - 1, last).map(text => text.length));
  const from = longest <= MAX_COLUMNS ? 0 : Math.max(0, column - 1 - MAX_COLUMNS / 2);
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = cutLine(lines[number - 1]!, from);
    const label = String(number).padStart(width);
    if (number !== line) {
      frame.push(`${colors.dim(`  ${label} │`)} ${text}`);
      continue;
    }
    frame.push(`${colors.red('>')} ${colors.bold(label)} ${colors.dim('│')} ${text}`);
    const start = Math.min(column - 1 - from + (from > 0 ? 1 : 0), text.length);
    const indent = text.slice(0, start).replace(/[^\t]/g, ' ');
    const carets = '^'.repeat(Math.max(1, Math.min(length, text.length - start)));
    frame.push(`${colors.dim(`  ${' '.repeat(width)} │`)} ${indent}${colors.red(carets)}`);
  }
  return frame;
}

function cutLine(text: string, from: number): string {
  const shown = text.slice(from, from + MAX_COLUMNS);
  const isCut = text.length > from + MAX_COLUMNS;
  return `${from > 0 ? '…' : ''}${shown}${isCut ? '…' : ''}`;
}

/** `Cell In[3], line 2` over the frame. */
export function placeInCell(cellName: string, source: string, place: Place): string[] {
  return [
    `${colors.green(cellTitle(cellName))}, line ${colors.green(String(place.line))}`,
    ...codeFrame(source, place),
  ];
}

/** `cell 3` as its reader knows it: `Cell In[3]`. */
export function cellTitle(cellName: string): string {
  return cellName.replace(/^cell (\d+)$/, 'Cell In[$1]');
}

/** `Cell In[3]` as the kernel knows it: `cell 3`; any other text as it is. */
export function cellName(title: string): string {
  return title.replace(/^Cell In\[(\d+)\]$/, 'cell $1');
}

/** The line that names an error, in the traceback. */
export function headline(ename: string, evalue: string): string {
  const name = colors.bold(ename);
  return evalue === '' ? name : `${name}: ${evalue}`;
}

export function errorReport(ename: string, evalue: string, lines: string[]): ErrorReport {
  return { ename, evalue, traceback: [...lines, headline(ename, evalue)] };
}
