import type { ArrowFunctionExpression, Node } from 'oxc-parser';
import type { Edits } from './edits.ts';
import { endOfWord, hasLineBreak, skipTrivia } from './trivia.ts';

/**
 * No line break may stand between `async` or `return` and an arrow's parenthesis, nor between its parameters and `=>`: where
 * there is one within or around a type, the parenthesis moves. Blanks these types itself, and gives them back.
 */
export function eraseFromArrow(node: ArrowFunctionExpression, edits: Edits): Node[] {
  const { source } = edits;
  const erased: Node[] = [];
  const { typeParameters, returnType } = node;
  const opening = skipTrivia(source, typeParameters?.end ?? afterAsync(node, source));
  const closing = returnType ? closingParenthesis(node, source, opening) : opening;
  if (typeParameters && hasLineBreak(source, typeParameters.start, opening)) {
    edits.blank(typeParameters.start, typeParameters.end, '(');
    edits.blank(opening, opening + 1);
    node.typeParameters = null;
    erased.push(typeParameters);
  }
  if (returnType && hasLineBreak(source, closing, returnType.end)) {
    edits.blank(closing, closing + 1);
    edits.blank(returnType.start, returnType.end - 1);
    edits.replace(returnType.end - 1, returnType.end, ')');
    node.returnType = null;
    erased.push(returnType);
  }
  return erased;
}

function afterAsync(node: ArrowFunctionExpression, source: string): number {
  return node.async ? endOfWord(source, node.start) : node.start;
}

function closingParenthesis({ params }: ArrowFunctionExpression, source: string, opening: number): number {
  const at = skipTrivia(source, params.at(-1)?.end ?? opening + 1);
  return source[at] === ',' ? skipTrivia(source, at + 1) : at;
}
