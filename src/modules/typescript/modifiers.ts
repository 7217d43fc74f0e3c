import type { AccessorProperty, MethodDefinition, PropertyDefinition } from 'oxc-parser';
import type { Edits } from './edits.ts';
import { endOfWord, skipTrivia } from './trivia.ts';

type Member = MethodDefinition | PropertyDefinition | AccessorProperty;

const MODIFIERS = new Set(['public', 'private', 'protected', 'readonly', 'override', 'abstract', 'declare']);

/**
 * Blanks what only TypeScript says before a class member, and the `?` or `!` behind its name. In the place of a modifier
 * that stood first comes a `;`: without one, a member that now begins with a bracket or a star would go on with the line before.
 */
export function blankModifiers(node: Member, edits: Edits): void {
  const { source } = edits;
  let isFirst = true;
  for (let at = skipTrivia(source, node.start); at < node.key.start; at = skipTrivia(source, at)) {
    const end = endOfWord(source, at);
    if (end === at) break; // the bracket of a computed name, the star of a generator
    if (MODIFIERS.has(source.slice(at, end))) edits.blank(at, end, isFirst ? ';' : '');
    isFirst = false;
    at = end;
  }
  if (node.optional) blankAfterKey('?', node, edits);
  if ('definite' in node && node.definite) blankAfterKey('!', node, edits);
}

function blankAfterKey(mark: string, node: Member, edits: Edits): void {
  let at = skipTrivia(edits.source, node.key.end);
  if (node.computed && edits.source[at] === ']') at = skipTrivia(edits.source, at + 1);
  if (edits.source[at] === mark) edits.blank(at, at + 1);
}

/** A `?` or `!` behind the name that starts at the offset. */
export function blankMark(mark: string, nameStart: number, edits: Edits): void {
  const at = skipTrivia(edits.source, endOfWord(edits.source, nameStart));
  if (edits.source[at] === mark) edits.blank(at, at + 1);
}

/** A field named `get` is one because of what was behind it, or of the line break there: now it needs a semicolon. */
export function isHazardousName(node: PropertyDefinition, source: string): boolean {
  return /^(?:get|set|static|async|accessor)$/.test(source.slice(node.key.start, node.key.end));
}
