import {
  isBindingElement,
  isCallExpression,
  isNewExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isTaggedTemplateExpression,
  isVariableDeclaration,
  isVariableDeclarationList,
  type Node,
  NodeFlags,
  SyntaxKind,
} from 'typescript/unstable/ast';
import {
  type Symbol as CheckedSymbol,
  NodeBuilderFlags,
  type Signature,
  SignatureKind,
  SymbolFlags,
} from 'typescript/unstable/sync';
import type { LoadedCell } from '../cell.ts';
import { body, enumLines, exportLines, given, memberLines } from './members.ts';
import type { Name } from './name.ts';
import { layout, signatureText, typeText } from './print.ts';

/** A declaration of the name as TypeScript would write it, and the signature that is called there. */
export interface Declaration {
  text: string;
  called?: Signature | undefined;
}

export function describe(cell: LoadedCell, name: Name): Declaration {
  const { node, origin, imported } = name;
  if (node.kind === SyntaxKind.ThisKeyword || node.kind === SyntaxKind.SuperKeyword) return describeThis(cell, node);
  const found = isTypePlace(node) ? describeType(cell, name) : undefined;
  const { text, called } = found ?? describeValue(cell, name) ?? describeType(cell, name) ?? { text: origin.name };
  if (!imported) return { text, called };
  return { text: text.startsWith('import') ? text : `(alias) ${text}\n${imported}`, called };
}

function describeThis(cell: LoadedCell, node: Node): Declaration {
  const type = cell.project.checker.getTypeAtLocation(node);
  return { text: `${node.getText()}${type ? `: ${typeText(cell, type, node)}` : ''}` };
}

function describeType(cell: LoadedCell, { node, origin }: Name): Declaration | undefined {
  const { checker } = cell.project;
  const { flags } = origin;
  const name = ownName(cell, origin);
  if (flags & SymbolFlags.Enum) return { text: `enum ${name}${body(enumLines(cell, origin), ',')}` };
  if (flags & (SymbolFlags.Class | SymbolFlags.Interface)) {
    const lines = memberLines(cell, checker.getDeclaredTypeOfSymbol(origin), node);
    const isClass = (flags & SymbolFlags.Class) !== 0;
    const made = isClass
      ? constructors(cell, origin, node).map(text => `constructor${text.replace(/: [^:]*$/, '')}`)
      : [];
    return { text: `${isClass ? 'class' : 'interface'} ${head(cell, origin)}${body([...made, ...lines])}` };
  }
  if (flags & SymbolFlags.TypeAlias) {
    const type = typeText(cell, checker.getDeclaredTypeOfSymbol(origin), node, NodeBuilderFlags.InTypeAlias);
    return { text: layout(`type ${head(cell, origin)} = ${type}`) };
  }
  if (flags & SymbolFlags.TypeParameter) {
    const declaration = origin.declarations[0]?.resolve(cell.project);
    return { text: `(type parameter) ${declaration?.getText() ?? name}` };
  }
  return undefined;
}

function describeValue(cell: LoadedCell, named: Name): Declaration | undefined {
  const { node, symbol, origin, imported } = named;
  const { checker } = cell.project;
  const { flags } = origin;
  const name = ownName(cell, origin);
  if (flags & SymbolFlags.Enum) return undefined;
  if (flags & SymbolFlags.Class) return isNewExpression(node.parent) ? describeNew(cell, node.parent, name) : undefined;
  if (flags & SymbolFlags.Module && !(flags & (SymbolFlags.Variable | SymbolFlags.Function))) {
    const isFile = /^"/.test(name);
    const text = isFile ? (imported ?? `module ${node.getText()}`) : `namespace ${name}`;
    return { text: text + exportLines(cell, origin) };
  }
  if (flags & SymbolFlags.EnumMember) return { text: `(enum member) ${enumMember(cell, origin)}` };
  if (!(flags & SymbolFlags.Value)) return undefined;
  const type = checker.getTypeOfSymbolAtLocation(symbol, node);
  if (flags & (SymbolFlags.Function | SymbolFlags.Method)) {
    const signatures = checker.getSignaturesOfType(type, SignatureKind.Call);
    const called = calledSignature(cell, node) ?? signatures[0];
    const kind = flags & SymbolFlags.Method ? `(method) ${parentName(cell, named)}` : 'function ';
    const text = called ? signatureText(cell, called, node) : `: ${typeText(cell, type, node)}`;
    const optional = flags & SymbolFlags.Optional ? '?' : '';
    return { text: layout(`${kind}${name}${optional}${text}`) + overloads(signatures.length), called };
  }
  if (flags & (SymbolFlags.Property | SymbolFlags.Accessor)) {
    const kind = flags & SymbolFlags.Accessor ? '(accessor)' : '(property)';
    const optional = flags & SymbolFlags.Optional ? '?' : '';
    const text = `${kind} ${parentName(cell, named)}${name}${optional}: ${given(origin, typeText(cell, type, node))}`;
    return { text: layout(text), called: calledSignature(cell, node) };
  }
  const text = layout(`${variableKind(cell, origin)} ${name}: ${typeText(cell, type, node)}`);
  return isNewExpression(node.parent) && node.parent.expression === node
    ? { ...describeNew(cell, node.parent, name), text: `${text}\n${describeNew(cell, node.parent, name).text}` }
    : { text, called: calledSignature(cell, node) };
}

/** `new Model(rows: number): Model` of the constructor that is called. */
function describeNew(cell: LoadedCell, call: Node, name: string): Declaration {
  const { checker } = cell.project;
  const called = checker.getResolvedSignature(call);
  const { expression } = call as Node & { expression: Node };
  const type = checker.getTypeAtLocation(expression);
  const count = type ? checker.getSignaturesOfType(type, SignatureKind.Construct).length : 1;
  return { text: layout(`new ${name}${called ? signatureText(cell, called, call) : '()'}`) + overloads(count), called };
}

function constructors(cell: LoadedCell, symbol: CheckedSymbol, at: Node): string[] {
  const { checker } = cell.project;
  const type = checker.getTypeOfSymbol(symbol);
  const signatures = type ? checker.getSignaturesOfType(type, SignatureKind.Construct) : [];
  return signatures.map(signature => signatureText(cell, signature, at).replace(/^<[^(]*>/, ''));
}

export function overloads(count: number): string {
  return count > 1 ? ` (+${count - 1} overload${count > 2 ? 's' : ''})` : '';
}

/** The signature that is called where the node names what is called. */
function calledSignature({ project }: LoadedCell, node: Node): Signature | undefined {
  let callee = node;
  while (isPropertyAccessExpression(callee.parent) && callee.parent.name === callee) callee = callee.parent;
  const { parent } = callee;
  const isCalled =
    (isCallExpression(parent) && parent.expression === callee) ||
    (isTaggedTemplateExpression(parent) && parent.tag === callee);
  return isCalled ? project.checker.getResolvedSignature(parent) : undefined;
}

function variableKind({ project }: LoadedCell, { valueDeclaration }: CheckedSymbol): string {
  let declaration: Node | undefined = valueDeclaration?.resolve(project);
  while (declaration && isBindingElement(declaration)) declaration = declaration.parent.parent;
  if (!declaration) return 'var';
  if (isParameterDeclaration(declaration)) return '(parameter)';
  if (!isVariableDeclaration(declaration) || !isVariableDeclarationList(declaration.parent)) return '(local var)';
  const { flags } = declaration.parent;
  if ((flags & NodeFlags.AwaitUsing) === NodeFlags.AwaitUsing) return 'await using';
  if (flags & NodeFlags.Using) return 'using';
  return flags & NodeFlags.Const ? 'const' : flags & NodeFlags.Let ? 'let' : 'var';
}

/** `Array<number>.` before the name of a member, where it is one of something that has a name. */
function parentName(cell: LoadedCell, { node, origin }: Name): string {
  const { checker } = cell.project;
  const parent = origin.getParent();
  if (!parent || /^["_]/.test(parent.name)) return '';
  const access = isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : undefined;
  const type = access && checker.getTypeAtLocation(access.expression);
  if (type?.getSymbol()?.name === parent.name && type.isTypeReference()) {
    const given = checker.getTypeArguments(type).map(each => typeText(cell, each, node));
    if (given.length > 0) return `${parent.name}<${given.join(', ')}>.`;
  }
  return `${parent.name}.`;
}

function enumMember({ project }: LoadedCell, symbol: CheckedSymbol): string {
  const declaration = symbol.valueDeclaration?.resolve(project);
  const value = declaration && project.checker.getConstantValue(declaration);
  const parent = symbol.getParent()?.name;
  return `${parent ? `${parent}.` : ''}${symbol.name}${value === undefined ? '' : ` = ${JSON.stringify(value)}`}`;
}

/** The name with its type parameters and heritage, as it was written. */
function head({ project }: LoadedCell, symbol: CheckedSymbol): string {
  const declaration = symbol.declarations.map(handle => handle.resolve(project)).find(node => node && 'name' in node);
  const { typeParameters, heritageClauses } = (declaration ?? {}) as Record<string, readonly Node[] | undefined>;
  const parameters = typeParameters?.length ? `<${typeParameters.map(node => node.getText()).join(', ')}>` : '';
  const heritage = (heritageClauses ?? []).map(node => ` ${node.getText()}`).join('');
  return `${ownName({ project }, symbol)}${parameters}${heritage}`.replace(/\s+/g, ' ');
}

/** A default export is called as it is where it was declared; what is no identifier stands in quotes. */
function ownName({ project }: Pick<LoadedCell, 'project'>, { name, declarations }: CheckedSymbol): string {
  if (name === 'default') {
    const declaration = declarations[0]?.resolve(project) as (Node & { name?: Node }) | undefined;
    return declaration?.name?.getText() ?? name;
  }
  return /^["\p{ID_Start}$_#]/u.test(name) && !/\s/.test(name) ? name : JSON.stringify(name);
}

/** Whether a type is named there, and no value. */
function isTypePlace(node: Node): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.kind === SyntaxKind.TypeQuery) return false;
    if (parent.kind === SyntaxKind.TypeReference || parent.kind === SyntaxKind.ExpressionWithTypeArguments) return true;
    if (parent.kind !== SyntaxKind.QualifiedName) return 'name' in parent && parent.name === node;
  }
  return false;
}
