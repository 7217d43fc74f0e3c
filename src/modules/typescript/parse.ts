import { type ParseResult, type ParserOptions, parseSync } from 'oxc-parser';
import { findTooDeep, MOST_BRACKETS } from './depth.ts';

/**
 * Parses a file or a cell. The parser works on the stack of its thread, and what is nested too deeply for that would end the
 * process: here it is an error like any other.
 */
export function parseTypeScript(file: string, source: string, options: ParserOptions = {}): ParseResult {
  const tooDeep = findTooDeep(source);
  if (tooDeep === undefined) return parseSync(file, source, options);
  const result = parseSync(file, '', options);
  const error = {
    severity: 'Error',
    message: `This is nested too deeply: no more than ${MOST_BRACKETS} brackets may stand within each other`,
    labels: [{ message: null, start: tooDeep, end: tooDeep + 1 }],
    helpMessage: null,
    codeframe: null,
  };
  Object.defineProperty(result, 'errors', { value: [error] });
  return result;
}
