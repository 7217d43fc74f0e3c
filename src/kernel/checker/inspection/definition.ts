import { relative } from 'node:path';
import {
  isBindingElement,
  isModuleDeclaration,
  isParameterDeclaration,
  isStringLiteral,
  isVariableDeclaration,
  isVariableStatement,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast';
import type { Symbol as CheckedSymbol } from 'typescript/unstable/sync';
import { packageDirectory } from '../../../modules/index.ts';
import type { LoadedCell } from '../cell.ts';
import { type Declared, type FindCell, positionAt } from '../diagnostics.ts';
import type { Definition } from '../types.ts';

const MOST_LINES = 60;

export interface SourceHost extends Declared {
  directory: string;
  findCell: FindCell;
}

/** Where a symbol was declared, and its code there. */
export function definitionOf(cell: LoadedCell, symbol: CheckedSymbol, host: SourceHost): Definition | undefined {
  const nodes = symbol.declarations.flatMap(handle => handle.resolve(cell.project) ?? []).map(whole);
  const first = nodes[0];
  if (!first) return undefined;
  const start = (node: Node) => node.getStart(node.getSourceFile(), false);
  const placeOf = (node: Node) => host.placeOf(node.getSourceFile().fileName, start(node));
  const { fileName } = first.getSourceFile();
  const own = first.getSourceFile().path === cell.file.path ? { ...cell, cell: '' } : host.findCell(fileName);
  const { file, position } = placeOf(first);
  if (isModule(first)) return own ? undefined : { file: shownPath(file, host.directory), code: '' };
  // Overloads and their implementation, the parts of an interface: as far as they are in one place.
  const code = nodes
    .filter(node => placeOf(node).file === file)
    .map(node => outdented(node.getSourceFile().text, start(node), node.end))
    .join('\n');
  const offset = position - (own?.prefixLength ?? 0);
  if (own && offset < 0) return undefined;
  const { line } = positionAt(own?.source ?? host.readFile(file) ?? first.getSourceFile().text, offset);
  const place = own ? { cell: own.cell } : { file: shownPath(file, host.directory) };
  return { ...place, line, code: shortened(code) };
}

/** All of a file, also where it is part of a larger one. */
function isModule(node: Node): boolean {
  return node.kind === SyntaxKind.SourceFile || (isModuleDeclaration(node) && isStringLiteral(node.name));
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
