import type { Node } from 'oxc-parser';
import { childrenOf, parseTypeScript, someNode } from '../../modules/index.ts';

/** How a top-level name of a cell may be used by later cells. */
export interface CellNames {
  /** `let` and `var`: later cells may assign to them. */
  variables: string[];
  /** Everything else with a name: constants, functions, classes, types, enums, namespaces, imports. */
  others: string[];
  /** Those that the cell exports itself, with `export { name }`. */
  exported: string[];
  /** False where the cell breaks the grammar; how it does is TypeScript's to say. */
  isReadable: boolean;
}

/** The names that a cell declares at its top level. Empty where the cell cannot be read. */
export function declaredNames(source: string): CellNames {
  const variables = new Set<string>();
  const others = new Set<string>();
  const exports: string[] = [];
  const { program, errors } = parseTypeScript('cell.ts', source, { lang: 'ts', sourceType: 'module' });
  for (const statement of program.body) {
    if (statement.type === 'ExportNamedDeclaration') {
      for (const { exported } of statement.specifiers) if (exported.type === 'Identifier') exports.push(exported.name);
    }
    const exported = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
    const node = (exported ? statement.declaration : statement) as Node | null;
    if (!node) continue;
    if (node.type === 'VariableDeclaration') {
      const names = node.kind === 'let' || node.kind === 'var' ? variables : others;
      for (const { id } of node.declarations) for (const name of patternNames(id)) names.add(name);
    } else if (node.type === 'ImportDeclaration') {
      for (const { local } of node.specifiers) others.add(local.name);
    } else if (node.type === 'TSModuleDeclaration') {
      const name = node.kind === 'global' ? undefined : namespaceName(node.id);
      if (name) others.add(name);
    } else if ('id' in node && node.id) {
      if (node.id.type === 'Identifier') others.add(node.id.name);
    } else for (const name of innerVariables(node)) variables.add(name);
  }
  return {
    variables: [...variables],
    others: [...others].filter(name => !variables.has(name)),
    exported: exports,
    isReadable: errors.length === 0,
  };
}

/** Every identifier of a source: a cell imports those of them that earlier cells declared. */
export function mentionedNames(source: string): Set<string> {
  return new Set(source.match(/[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu));
}

/** The modules to which a source adds with `declare module '…'`. */
export function augmentedModules(source: string): string[] {
  return Array.from(source.matchAll(/\bdeclare\s+module\s+(['"])([^'"\n]+)\1/g), ([, , specifier]) => specifier!);
}

/** `A` of `namespace A.B`; nothing of `module 'a'`. */
function namespaceName(id: Node): string | undefined {
  let first = id;
  while (first.type === 'TSQualifiedName') first = first.left;
  return first.type === 'Identifier' ? first.name : undefined;
}

/** Names that a `var` within a statement makes. */
function innerVariables(statement: Node): string[] {
  const names: string[] = [];
  someNode(statement, node => {
    if (/Function|^Class/.test(node.type)) return 'skip';
    if (node.type === 'VariableDeclaration' && node.kind === 'var')
      for (const { id } of node.declarations) names.push(...patternNames(id));
    return false;
  });
  return names;
}

function patternNames(node: Node): string[] {
  if (node.type === 'Identifier') return [node.name];
  if (node.type === 'AssignmentPattern') return patternNames(node.left);
  if (node.type === 'Property') return patternNames(node.value);
  return childrenOf(node).flatMap(([child, key]) =>
    key === 'typeAnnotation' || key === 'decorators' ? [] : patternNames(child),
  );
}
