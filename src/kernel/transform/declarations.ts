import type { BindingPattern, Node, VariableDeclaration } from 'oxc-parser';
import type { Edits } from '../../modules/index.ts';
import { RUNTIME } from './parse.ts';

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
    if (!declarator.init && node.kind !== 'var') edits.close(declarator.end, '=void 0');
    if (declarator.init && /using/.test(node.kind)) {
      edits.open(declarator.init.start, `${RUNTIME}.${node.kind === 'using' ? 'use' : 'useAsync'}(`);
      edits.close(declarator.init.end, ')');
    }
  }
  if (!isLoopHead && edits.source[node.end - 1] !== ';') edits.close(node.end, ';');
  return names;
}
