import type { Node } from 'oxc-parser';
import { CellSyntaxError } from './errors.ts';
import { nextIndent } from './indent.ts';
import { parseCell } from './parse.ts';
import { shapeOf } from './shape.ts';

export type Completeness = {
  status: 'complete' | 'incomplete' | 'invalid';
  /** What to put before the next line of an incomplete cell. */
  indent?: string;
};

/** Whether a cell can run as it is, needs more lines, or is wrong whatever follows. Never throws. */
export function isComplete(source: string): Completeness {
  try {
    const { program } = parseCell(source);
    const last = program.body.at(-1);
    return last && awaitsBody(last) ? incomplete(source) : { status: 'complete' };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    return endsTooEarly(source, error) ? incomplete(source) : { status: 'invalid' };
  }
}

function incomplete(source: string): Completeness {
  return { status: 'incomplete', indent: nextIndent(source) };
}

/** `function f()`, which its body follows, or after an overload the next one. */
function awaitsBody(statement: Node): boolean {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  return declaration?.type === 'TSDeclareFunction' && !declaration.declare;
}

function endsTooEarly(source: string, { offset, length, message }: CellSyntaxError): boolean {
  if (source.slice(offset).trim() === '') return true;
  if (/^Unterminated/.test(message)) {
    const { open } = shapeOf(source);
    // A text goes on in the next line only behind a backslash.
    return open === 'string' ? /(?<!\\)(?:\\\\)*\\$/.test(source) : open !== undefined;
  }
  return / after /.test(message) && source.slice(offset + length).trim() === '';
}
