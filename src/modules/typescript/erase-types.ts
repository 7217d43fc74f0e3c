import type { Class, Node } from 'oxc-parser';
import type { Edits } from './edits.ts';
import { eraseFromArrow } from './erase-arrow.ts';
import { blankMark, blankModifiers, isHazardousName } from './modifiers.ts';
import { lowerParameterProperties } from './parameter-properties.ts';
import { skipTrivia } from './trivia.ts';
import { childrenOf } from './walk.ts';

/** Names that a source mentions, apart by what they are used for. */
export interface NameUses {
  values: Set<string>;
  types: Set<string>;
}

/** A function, or what runs as one: the initialiser of a field, a static block. The program itself has no parent. */
export interface FunctionScope {
  parent: FunctionScope | undefined;
  isAsync: boolean;
  /** `this` is not that of the program. */
  hasThis: boolean;
  /** It awaits somewhere: for those who look out for that. */
  waits: boolean;
}

export interface EraseOptions {
  /** The caller ends expressions at the top level itself: it puts something around them. */
  endsTopLevel?: boolean;
  /** Called for each node that stays, before its children. */
  enter?: (node: Node, parent: Node, scope: FunctionScope) => void;
  /** Called after the node's children; `inner` is the scope that it makes, if it does. */
  leave?: (node: Node, parent: Node, scope: FunctionScope, inner: FunctionScope | undefined) => void;
}

/** Nodes that are types and nothing else. */
const TYPES = new Set([
  'TSTypeAnnotation',
  'TSTypeParameterDeclaration',
  'TSTypeParameterInstantiation',
  'TSClassImplements',
]);

/** Class members without code: a `;` stands in for each, so that the member before it ends where it did. */
const ABSTRACT_MEMBERS = new Set([
  'TSIndexSignature',
  'TSAbstractMethodDefinition',
  'TSAbstractPropertyDefinition',
  'TSAbstractAccessorProperty',
]);

const TYPE_STATEMENTS = new Set([
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
  'TSNamespaceExportDeclaration',
  'TSGlobalDeclaration',
]);

/** True for a statement that leaves no code: an interface, an alias, an overload, anything declared. */
export function isTypeStatement(node: Node): boolean {
  return TYPE_STATEMENTS.has(node.type) || ('declare' in node && node.declare === true);
}

/**
 * Blanks TypeScript's types in place, so that every other character keeps its line and column. Parameter properties become
 * assignments. Enums, namespaces and decorators are no types: `compile.ts` replaces statements that hold them.
 *
 * The traps are those places where a type held two lines apart or a statement's end together.
 */
export class TypeEraser {
  readonly uses: NameUses = { values: new Set(), types: new Set() };
  readonly program: FunctionScope = { parent: undefined, isAsync: true, hasThis: false, waits: false };
  readonly #edits: Edits;
  readonly #source: string;
  readonly #options: EraseOptions;
  /** What is left to do, the next at the end: no call for each level, as code may be nested deeply. */
  readonly #waiting: (() => void)[] = [];

  constructor(edits: Edits, options: EraseOptions = {}) {
    this.#edits = edits;
    this.#source = edits.source;
    this.#options = options;
  }

  erase(node: Node, parent: Node): void {
    this.#visit(node, parent, this.program);
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) next();
  }

  #visit(node: Node, parent: Node, scope: FunctionScope) {
    const edits = this.#edits;
    if (TYPES.has(node.type)) return this.#blankType(node, node.start, node.end);
    if (isTypeStatement(node) || ABSTRACT_MEMBERS.has(node.type)) {
      return this.#blankType(node, node.start, node.end, ';');
    }
    switch (node.type) {
      case 'Identifier':
        return this.#identifier(node, parent);
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        this.#waiting.push(() => this.#blankType(node.typeAnnotation, node.expression.end, node.end));
        this.#later(node.expression, node, scope);
        return;
      case 'TSNonNullExpression':
        this.#waiting.push(() => edits.blank(node.end - 1, node.end));
        this.#later(node.expression, node, scope);
        return;
      case 'TSTypeAssertion':
        // `<T>{ a: 1 }` as the body of an arrow would become a block, and a type over two lines would end a `return`.
        this.#blankType(node.typeAnnotation, node.start, node.expression.start, '(');
        this.#waiting.push(() => edits.close(node.end, ')'));
        this.#later(node.expression, node, scope);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#classHead(node);
        lowerParameterProperties(node, edits);
        break;
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        if (('declare' in node && node.declare) || (node.value?.type as string) === 'TSEmptyBodyFunctionExpression') {
          return this.#blankType(node, node.start, node.end, ';');
        }
        blankModifiers(node, edits);
        break;
      case 'VariableDeclarator':
        if (node.definite) blankMark('!', node.id.start, edits);
        break;
      case 'ArrowFunctionExpression':
        for (const type of eraseFromArrow(node, edits)) this.#nameTypes(type);
        break;
      default:
    }
    this.#options.enter?.(node, parent, scope);
    this.#children(node, parent, scope);
  }

  #later(node: Node, parent: Node, scope: FunctionScope): void {
    this.#waiting.push(() => this.#visit(node, parent, scope));
  }

  #children(node: Node, parent: Node, scope: FunctionScope): void {
    const inner = scopeOf(node, scope);
    this.#waiting.push(() => {
      this.#options.leave?.(node, parent, scope, inner);
      this.#endStatement(node, parent);
    });
    for (const [child, key, index] of childrenOf(node).reverse()) {
      if (key === 'params' && index === 0 && (child as { name?: string }).name === 'this') {
        this.#thisParameter(child, (node as { params?: Node[] }).params?.[1]);
      } else if (key === 'implements') this.#nameTypes(child);
      // The name of a member, and what decorates it, belong to the code around the class.
      else this.#later(child, node, key === 'key' || key === 'decorators' ? scope : (inner ?? scope));
    }
  }

  #blankType(node: Node, start: number, end: number, lead = ''): void {
    this.#nameTypes(node);
    this.#edits.blank(start, end, lead);
  }

  #nameTypes(root: Node): void {
    const waiting = [root];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (node.type === 'Identifier') this.uses.types.add(node.name);
      for (const [child] of childrenOf(node)) waiting.push(child);
    }
  }

  #identifier(node: Node & { type: 'Identifier' }, parent: Node) {
    const isKey =
      (parent.type === 'MemberExpression' && parent.property === node && !parent.computed) ||
      (parent.type === 'Property' && parent.key === node && !parent.computed && !parent.shorthand) ||
      ((parent.type === 'MethodDefinition' ||
        parent.type === 'PropertyDefinition' ||
        parent.type === 'AccessorProperty') &&
        parent.key === node &&
        !parent.computed) ||
      parent.type === 'ImportSpecifier' ||
      parent.type === 'ImportDefaultSpecifier' ||
      parent.type === 'ImportNamespaceSpecifier';
    if (!isKey) this.uses.values.add(node.name);
    if ((node as { optional?: boolean }).optional) blankMark('?', node.start, this.#edits);
    if (node.typeAnnotation) {
      const annotation = node.typeAnnotation as Node;
      this.#blankType(annotation, annotation.start, annotation.end);
    }
  }

  #classHead(node: Class): void {
    let keyword = node.start;
    if (node.abstract) {
      this.#edits.blank(keyword, keyword + 'abstract'.length);
      keyword = skipTrivia(this.#source, keyword + 'abstract'.length);
    }
    const last = node.implements?.at(-1);
    if (!last) return;
    const before = node.superTypeArguments ?? node.superClass ?? node.typeParameters ?? node.id;
    this.#edits.blank(skipTrivia(this.#source, before?.end ?? keyword + 'class'.length), last.end);
  }

  /** `function f(this: T, a)`: `this` is no parameter in JavaScript. */
  #thisParameter(node: Node, next: Node | undefined): void {
    const after = skipTrivia(this.#source, node.end);
    const end = this.#source[after] === ',' ? after + 1 : node.end;
    this.#blankType(node, node.start, next ? next.start : end);
  }

  /** `x as any` ends its statement at a line break, `x` before a line that starts with a parenthesis does not. */
  #endStatement(node: Node, parent: Node): void {
    if (this.#options.endsTopLevel && node.type === 'ExpressionStatement' && parent.type === 'Program') return;
    const ends =
      node.type === 'ExpressionStatement' ||
      node.type === 'ReturnStatement' ||
      node.type === 'ThrowStatement' ||
      node.type === 'PropertyDefinition' ||
      (node.type === 'VariableDeclaration' && !/^For/.test(parent.type));
    if (!ends || this.#source[node.end - 1] === ';') return;
    if (
      this.#edits.lastBlankEnd === node.end ||
      (node.type === 'PropertyDefinition' && isHazardousName(node, this.#source))
    ) {
      this.#edits.close(node.end, ';');
    }
  }
}

function scopeOf(node: Node, parent: FunctionScope): FunctionScope | undefined {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return { parent, isAsync: node.async, hasThis: true, waits: false };
    case 'ArrowFunctionExpression':
      return { parent, isAsync: node.async, hasThis: parent.hasThis, waits: false };
    case 'PropertyDefinition':
    case 'AccessorProperty':
    case 'StaticBlock':
      return { parent, isAsync: false, hasThis: true, waits: false };
    default:
      return undefined;
  }
}
