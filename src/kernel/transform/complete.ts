import { CellSyntaxError } from './errors.ts';
import { parseCell } from './parse.ts';

export type Completeness = {
  status: 'complete' | 'incomplete' | 'invalid';
  /** What to put before the next line of an incomplete cell. */
  indent?: string;
};

/** Whether a cell can run as it is, needs more lines, or is wrong whatever follows. Never throws. */
export function isComplete(source: string): Completeness {
  try {
    parseCell(source);
    return { status: 'complete' };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    return endsTooEarly(source, error) ? { status: 'incomplete', indent: nextIndent(source) } : { status: 'invalid' };
  }
}

function endsTooEarly(source: string, error: CellSyntaxError): boolean {
  if (source.slice(error.offset).trim() === '') return true;
  if (/^Unterminated (?:multi-?line comment|template)/i.test(error.message)) return true;
  // A template literal that is still open: the parser calls it a string.
  return /^Unterminated string/.test(error.message) && source.slice(error.offset).includes('`');
}

function nextIndent(source: string): string {
  const last =
    source
      .trimEnd()
      .split(/\r\n|\r|\n/)
      .at(-1) ?? '';
  const indent = /^\s*/.exec(last)?.[0] ?? '';
  return /[{([]$/.test(last.replace(/\/\/.*$/, '').trimEnd()) ? `${indent}  ` : indent;
}
