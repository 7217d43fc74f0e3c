import {
  type AccessorProperty,
  type Class,
  type MethodDefinition,
  type Node,
  type PropertyDefinition,
  visitorKeys,
} from 'oxc-parser';
import type { Edits } from './edits.ts';

/** Names that a source mentions, apart by what they are used for. */
export interface NameUses {
  values: Set<string>;
  types: Set<string>;
}

export interface EraseOptions {
  /** The caller ends the statements at the top level itself. */
  endsTopLevel?: boolean;
  /** Called for each node that stays, before its children; `depth` counts the functions and class bodies around it. */
  enter?: (node: Node, parent: Node, depth: number) => void;
  /** Called after the node's children. */
  leave?: (node: Node, parent: Node, depth: number) => void;
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
]);

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** True for a statement that leaves no code: an interface, an alias, an overload, anything declared. */
export function isTypeStatement(node: Node): boolean {
  return TYPE_STATEMENTS.has(node.type) || ('declare' in node && node.declare === true);
}

/**
 * Blanks TypeScript's types in place, so that every other character keeps its line and column. Enums, namespaces,
 * parameter properties and decorators are not types: `compileHardSyntax` has replaced them before.
 *
 * The traps are those places where a type held two lines apart or a statement's end together.
 */
export class TypeEraser {
  readonly uses: NameUses = { values: new Set(), types: new Set() };
  readonly #edits: Edits;
  readonly #source: string;
  readonly #options: EraseOptions;

  constructor(edits: Edits, options: EraseOptions = {}) {
    this.#edits = edits;
    this.#source = edits.source;
    this.#options = options;
  }

  erase(node: Node, parent: Node, depth = 0) {
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
        this.erase(node.expression, node, depth);
        return this.#blankType(node.typeAnnotation, node.expression.end, node.end);
      case 'TSNonNullExpression':
        this.erase(node.expression, node, depth);
        return edits.blank(node.end - 1, node.end);
      case 'TSTypeAssertion':
        // `<T>{ a: 1 }` as the body of an arrow would become a block, and a type over two lines would end a `return`.
        this.#blankType(node.typeAnnotation, node.start, node.expression.start, '(');
        this.erase(node.expression, node, depth);
        return edits.close(node.end, ')');
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#classHead(node);
        break;
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        if (('declare' in node && node.declare) || (node.value?.type as string) === 'TSEmptyBodyFunctionExpression') {
          return this.#blankType(node, node.start, node.end, ';');
        }
        this.#memberModifiers(node);
        break;
      case 'VariableDeclarator':
        if (node.definite) this.#blankMark('!', node.id.start);
        break;
      case 'ArrowFunctionExpression':
        this.#arrowOverLines(node);
        break;
      default:
    }
    this.#options.enter?.(node, parent, depth);
    this.#children(node, depth);
    this.#options.leave?.(node, parent, depth);
    this.#endStatement(node, parent);
  }

  #children(node: Node, depth: number): void {
    const inner = FUNCTIONS.has(node.type) || node.type === 'ClassBody' ? depth + 1 : depth;
    for (const key of visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
      if (Array.isArray(child)) {
        for (const [index, item] of child.entries()) {
          if (item === null) continue;
          const isThis = key === 'params' && index === 0 && (item as { name?: string }).name === 'this';
          if (isThis) this.#thisParameter(item, child[1] ?? undefined);
          else if (key === 'implements') this.#nameTypes(item);
          else this.erase(item, node, inner);
        }
      } else if (child) this.erase(child, node, inner);
    }
  }

  #blankType(node: Node, start: number, end: number, lead = ''): void {
    this.#nameTypes(node);
    this.#edits.blank(start, end, lead);
  }

  #nameTypes(node: Node): void {
    if (node.type === 'Identifier') this.uses.types.add(node.name);
    for (const key of visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
      if (Array.isArray(child)) for (const item of child) item && this.#nameTypes(item);
      else if (child) this.#nameTypes(child);
    }
  }

  #identifier(node: Node & { type: 'Identifier' }, parent: Node): void {
    const isKey =
      (parent.type === 'MemberExpression' && parent.property === node && !parent.computed) ||
      (parent.type === 'Property' && parent.key === node && !parent.computed && !parent.shorthand) ||
      ((parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition') &&
        parent.key === node &&
        !parent.computed) ||
      parent.type === 'ImportSpecifier' ||
      parent.type === 'ImportDefaultSpecifier' ||
      parent.type === 'ImportNamespaceSpecifier';
    if (!isKey) this.uses.values.add(node.name);
    const { start, name, optional } = node as { start: number; name: string; optional?: boolean };
    if (optional) this.#blankMark('?', start + name.length);
    if (node.typeAnnotation) {
      const annotation = node.typeAnnotation as Node;
      this.#blankType(annotation, annotation.start, annotation.end);
    }
  }

  /** A lone `?` or `!` after a name. */
  #blankMark(mark: string, from: number): void {
    const at = this.#source.indexOf(mark, from);
    if (at >= 0) this.#edits.blank(at, at + 1);
  }

  #classHead(node: Class): void {
    if (node.abstract) this.#blankWords(node.start, node.body.start, /^abstract\b/);
    const first = node.implements?.[0];
    if (!first) return;
    this.#edits.blank(this.#source.lastIndexOf('implements', first.start), node.body.start);
  }

  #memberModifiers(node: MethodDefinition | PropertyDefinition | AccessorProperty): void {
    this.#blankWords(
      node.start,
      node.key.start,
      /\b(?:public|private|protected|readonly|override|abstract|declare)\b/g,
    );
    if (node.optional || ('definite' in node && node.definite)) {
      const at = node.key.end + this.#source.slice(node.key.end).search(/[?!]/);
      this.#edits.blank(at, at + 1);
    }
  }

  #blankWords(start: number, end: number, words: RegExp): void {
    const text = this.#source.slice(start, end);
    for (const match of words.global ? text.matchAll(words) : [words.exec(text)]) {
      if (match) this.#edits.blank(start + match.index, start + match.index + match[0].length);
    }
  }

  /** `function f(this: T, a)`: `this` is no parameter in JavaScript. */
  #thisParameter(node: Node, next: Node | undefined): void {
    const comma = /^\s*,/.exec(this.#source.slice(node.end));
    this.#blankType(node, node.start, next ? next.start : node.end + (comma?.[0].length ?? 0));
  }

  /**
   * No line break may stand between `async` or `return` and an arrow's parenthesis, nor between its parameters and `=>`:
   * where a blanked type has one, the parenthesis moves.
   */
  #arrowOverLines(node: Extract<Node, { type: 'ArrowFunctionExpression' }>): void {
    const { typeParameters, returnType } = node;
    if (typeParameters && this.#hasLineBreak(typeParameters)) {
      const at = this.#source.indexOf('(', typeParameters.end);
      this.#blankType(typeParameters, typeParameters.start, typeParameters.end, '(');
      this.#edits.blank(at, at + 1);
      node.typeParameters = null;
    }
    if (returnType && this.#hasLineBreak(returnType)) {
      const at = this.#source.lastIndexOf(')', returnType.start);
      this.#edits.blank(at, at + 1);
      this.#nameTypes(returnType);
      this.#edits.blank(returnType.start, returnType.end - 1);
      this.#edits.replace(returnType.end - 1, returnType.end, ')');
      node.returnType = null;
    }
  }

  #hasLineBreak(node: Node): boolean {
    return /[\r\n]/.test(this.#source.slice(node.start, node.end));
  }

  /** `x as any` ends its statement at a line break, `x` before a line that starts with a parenthesis does not. */
  #endStatement(node: Node, parent: Node): void {
    if (this.#options.endsTopLevel && parent.type === 'Program') return;
    const ends =
      node.type === 'ExpressionStatement' ||
      node.type === 'ReturnStatement' ||
      node.type === 'ThrowStatement' ||
      node.type === 'PropertyDefinition' ||
      (node.type === 'VariableDeclaration' && !/^For/.test(parent.type));
    if (ends && this.#edits.lastBlankEnd === node.end && this.#source[node.end - 1] !== ';') {
      this.#edits.close(node.end, ';');
    } else if (
      node.type === 'PropertyDefinition' &&
      this.#source[node.end - 1] !== ';' &&
      /^(?:get|set|static|async|accessor)$/.test(this.#source.slice(node.key.start, node.key.end))
    ) {
      this.#edits.close(node.end, ';');
    }
  }
}
