import { DiagnosticCategory, type Diagnostic as Found } from 'typescript/unstable/sync';
import { PREFIX } from './declarations/index.ts';
import type { Diagnostic } from './types.ts';

/** Where a cell's own source lies in the module that TypeScript checks. */
export interface CellText {
  source: string;
  /** Length of the line in front. */
  prefixLength: number;
}

/** A cell that was executed, by the path of its module; undefined for any other file. */
export type FindCell = (path: string) => (CellText & { cell: string }) | undefined;

/** What lies outside of the cells. */
export interface Declared {
  readFile(path: string): string | undefined;
  /** Where a place in what TypeScript read stands on disk. */
  placeOf(path: string, position: number): { file: string; position: number };
}

/** Errors of the cell's own text, in order, each once; what is reported of the lines around it is left out. */
export function toDiagnostics(
  found: readonly Found[],
  path: string,
  text: CellText,
  findCell: FindCell,
  { readFile, placeOf }: Declared,
): Diagnostic[] {
  const { source, prefixLength } = text;
  const seen = new Set<string>();
  return found
    .filter(({ pos, category }) => {
      const offset = pos - prefixLength;
      return offset >= 0 && offset <= source.length && category === DiagnosticCategory.Error;
    })
    .sort((a, b) => a.pos - b.pos)
    .map(({ pos, end, code, ...rest }): Diagnostic => {
      const start = pos - prefixLength;
      return {
        code,
        category: 'error',
        message: messageOf(rest),
        start,
        length: Math.max(0, Math.min(end - prefixLength, source.length) - start),
        ...positionAt(source, start),
        related: (rest.relatedInformation ?? []).flatMap(other => {
          const message = messageOf(other);
          const { fileName } = other;
          if (!fileName) return [{ message }];
          const cell = fileName === path ? { ...text, cell: undefined } : findCell(fileName);
          if (!cell) {
            const { file, position } = placeOf(fileName, other.pos);
            const content = readFile(file);
            return [{ message, file, ...(content === undefined ? {} : positionAt(content, position)) }];
          }
          const offset = other.pos - cell.prefixLength;
          if (offset < 0 || offset > cell.source.length) return [];
          const place = positionAt(cell.source, offset);
          return [{ message, ...place, ...(cell.cell === undefined ? {} : { cell: cell.cell }) }];
        }),
      };
    })
    .filter(({ code, start, message }) => {
      const key = `${code}:${start}:${message}`;
      return !seen.has(key) && seen.add(key);
    });
}

/** A message with the reasons below it, each a step further in. */
function messageOf({ text, messageChain }: Pick<Found, 'text' | 'messageChain'>, depth = 0): string {
  const reasons = (messageChain ?? []).map(next => `\n${'  '.repeat(depth + 1)}${messageOf(next, depth + 1)}`);
  return plainNames(text).replace(/ because it is an import\b/, ' because it is a constant') + reasons.join('');
}

/**
 * `notebook$7.x` and `import("…/notebook~c7").x`, as the cells' modules know it, are the learner's `x`; modules of libraries
 * that were put together (`declarations/`) have their usual names.
 */
export function plainNames(text: string): string {
  return text
    .replace(/\b(?:typeof )?import\("[^"]*notebook~(?:c\d+|hub)"\)\./g, '')
    .replace(/\b(?:typeof )?notebook\$\d+\./g, '')
    .replaceAll(`"${PREFIX}`, '"');
}

export function positionAt(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
