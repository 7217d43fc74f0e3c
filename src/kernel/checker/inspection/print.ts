import { type Node, SyntaxKind } from 'typescript/unstable/ast';
import { NodeBuilderFlags as Flags, type Signature, type Type } from 'typescript/unstable/sync';
import type { LoadedCell } from '../cell.ts';
import { plainNames } from '../diagnostics.ts';
import { READABLE, splitAt, topLevel } from '../type-text.ts';

/** What is longer is shortened in TypeScript's way. */
const LONGEST = 1200;
const WIDTH = 80;

/** A type as one would write it at the node. */
export function typeText({ project: { checker } }: LoadedCell, type: Type, at: Node, flags: Flags = 0): string {
  const text = checker.typeToString(type, at, READABLE | flags);
  if (!text.includes('...')) return plainNames(text);
  const whole = checker.typeToString(type, at, READABLE | flags | Flags.NoTruncation);
  return plainNames(whole.length > LONGEST ? text : whole);
}

/** `(x: number): string`, with the type arguments that a call has found. */
export function signatureText({ project }: LoadedCell, signature: Signature, at: Node): string {
  const { checker, emitter } = project;
  for (const flags of [Flags.NoTruncation, Flags.None]) {
    const node = checker.signatureToSignatureDeclaration(
      signature,
      SyntaxKind.MethodSignature,
      at,
      READABLE | Flags.WriteTypeArgumentsOfSignature | flags,
    );
    const text = node ? plainNames(onOneLine(emitter.printNode(node))) : '()';
    if (text.length <= LONGEST) return text;
  }
  return '(…)';
}

function onOneLine(printed: string): string {
  return printed
    .replace(/;\s*$/, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\[ | \]/g, bracket => bracket.trim());
}

/** Breaks a long declaration into lines: parameters, members, or the parts of a union. */
export function layout(text: string, indent = ''): string {
  if (indent.length + text.length <= WIDTH || text.includes('\n')) return text;
  const [, kind = '', declaration = ''] = /^(\([a-z ]+\) )?(.*)$/s.exec(text)!;
  const deeper = `${indent}  `;
  for (const [open, close, separator] of [
    ['(', ')', ','],
    ['{', '}', ';'],
  ] as const) {
    const start = topLevel(declaration, open);
    const end = start < 0 ? -1 : start + 1 + topLevel(declaration.slice(start + 1), close);
    if (end <= start + 1) continue;
    const parts = splitAt(declaration.slice(start + 1, end), separator);
    const lines = parts.map(part => `${deeper}${layout(part, deeper)}${separator}\n`).join('');
    const rest = declaration.slice(end + 1);
    const behind = rest.length > WIDTH ? layout(rest, indent) : rest;
    return `${kind}${declaration.slice(0, start + 1)}\n${lines}${indent}${close}${behind}`;
  }
  const at = Math.max(topLevel(declaration, ': '), topLevel(declaration, ' ='));
  const parts = splitAt(declaration.slice(at + 2), ' | ');
  if (parts.length < 3) return text;
  return `${kind}${declaration.slice(0, at + 2).trimEnd()}${parts.map(part => `\n${deeper}| ${part}`).join('')}`;
}
