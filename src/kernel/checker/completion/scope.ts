import { isImportDeclaration } from 'typescript/unstable/ast';
import { SymbolFlags } from 'typescript/unstable/sync';
import type { LoadedCell } from '../cell.ts';
import { importedNames } from '../syntax.ts';
import { type Candidate, candidatesAt } from './candidates.ts';

/** The cell in a file beside its slot, with all that earlier cells declare in scope. */
export interface ScopedCell {
  cell: LoadedCell;
  offset: number;
  isEarlier(name: string): boolean;
}

/**
 * The cell's text for such a file. What the cell imports comes from a file of its own, in the notebook's folder, as the
 * scope's file has a name from which no path leads to modules: only in a file with such a name, as editors give to text
 * that is not saved, does TypeScript name what is in scope without an index of all packages.
 */
export function scopeFiles({ file, source, prefixLength }: LoadedCell, offset: number) {
  let text = source;
  let imports = '';
  const names: string[] = [];
  for (const statement of file.statements) {
    const start = statement.getStart(file) - prefixLength;
    const end = statement.end - prefixLength;
    if (start < 0 || !isImportDeclaration(statement) || (start <= offset && offset < end)) continue;
    names.push(...importedNames(statement));
    imports += `${source.slice(start, end)}\n`;
    text = text.slice(0, start) + source.slice(start, end).replace(/\S/g, ' ') + text.slice(end);
  }
  // Without its body a class that is being written has no heritage yet.
  if (/\b(?:extends|implements)\s+[\p{ID_Continue}$,\s]*$/u.test(text.slice(0, offset))) {
    text = `${text.slice(0, offset)} {}${text.slice(offset)}`;
  }
  return { text, imports: `${imports}export { ${names.join(', ')} };\n`, names };
}

/** All names that may stand there, and keywords. */
export function namesInScope({ cell, offset, isEarlier }: ScopedCell): Candidate[] {
  const candidates = candidatesAt(cell, cell.prefixLength + offset);
  const takesTypes = candidates.some(({ name }) => name === 'Readonly');
  const takesValues = candidates.some(({ name, type }) => type === 'keyword' && name === 'if');
  return candidates
    .filter(({ name, type }) => type !== 'keyword' || !takesValues || !OUT_OF_PLACE.has(name))
    .filter(candidate => !/^notebook\$\d+$/.test(candidate.name) && (takesTypes || exists(candidate)))
    .map(candidate => ({ ...candidate, rank: rankOf(candidate, isEarlier(candidate.name)) }));
}

/** The cell's own names, then those of earlier cells, then all others. */
function rankOf({ name, rank }: Candidate, isEarlier: boolean): string {
  if (name === 'arguments') return '15';
  return isEarlier && rank === '11' ? '11b' : rank;
}

/** Keywords that TypeScript offers everywhere, and that can begin or continue nothing where values are. */
const OUT_OF_PLACE = new Set(
  'any asserts bigint boolean implements infer keyof never number object package readonly string symbol unique unknown with'.split(
    ' ',
  ),
);

/** What a module of CommonJS has, and no cell. */
const NOT_IN_CELLS = new Set(['exports', 'module', '__filename']);
/** What the kernel gives every cell. */
const IN_CELLS = new Set(['require', '__dirname', 'prompt', 'input', 'undefined', 'globalThis']);

/** Whether this version of Node has a global that TypeScript knows. */
function exists({ name, rank, symbol }: Candidate): boolean {
  if (NOT_IN_CELLS.has(name) && rank.endsWith('15')) return false;
  if (!symbol || !rank.endsWith('15') || IN_CELLS.has(name) || !(symbol.flags & SymbolFlags.Value)) return true;
  return name in globalThis;
}
