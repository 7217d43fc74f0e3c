import { type Node, type ParseResult, parseSync } from 'oxc-parser';
import { compileHardSyntax } from '../../modules/index.ts';
import { syntaxError } from './errors.ts';

/** The object that the evaluator puts on `globalThis` for the code of cells. As long as `import`, in `import.meta`. */
export const RUNTIME = '__cell';

/** Parses a cell. Throws a `CellSyntaxError`. */
export function parseCell(source: string): ParseResult {
  const result = parseSync('cell.ts', source, { lang: 'ts', sourceType: 'module', preserveParens: true });
  const error = result.errors.find(({ severity }) => severity === ('Error' as typeof severity));
  if (error) throw syntaxError(source, error);
  return result;
}

/** The cell with what must be compiled for real compiled, on the same lines. */
export function prepareCell(source: string): { source: string; body: Node[] } {
  const parsed = parseCell(source);
  let code: string;
  try {
    code = compileHardSyntax(source, parsed, { helpers: `${RUNTIME}.helpers` });
  } catch (error) {
    const { message, offset } = error as SyntaxError & { offset?: number };
    if (offset === undefined) throw error;
    throw syntaxError(source, { message, helpMessage: null, labels: [{ message: null, start: offset, end: offset }] });
  }
  return { source: code, body: code === source ? parsed.program.body : parseCell(code).program.body };
}
