import { isCallExpression, isImportDeclaration, type Node, SyntaxKind } from 'typescript/unstable/ast';
import type { LoadedCell } from '../cell.ts';
import { isPlainString } from '../syntax.ts';
import type { CompletionResult } from '../types.ts';
import { type Candidate, candidatesAt } from './candidates.ts';
import { ordered } from './order.ts';
import { packageCandidates, pathCandidates } from './paths.ts';

/** What may stand in a string: one of the texts that its type has, a module, or a file. */
export function completeText(cell: LoadedCell, literal: Node, offset: number, directory: string): CompletionResult {
  const start = literal.getStart(cell.file) + 1 - cell.prefixLength;
  const nothing = { start: offset, end: offset, items: [] };
  if (!isPlainString(literal)) return nothing;
  const typed = cell.source.slice(start, offset);
  const found = candidates(cell, literal, typed, directory);
  const quote = cell.source[start - 1]!;
  // Up to here all candidates agree: a path is completed part by part.
  const agreed = typed.lastIndexOf('/') + 1;
  const isPath = found.length > 0 && found.every(({ name }) => name.startsWith(typed.slice(0, agreed)));
  const items = ordered(found, typed).map(({ text, type }) => ({
    text: escaped(isPath ? text.slice(agreed) : text, quote),
    type,
  }));
  return { start: isPath ? start + agreed : start, end: offset, items };
}

function candidates(cell: LoadedCell, literal: Node, typed: string, directory: string): Candidate[] {
  const isPath = /^(?:\.{1,2}|~)?\//.test(typed) || /^\.{1,2}$/.test(typed);
  const isModule = isModuleSpecifier(literal);
  if (isPath) return pathCandidates(directory, typed, isModule ? 'modules' : 'all');
  const found = candidatesAt(cell, literal.getStart(cell.file) + 1 + typed.length);
  return isModule ? packageCandidates(found, typed) : found;
}

function isModuleSpecifier({ parent }: Node): boolean {
  if (isImportDeclaration(parent) || parent.kind === SyntaxKind.ExportDeclaration) return true;
  if (parent.kind === SyntaxKind.ExternalModuleReference) return true;
  if (parent.kind === SyntaxKind.LiteralType) return parent.parent.kind === SyntaxKind.ImportType;
  if (!isCallExpression(parent)) return false;
  const { expression } = parent;
  return expression.kind === SyntaxKind.ImportKeyword || /^require(?:\.resolve)?$/.test(expression.getText());
}

function escaped(text: string, quote: string): string {
  return text.replace(/[\\\n]/g, character => (character === '\n' ? '\\n' : '\\\\')).replaceAll(quote, `\\${quote}`);
}
