import {
  getTouchingPropertyName,
  isExpressionStatement,
  isIdentifier,
  isImportClause,
  isImportDeclaration,
  isImportSpecifier,
  isMethodDeclaration,
  isNamespaceImport,
  isObjectLiteralExpression,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isTypeQueryNode,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { type Symbol as CheckedSymbol, SymbolFlags } from 'typescript/unstable/sync';
import type { LoadedCell } from '../cell.ts';
import { isPlainString } from '../syntax.ts';

/** A name in the cell, and what it stands for. */
export interface Name {
  node: Node;
  /** In the cell. */
  symbol: CheckedSymbol;
  /** Where it was declared: in this cell or an earlier one, in a file, in a package. */
  origin: CheckedSymbol;
  /** The import that brought it into the notebook, as it was written. */
  imported?: string | undefined;
}

/** The name that the position touches: it may be before, in or behind it. */
export function nameAt(cell: LoadedCell, position: number): Name | undefined {
  const { file, project, path, prefixLength } = cell;
  for (const at of [position, position - 1]) {
    if (at < prefixLength) continue;
    const node = getTouchingPropertyName(file, at);
    if (!isName(node) || node.getStart(file) > position || node.end < position) continue;
    const { checker } = project;
    const symbol =
      expectedProperty(cell, node) ?? checker.getSymbolAtPosition(path, node.getStart(file)) ?? freeName(cell, node);
    if (!symbol || checker.isUnknownSymbol(symbol) || checker.isUndefinedSymbol(symbol)) continue;
    return { node, symbol, ...origin(cell, symbol) };
  }
  return undefined;
}

function isName(node: Node): boolean {
  if (isIdentifier(node) || isPrivateIdentifier(node)) return true;
  if (node.kind === SyntaxKind.ThisKeyword || node.kind === SyntaxKind.SuperKeyword) return true;
  return isPlainString(node) && (isImportDeclaration(node.parent) || 'name' in node.parent);
}

/** A type by itself is no expression, but what somebody asks about. */
function freeName({ project: { checker } }: LoadedCell, node: Node): CheckedSymbol | undefined {
  return isIdentifier(node) && isExpressionStatement(node.parent)
    ? checker.resolveName(node.text, SymbolFlags.Type | SymbolFlags.Namespace | SymbolFlags.Alias, node)
    : undefined;
}

/** The property that an object given to a parameter, say, is expected to have by that name. */
function expectedProperty({ project: { checker } }: LoadedCell, node: Node): CheckedSymbol | undefined {
  const { parent } = node;
  if (!isPropertyAssignment(parent) && !isMethodDeclaration(parent)) return undefined;
  if (parent.name !== node || !isObjectLiteralExpression(parent.parent)) return undefined;
  const type = checker.getContextualType(parent.parent);
  const object = type && checker.getNonNullableType(type);
  return object && checker.getPropertyOfType(object, (node as Node & { text: string }).text);
}

/** Follows imports, the learner's and those that bring an earlier cell's names into this one. */
function origin(cell: LoadedCell, symbol: CheckedSymbol): Pick<Name, 'origin' | 'imported'> {
  const { checker } = cell.project;
  let found = symbol;
  let imported: string | undefined;
  for (let steps = 0; steps < 50; steps++) {
    const declaration = found.declarations[0]?.resolve(cell.project);
    if (declaration) imported ??= importText(declaration);
    const next =
      found.flags & SymbolFlags.Alias ? checker.getImmediateAliasedSymbol(found) : earlierVariable(cell, declaration);
    if (!next || checker.isUnknownSymbol(next) || next.id === found.id) break;
    found = next;
  }
  return { origin: found, imported };
}

/** `declare let x: typeof notebook$7.x`, in the line in front of the cell, stands for the `x` of an earlier cell. */
function earlierVariable({ project, path, prefixLength }: LoadedCell, declaration: Node | undefined) {
  if (!declaration || !isVariableDeclaration(declaration) || declaration.end > prefixLength) return undefined;
  const { type } = declaration;
  if (!type || !isTypeQueryNode(type) || declaration.getSourceFile().path !== project.program.getSourceFile(path)?.path)
    return undefined;
  return project.checker.getSymbolAtPosition(path, type.exprName.end - 1);
}

/** `a.b.c`, where an earlier cell declared `a` as a variable, up to the name: where its value is. */
export function valuePath(cell: LoadedCell, { node }: Pick<Name, 'node'>): string[] | undefined {
  const path: string[] = [];
  let at = node;
  while (isPropertyAccessExpression(at.parent) && at.parent.name === at) {
    path.unshift(at.getText());
    at = at.parent.expression;
    if (isPropertyAccessExpression(at)) at = at.name;
  }
  if (!isIdentifier(at)) return undefined;
  const symbol = cell.project.checker.getSymbolAtPosition(cell.path, at.getStart());
  const declaration = symbol?.declarations[0]?.resolve(cell.project);
  if (!symbol || !declaration || declaration.end > cell.prefixLength) return undefined;
  const { origin: declared, imported } = origin(cell, symbol);
  return declared.flags & SymbolFlags.Variable && !imported ? [at.getText(), ...path] : undefined;
}

function importText(declaration: Node): string | undefined {
  const statement = isImportSpecifier(declaration)
    ? declaration.parent.parent.parent
    : isNamespaceImport(declaration)
      ? declaration.parent.parent
      : isImportClause(declaration)
        ? declaration.parent
        : undefined;
  if (!statement || !isImportDeclaration(statement)) return undefined;
  const from = statement.moduleSpecifier.getText();
  if (isImportSpecifier(declaration)) return `import { ${declaration.getText()} } from ${from}`;
  if (isNamespaceImport(declaration)) return `import ${declaration.getText()} from ${from}`;
  return `import ${(declaration as { name?: Node }).name?.getText()} from ${from}`;
}
