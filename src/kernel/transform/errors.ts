import type { OxcError } from 'oxc-parser';

/** A cell that is not TypeScript. Lines and columns start at 1, offsets at 0; all count UTF-16 code units. */
export class CellSyntaxError extends SyntaxError {
  override readonly name = 'SyntaxError';
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;

  constructor(message: string, source: string, offset: number, length: number) {
    super(message);
    const at = positionAt(source, offset);
    this.offset = offset;
    this.length = length;
    this.line = at.line;
    this.column = at.column;
  }
}

/** The line and the column, both from 1, of an offset. */
export function positionAt(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The parser's error in plain words. */
export function syntaxError(
  source: string,
  error: Pick<OxcError, 'message' | 'labels' | 'helpMessage'>,
  kind: 'cell' | 'file' = 'cell',
): CellSyntaxError {
  const label = error.labels[0];
  const start = Math.min(label?.start ?? 0, source.length);
  const end = Math.max(start, Math.min(label?.end ?? start, source.length));
  return new CellSyntaxError(plainMessage(source, error, start, end, kind), source, start, end - start);
}

function plainMessage(
  source: string,
  error: Pick<OxcError, 'message' | 'helpMessage'>,
  start: number,
  end: number,
  kind: string,
): string {
  const message = error.message.replace(/^TS\(\d+\): /, '');
  const atEnd = source.slice(start).trim() === '' || /found `EOF`/.test(message);
  const expected = /^Expected `(.+)` but found `(.+)`$/s.exec(message);
  if (expected) {
    return atEnd
      ? `'${expected[1]}' expected, but the ${kind} ends here.`
      : `'${expected[1]}' expected, but found '${expected[2]}'.`;
  }
  if (message === 'Unexpected token') {
    if (atEnd) return `The ${kind} ends in the middle of a statement.`;
    return `'${source.slice(start, Math.max(end, start + 1))}' is not expected here.`;
  }
  const help = error.helpMessage ? ` ${sentence(error.helpMessage)}` : '';
  return sentence(message) + help;
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
