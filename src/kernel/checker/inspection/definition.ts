import { relative } from 'node:path';
import {
  isBindingElement,
  isParameterDeclaration,
  isVariableDeclaration,
  isVariableStatement,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast';
import type { Symbol as CheckedSymbol } from 'typescript/unstable/sync';
import { packageDirectory } from '../../../modules/index.ts';
import type { LoadedCell } from '../cell.ts';
import { type FindCell, positionAt } from '../diagnostics.ts';
import type { Definition } from '../types.ts';

const MOST_LINES = 60;

export interface SourceHost {
  directory: string;
  findCell: FindCell;
}

/** Where a symbol was declared, and its code there. */
export function definitionOf(cell: LoadedCell, symbol: CheckedSymbol, host: SourceHost): Definition | undefined {
  const nodes = symbol.declarations.flatMap(handle => handle.resolve(cell.project) ?? []).map(whole);
  const first = nodes[0];
  if (!first) return undefined;
  const file = first.getSourceFile();
  const own = file.path === cell.file.path ? { ...cell, cell: '' } : host.findCell(file.fileName);
  const start = (node: Node) => node.getStart(file, false);
  if (first.kind === SyntaxKind.SourceFile)
    return own ? undefined : { file: shownPath(file.fileName, host.directory), code: '' };
  // Overloads and their implementation, the parts of an interface: as far as they are in one place.
  const code = nodes
    .filter(node => node.getSourceFile().path === file.path)
    .map(node => outdented(file.text, start(node), node.end))
    .join('\n');
  const offset = start(first) - (own?.prefixLength ?? 0);
  if (own && offset < 0) return undefined;
  const { line } = positionAt(own?.source ?? file.text, offset);
  const place = own ? { cell: own.cell } : { file: shownPath(file.fileName, host.directory) };
  return { ...place, line, code: shortened(code) };
}

/** The statement or the member that declares it. */
function whole(node: Node): Node {
  let found = node;
  while (isBindingElement(found) && !isParameterDeclaration(found.parent.parent)) found = found.parent.parent;
  if (isVariableDeclaration(found) && isVariableStatement(found.parent.parent)) return found.parent.parent;
  return found;
}

/** The text as far to the left as the line on which it begins. */
function outdented(text: string, start: number, end: number): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, start))![0];
  return indent ? text.slice(start, end).replaceAll(`\n${indent}`, '\n') : text.slice(start, end);
}

function shortened(code: string): string {
  const lines = code.split('\n');
  if (lines.length <= MOST_LINES) return code;
  return `${lines.slice(0, MOST_LINES).join('\n')}\n// … ${lines.length - MOST_LINES} more lines`;
}

/** From the notebook's folder, or within the folder of packages. */
function shownPath(file: string, directory: string): string {
  const library = /(?:^bundled:.*|@typescript\/[^/]+\/lib\/)(?:\/|^)?(lib\.[\w.]+\.d\.ts)$/.exec(file)?.[1];
  if (library) return library;
  const path = relative(directory, file).replaceAll('\\', '/');
  if (!path.startsWith('..')) return path;
  const inPackages = /node_modules\/(?!.*node_modules\/).*$/.exec(file)?.[0];
  if (inPackages) return inPackages;
  const inThisPackage = relative(packageDirectory, file).replaceAll('\\', '/');
  return inThisPackage.startsWith('..') ? file : `learnable/${inThisPackage}`;
}
