import { findPrecedingToken, isExportDeclaration, isImportDeclaration } from 'typescript/unstable/ast';
import type { LoadedCell } from '../cell.ts';
import { isInComment, literalAt } from '../syntax.ts';
import type { CompletionResult } from '../types.ts';
import { type Candidate, candidatesAt } from './candidates.ts';
import { toItems } from './items.ts';
import { type ModuleHost, moduleMembers } from './modules.ts';
import { ordered } from './order.ts';
import { namesInScope, type ScopedCell } from './scope.ts';
import { snippetsFor } from './snippets.ts';
import { completeText } from './text.ts';

export { KnownModules } from './modules.ts';
export { type ScopedCell, scopeFiles } from './scope.ts';

export interface CompletionHost extends ModuleHost {
  /** The notebook's folder. */
  directory: string;
  /** The cell again, where all earlier names are in scope and TypeScript tells what is. */
  scope(cell: LoadedCell): ScopedCell;
}

/** What may be written at an offset of the cell. */
export function completeAt(cell: LoadedCell, offset: number, host: CompletionHost): CompletionResult {
  const position = cell.prefixLength + offset;
  if (isInComment(cell.file, position)) return { start: offset, end: offset, items: [] };
  const literal = literalAt(cell.file, position);
  if (literal) return completeText(cell, literal, offset, host.directory);

  const before = cell.source.slice(0, offset);
  const typed = /#?[\p{ID_Continue}$\u200c\u200d]*$/u.exec(before)![0];
  const start = offset - typed.length;
  const dot = /(?<!\.)\??\.\s*$/.exec(before.slice(0, start));
  if (dot) return afterDot(cell, dot[0], { typed, start, end: offset }, host);

  const scoped = isInImport(cell, position) ? undefined : host.scope(cell);
  const candidates = scoped ? namesInScope(scoped) : candidatesAt(cell, position);
  const items = toItems(scoped?.cell ?? cell, ordered(candidates, typed));
  return { start, end: offset, items: scoped ? [...items, ...snippetsFor(cell.source, start, typed, items)] : items };
}

interface Typed {
  typed: string;
  start: number;
  end: number;
}

/** Names that are no identifiers stand in brackets, and those of what may be undefined behind `?.`: then the dot is replaced as well. */
function afterDot(cell: LoadedCell, dot: string, { typed, start, end }: Typed, host: CompletionHost): CompletionResult {
  const dotAt = cell.prefixLength + start - dot.length;
  const members = moduleMembers(cell, dotAt, host) ?? candidatesAt(cell, cell.prefixLength + end);
  const candidates = ordered(members.map(membersRank), typed);
  const items = toItems(cell, candidates);
  if (!items.some(({ text }) => isWhole(text))) return { start, end, items };
  for (const item of items) if (!isWhole(item.text)) item.text = dot.trim() + item.text;
  return { start: start - dot.length, end, items };
}

function isWhole(text: string): boolean {
  return /^(?:\?\.|\[)/.test(text);
}

/** Functions and properties before classes and constants, as their names begin. */
function membersRank(candidate: Candidate): Candidate {
  return { ...candidate, rank: candidate.rank + (/^\p{Lu}/u.test(candidate.name) ? 'b' : 'a') };
}

function isInImport({ file }: LoadedCell, position: number): boolean {
  const token = findPrecedingToken(file, position);
  for (let node = token; node; node = node.parent) {
    if (!isImportDeclaration(node) && !isExportDeclaration(node)) continue;
    if (token?.getStart(file) === node.getStart(file)) return false; // still the keyword
    return position < node.end || (position === node.end && !/[;'"]$/.test(file.text.slice(0, position)));
  }
  return false;
}
