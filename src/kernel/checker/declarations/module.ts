import { type Node, type Program, parseSync, visitorKeys } from 'oxc-parser';

export type Statement = Program['body'][number];
export type Augmentation = Extract<Statement, { type: 'TSModuleDeclaration' }>;

/** A string that names another module: where it stands, and what it says. */
export interface Link {
  start: number;
  end: number;
  specifier: string;
}

/** A module of declarations: a `.d.ts` file with imports or exports. */
export interface DeclarationModule {
  file: string;
  text: string;
  statements: readonly Statement[];
  links: Link[];
  /** `declare module '…'` within a module: it adds to another one. */
  augmentations: Augmentation[];
  /** Directives such as `/// <reference types="…" />`. */
  references: string[];
  /** Names that it declares or imports at its top level. */
  bound: Set<string>;
}

/** Thrown where a library is not put together: TypeScript then reads its files one by one. */
export class NotJoinable extends Error {}

const REFERENCE = /^\/\/\/ *<reference\b[^\n]*/gm;

/** Reads a module. Throws {@link NotJoinable} for a file that is none, or that reaches beyond itself. */
export function readModule(file: string, text: string): DeclarationModule {
  const { program, errors } = parseSync(file, text, { lang: 'dts', sourceType: 'module' });
  if (errors.length > 0) throw new NotJoinable(`${file}: ${errors[0]!.message}`);
  const { body } = program;
  if (!body.some(isModuleSyntax)) throw new NotJoinable(`${file} is no module`);
  const links: Link[] = [];
  for (const statement of body) {
    const problem = problemOf(statement);
    if (problem) throw new NotJoinable(`${file} ${problem}`);
    findLinks(statement, links);
  }
  return {
    file,
    text,
    statements: body,
    links,
    augmentations: body.filter(isAugmentation),
    references: text.match(REFERENCE) ?? [],
    bound: new Set(body.flatMap(statement => [...declared(statement), ...imported(statement)])),
  };
}

function isModuleSyntax({ type }: Statement): boolean {
  return type === 'ImportDeclaration' || type.startsWith('Export') || type === 'TSExportAssignment';
}

function isAugmentation(statement: Statement): statement is Augmentation {
  return statement.type === 'TSModuleDeclaration' && statement.id.type === 'Literal';
}

function problemOf(statement: Statement): string | undefined {
  if (statement.type === 'TSExportAssignment') return 'exports one value for all';
  if (statement.type === 'TSNamespaceExportDeclaration') return 'is also a script';
  if (statement.type === 'TSModuleDeclaration' && statement.kind === 'global') return 'declares what is global';
  const node = declarationOf(statement);
  if (node?.type === 'TSModuleDeclaration' && node.id.type === 'TSQualifiedName') return 'declares a path';
  const isPattern =
    node?.type === 'VariableDeclaration' && node.declarations.some(({ id }) => id.type !== 'Identifier');
  return isPattern ? 'declares a pattern' : undefined;
}

/** The names that a statement declares, exported or not. */
export function declared(statement: Statement): string[] {
  const node = declarationOf(statement);
  if (node?.type === 'VariableDeclaration') {
    return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  }
  return node && 'id' in node && node.id?.type === 'Identifier' ? [node.id.name] : [];
}

function declarationOf(statement: Statement): Node | null {
  const isExport = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  return isExport ? statement.declaration : statement;
}

export function imported(statement: Statement): string[] {
  return statement.type === 'ImportDeclaration' ? statement.specifiers.map(({ local }) => local.name) : [];
}

/** The parts of a node, each with its name there. */
export function* partsOf(node: Node): Iterable<[key: string, part: Node]> {
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Node | (Node | null)[] | null>)[key];
    for (const part of Array.isArray(child) ? child : [child]) if (part) yield [key, part];
  }
}

function findLinks(node: Node, links: Link[]): void {
  const literal = linkOf(node);
  if (literal?.type === 'Literal' && typeof literal.value === 'string') {
    links.push({ start: literal.start, end: literal.end, specifier: literal.value });
  }
  for (const [, part] of partsOf(node)) findLinks(part, links);
}

function linkOf(node: Node): Node | null | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'TSImportType':
      return node.source;
    case 'TSExternalModuleReference':
      return node.expression;
    case 'TSModuleDeclaration':
      return node.id;
    default:
      return undefined;
  }
}
