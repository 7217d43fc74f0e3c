import type { Class, MethodDefinition, Node } from 'oxc-parser';
import type { Edits } from './edits.ts';

type Parameter = Node & { type: 'TSParameterProperty' };

/**
 * Turns `constructor(private x: number) {}` into a field and an assignment: `x;` in front of the class's other fields, and
 * `this.x=x;` behind the call of `super`, or first of all.
 */
export function lowerParameterProperties(node: Class, edits: Edits): void {
  const method = node.body.body.find(isConstructor);
  const parameters = (method?.value.params as Node[] | undefined)?.filter(isParameterProperty) ?? [];
  const body = method?.value.body;
  if (!body || parameters.length === 0) return;
  const names = parameters.map(nameOf);
  for (const { start, parameter } of parameters) edits.blank(start, parameter.start);
  edits.close(node.body.start + 1, names.map(name => `${name};`).join(''));
  const first = node.superClass ? body.body.find(callsSuper) : body.body.findLast(isDirective);
  edits.close(first?.end ?? body.start + 1, `;${names.map(name => `this.${name}=${name};`).join('')}`);
}

/** True for a class whose `super()` is not a statement of its own: where its properties are set is not for us to say. */
export function hasHardConstructor(node: Node): boolean {
  if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return false;
  const value = node.superClass ? node.body.body.find(isConstructor)?.value : undefined;
  return (
    (value?.params as Node[] | undefined)?.some(isParameterProperty) === true && !value?.body?.body.some(callsSuper)
  );
}

function isConstructor(member: Node): member is MethodDefinition {
  return member.type === 'MethodDefinition' && member.kind === 'constructor' && member.value.body !== null;
}

function isParameterProperty(node: Node): node is Parameter {
  return node.type === 'TSParameterProperty';
}

function nameOf({ parameter }: Parameter): string {
  const bound = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return 'name' in bound ? bound.name : '';
}

function callsSuper(node: Node): boolean {
  return (
    node.type === 'ExpressionStatement' &&
    node.expression.type === 'CallExpression' &&
    node.expression.callee.type === 'Super'
  );
}

function isDirective(node: Node): boolean {
  return 'directive' in node && node.directive != null;
}
