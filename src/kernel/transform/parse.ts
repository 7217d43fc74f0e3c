import { type Node, type ParseResult, parseSync } from 'oxc-parser';
import { compileHardSyntax } from '../../modules/index.ts';
import { syntaxError } from './errors.ts';

/** The object that the evaluator puts on `globalThis` for the code of cells. As long as `import`, in `import.meta`. */
export const RUNTIME = '__cell';

/** Parses a cell. Throws a `CellSyntaxError`. */
export function parseCell(source: string): ParseResult {
  const result = parse(source, true);
  const error = result.errors.find(
    ({ severity, message }) => severity === ('Error' as typeof severity) && !mayMerge(source, message),
  );
  if (error) throw syntaxError(source, error);
  return result;
}

function parse(source: string, showSemanticErrors: boolean): ParseResult {
  return parseSync('cell.ts', source, { lang: 'ts', sourceType: 'module', preserveParens: true, showSemanticErrors });
}

/** The parser takes a namespace beside a class, and a function beside a `var`, for the same name declared twice. */
function mayMerge(source: string, message: string): boolean {
  return /has already been declared/.test(message) && /\b(?:namespace|module|declare|var)\b/.test(source);
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
  return { source: code, body: code === source ? parsed.program.body : parse(code, false).program.body };
}
