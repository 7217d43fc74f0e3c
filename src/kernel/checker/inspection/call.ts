import {
  type CallExpression,
  findPrecedingToken,
  isCallExpression,
  isNewExpression,
  type NewExpression,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { type NodeHandle, SignatureKind } from 'typescript/unstable/sync';
import type { LoadedCell } from '../cell.ts';
import { splitAt, topLevel } from '../type-text.ts';
import { overloads } from './describe.ts';
import { type Name, nameAt } from './name.ts';
import { layout, signatureText } from './print.ts';

/** A call whose parentheses the cursor is in. */
export interface Call {
  /** `mean(values: number[]): number` */
  text: string;
  /** The parameter that the cursor is at. */
  parameter: string | undefined;
  /** What is called, where it has a name. */
  name: Name | undefined;
}

export function callAround(cell: LoadedCell, position: number): Call | undefined {
  const { file } = cell;
  let node = findPrecedingToken(file, position);
  for (; node; node = node.parent) {
    // A function or a class in between has a life of its own.
    if (node.kind === SyntaxKind.Block || node.kind === SyntaxKind.ClassDeclaration) return undefined;
    if (!isCallExpression(node) && !isNewExpression(node)) continue;
    const open = openParenthesis(cell, node);
    if (open === undefined || position <= open) continue;
    const isClosed = file.text[node.end - 1] === ')';
    if (isClosed ? position < node.end : position <= node.end + trailingSpace(file.text, node.end)) {
      return describeCall(cell, node, position);
    }
  }
  return undefined;
}

function trailingSpace(text: string, end: number): number {
  return /^\s*/.exec(text.slice(end))![0].length;
}

function openParenthesis(
  { file }: LoadedCell,
  { typeArguments, expression }: CallExpression | NewExpression,
): number | undefined {
  const from = typeArguments ? typeArguments.end : expression.end;
  const at = file.text.indexOf('(', from);
  return at < 0 || /[^\s>?.]/.test(file.text.slice(from, at)) ? undefined : at;
}

function describeCall(cell: LoadedCell, call: CallExpression | NewExpression, position: number): Call {
  const { checker } = cell.project;
  const isNew = isNewExpression(call);
  const type = checker.getTypeAtLocation(call.expression);
  const all = type ? checker.getSignaturesOfType(type, isNew ? SignatureKind.Construct : SignatureKind.Call) : [];
  const resolved = checker.getResolvedSignature(call) ?? all[0];
  // Without arguments nothing can be told of what a type parameter stands for.
  const open = call.arguments?.length
    ? undefined
    : all.find(({ declaration }) => isSame(declaration, resolved?.declaration));
  const signature = open ?? resolved;
  const text = signature ? signatureText(cell, signature, call) : '()';
  const callee = call.expression.getText(cell.file);
  const label = /^[\p{ID_Continue}$.#]+$/u.test(callee) ? callee : (/[\p{ID_Continue}$]+$/u.exec(callee)?.[0] ?? '');
  return {
    text: layout(`${isNew ? 'new ' : ''}${label}${text}`) + overloads(all.length),
    parameter: parameterAt(text, argumentAt(cell, call, position)),
    name: nameAt(cell, call.expression.end),
  };
}

function isSame(one: NodeHandle | undefined, other: NodeHandle | undefined): boolean {
  return one !== undefined && one.index === other?.index && one.path === other.path;
}

/** How many commas stand before the position, between the arguments. */
function argumentAt(cell: LoadedCell, call: CallExpression | NewExpression, position: number): number {
  const given = call.arguments ?? [];
  let index = 0;
  for (const [at, argument] of [...given].entries()) {
    if (position > argument.end && cell.file.text.slice(argument.end, position).trimStart().startsWith(','))
      index = at + 1;
  }
  return index;
}

function parameterAt(signature: string, index: number): string | undefined {
  const open = topLevel(signature, '(');
  const inner = signature.slice(open + 1);
  const parameters = splitAt(inner.slice(0, topLevel(inner, ')')), ',');
  return parameters[index] ?? parameters.findLast(parameter => parameter.startsWith('...'));
}
