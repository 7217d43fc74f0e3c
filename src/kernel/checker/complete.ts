import { type Checker, CompletionItemKind } from 'typescript/unstable/sync';
import { declaredNames } from './names.ts';
import type { Completion, CompletionResult } from './types.ts';

const KEYWORDS =
  'abstract as async await break case catch class const continue default do else enum export extends false finally for from function if implements import in instanceof interface let namespace new null of private protected public readonly return satisfies static super switch this throw true try type typeof undefined using var void while yield'.split(
    ' ',
  );

/** What may be written at the offset: members after a dot, else what is in scope. */
export function completeAt(
  checker: Checker,
  file: string,
  source: string,
  offset: number,
  prefixLength: number,
  known: string[],
): CompletionResult {
  const typed = /[\p{ID_Continue}$]*$/u.exec(source.slice(0, offset))?.[0] ?? '';
  const start = offset - typed.length;
  let items = entries(checker, file, prefixLength + offset);
  if (!/[.'"`/]\s*$/.test(source.slice(0, start))) {
    const names = new Set(items.map(({ text }) => text));
    const { variables, others } = declaredNames(source);
    const scope = [
      ...others,
      ...variables,
      ...known,
      ...(items.length === 0 ? Object.getOwnPropertyNames(globalThis) : []),
    ];
    for (const text of scope) {
      if (names.has(text)) continue;
      names.add(text);
      items.push({ text, type: 'variable' });
    }
    if (typed) for (const text of KEYWORDS) if (!names.has(text)) items.push({ text, type: 'keyword' });
  }
  const wanted = typed.toLowerCase();
  items = items.filter(({ text }) => text.toLowerCase().startsWith(wanted) && !/\$\d+$/.test(text));
  items.sort((a, b) => Number(b.text.startsWith(typed)) - Number(a.text.startsWith(typed)));
  return { start, end: offset, items };
}

function entries(checker: Checker, file: string, position: number): Completion[] {
  try {
    const found = checker.getCompletionsAtPosition(file, position)?.entries ?? [];
    return found.map(({ name, insertText, kind }) => ({
      text: insertText && /^[\p{ID_Continue}$]+$/u.test(insertText) ? insertText : name,
      type: typeName(kind),
    }));
  } catch (error) {
    // In an open scope TypeScript wants an index of all packages, which the program does not keep: the caller knows the names.
    if (error instanceof Error && /auto imports/.test(error.message)) return [];
    throw error;
  }
}

function typeName(kind: CompletionItemKind | undefined): string {
  switch (kind) {
    case CompletionItemKind.Method:
    case CompletionItemKind.Function:
      return 'function';
    case CompletionItemKind.Class:
      return 'class';
    case CompletionItemKind.Interface:
      return 'interface';
    case CompletionItemKind.Module:
    case CompletionItemKind.File:
    case CompletionItemKind.Folder:
      return 'module';
    case CompletionItemKind.Keyword:
      return 'keyword';
    case CompletionItemKind.Field:
    case CompletionItemKind.Property:
      return 'property';
    case CompletionItemKind.Enum:
    case CompletionItemKind.EnumMember:
      return 'enum';
    default:
      return 'variable';
  }
}
