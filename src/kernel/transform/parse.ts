import type { ParseResult } from 'oxc-parser';
import { parseTypeScript } from '../../modules/index.ts';
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

/** Parses code that a compiler gave, or a cell whose errors do not matter. */
export function parse(source: string, showSemanticErrors = false): ParseResult {
  return parseTypeScript('cell.ts', source, {
    lang: 'ts',
    sourceType: 'module',
    preserveParens: true,
    showSemanticErrors,
  });
}

/** The parser takes a namespace beside a class, and a function beside a `var`, for the same name declared twice. */
function mayMerge(source: string, message: string): boolean {
  return /has already been declared/.test(message) && /\b(?:namespace|module|declare|var)\b/.test(source);
}
