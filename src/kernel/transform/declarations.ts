import type { BindingPattern, Node, VariableDeclaration } from 'oxc-parser';
import { type Edits, isUsing } from '../../modules/index.ts';

/** The names that a pattern binds, in order. */
export function boundNames(pattern: BindingPattern | Node, names: string[] = []): string[] {
  switch (pattern.type) {
    case 'Identifier':
      names.push(pattern.name);
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        boundNames(property.type === 'RestElement' ? property.argument : property.value, names);
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) boundNames(element, names);
      break;
    case 'AssignmentPattern':
      boundNames(pattern.left, names);
      break;
    case 'RestElement':
      boundNames(pattern.argument, names);
      break;
    default:
  }
  return names;
}

/**
 * Turns a declaration into assignments to globals of the same names, at the same offsets: `const {a} = f()` becomes
 * `;    ({a} = f());`. The keyword's place holds what must stand before.
 */
export function declarationToAssignments(node: VariableDeclaration, parent: Node, edits: Edits): string[] {
  const names: string[] = [];
  const first = node.declarations[0];
  if (!first) return names;
  const inList = parent.type === 'Program' || parent.type === 'BlockStatement' || parent.type === 'SwitchCase';
  const isLoopHead = /^For/.test(parent.type) && !('body' in parent && parent.body === node);
  const opensPattern = !isLoopHead && first.id.type === 'ObjectPattern';
  edits.blank(node.start, first.start, (inList ? ';' : '') + (opensPattern ? '(' : ''));
  for (const declarator of node.declarations) {
    boundNames(declarator.id, names);
    if (isLoopHead) continue;
    if (declarator.id.type === 'ObjectPattern') {
      if (declarator !== first) edits.open(declarator.start, '(');
      edits.close(declarator.end, ')');
    }
    if (declarator.init) placeFirstName(declarator.init, edits);
    else if (node.kind !== 'var' && !isUsing(node)) edits.close(declarator.end, '=void 0');
  }
  if (isLoopHead) parenthesiseAsync(first.id, edits);
  else if (edits.source[node.end - 1] !== ';') edits.close(node.end, ';');
  return names;
}

/**
 * A name that is not there is an error at that name in a declaration, and at the left side of an assignment. After a comma
 * V8 looks anew where it is.
 */
function placeFirstName(init: Node, edits: Edits): void {
  let first: Node = init;
  for (let next: Node | undefined = first; next; next = leftOf(first)) first = next;
  if (first.type !== 'Identifier') return;
  edits.open(init.start, '(0,');
  edits.close(init.end, ')');
}

/** What an expression begins with, if that is an expression itself. */
function leftOf(node: Node): Node | undefined {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
      return node.left.type === 'PrivateIdentifier' ? undefined : node.left;
    case 'MemberExpression':
      return node.object;
    case 'CallExpression':
      return node.callee;
    case 'ConditionalExpression':
      return node.test;
    case 'TaggedTemplateExpression':
      return node.tag;
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return node.expression;
    default:
      return undefined;
  }
}

/** A loop may begin with `for (var async of`, not with `for (async of`. */
function parenthesiseAsync(id: Node, edits: Edits): void {
  if (id.type !== 'Identifier' || id.name !== 'async') return;
  edits.open(id.start, '(');
  edits.close(id.start + id.name.length, ')');
}
