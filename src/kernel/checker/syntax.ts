import {
  findPrecedingToken,
  getLeadingCommentRanges,
  getTokenAtPosition,
  getTrailingCommentRanges,
  isBindingPattern,
  isImportDeclaration,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isOmittedExpression,
  isRegularExpressionLiteral,
  isStringLiteral,
  isTemplateHead,
  isTemplateMiddle,
  isTemplateTail,
  isVariableStatement,
  type Node,
  NodeFlags,
  type SourceFile,
  type Statement,
  SyntaxKind,
} from 'typescript/unstable/ast';
import type { CellNames } from './names.ts';

/** As `declaredNames`, of a cell that breaks the grammar: what TypeScript makes of it. */
export function declaredInBrokenCell(file: SourceFile, prefixLength: number): CellNames {
  const variables: string[] = [];
  const others: string[] = [];
  for (const statement of file.statements) {
    if (statement.end <= prefixLength) continue;
    const names = namesOf(statement);
    const isVariable =
      isVariableStatement(statement) && (statement.declarationList.flags & (NodeFlags.Const | NodeFlags.Using)) === 0;
    (isVariable ? variables : others).push(...names);
  }
  return { variables, others: others.filter(name => !variables.includes(name)), exported: [], isReadable: false };
}

function namesOf(statement: Statement): string[] {
  if (isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  }
  if (isImportDeclaration(statement)) return importedNames(statement);
  const { name } = statement as Statement & { name?: Node };
  return name?.kind === SyntaxKind.Identifier ? [name.getText()] : [];
}

function boundNames(name: Node): string[] {
  if (!isBindingPattern(name)) return name.getText() ? [name.getText()] : [];
  return name.elements.flatMap(element =>
    isOmittedExpression(element) || !element.name ? [] : boundNames(element.name),
  );
}

/** The names that an import brings into the cell. */
export function importedNames(statement: Node): string[] {
  if (!isImportDeclaration(statement)) return [];
  const { name, namedBindings } = statement.importClause ?? {};
  const names = name ? [name.getText()] : [];
  if (!namedBindings) return names;
  if (namedBindings.kind === SyntaxKind.NamespaceImport)
    return [...names, namedBindings.name.getText()].filter(Boolean);
  return [...names, ...namedBindings.elements.map(element => element.name.getText())].filter(Boolean);
}

export function isInComment(file: SourceFile, position: number): boolean {
  const token = getTokenAtPosition(file, position);
  for (let node = token; node; node = node.parent) if (node.kind === SyntaxKind.JSDoc) return position < node.end;
  if (position > token.getStart(file)) return false;
  const ranges = [
    ...(getTrailingCommentRanges(file.text, token.pos) ?? []),
    ...(getLeadingCommentRanges(file.text, token.pos) ?? []),
  ];
  return ranges.some(({ pos, end, kind }) => {
    const isLine = kind === SyntaxKind.SingleLineCommentTrivia;
    const isOpen = isLine || !file.text.slice(pos, end).endsWith('*/') || end - pos < 4;
    return pos < position && (position < end || (position === end && isOpen));
  });
}

/** The literal in whose text the position lies; it may lack its end. */
export function literalAt(file: SourceFile, position: number): Node | undefined {
  const token = findPrecedingToken(file, position);
  if (!token || !LITERALS.some(test => test(token))) return undefined;
  const start = token.getStart(file);
  if (position <= start && !isTemplatePart(token)) return undefined;
  if (position < token.end) return token;
  return position === token.end && (isNumericLiteral(token) || isUnterminated(file, token, start)) ? token : undefined;
}

function isUnterminated(file: SourceFile, token: Node, start: number): boolean {
  const text = file.text.slice(start, token.end);
  if (isTemplateHead(token) || isTemplateMiddle(token)) return !text.endsWith('${');
  if (isRegularExpressionLiteral(token)) return !/^\/.*[^\\]\/\p{ID_Continue}*$/u.test(text);
  const quote = isTemplateTail(token) ? '`' : text[0]!;
  const backslashes = /\\*$/.exec(text.slice(0, -1))![0].length;
  return text.length < 2 || !text.endsWith(quote) || backslashes % 2 === 1;
}

function isTemplatePart(node: Node): boolean {
  return isTemplateMiddle(node) || isTemplateTail(node);
}

/** A string of one piece: `'…'`, `"…"` or a template without places for values. */
export function isPlainString(node: Node): boolean {
  return isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node);
}

const LITERALS = [
  isPlainString,
  isNumericLiteral,
  isRegularExpressionLiteral,
  isTemplateHead,
  isTemplateMiddle,
  isTemplateTail,
];
