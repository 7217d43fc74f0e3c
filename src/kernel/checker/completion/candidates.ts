import {
  type Symbol as CheckedSymbol,
  type CompletionEntry,
  CompletionItemKind as Kind,
} from 'typescript/unstable/sync';
import type { LoadedCell } from '../cell.ts';
import { typeOfSymbol } from './types.ts';

/** What may be written, before it is matched with what was typed. */
export interface Candidate {
  /** Matched with what was typed. */
  name: string;
  /** Put in its place. */
  text: string;
  type: string;
  /** Where it stands among others, as text: less is better. */
  rank: string;
  /** Its symbol while it is new, or what was found with it. */
  symbol?: CheckedSymbol | undefined;
  signature?: string | undefined;
}

/** What TypeScript would offer at a position of the slot. */
export function candidatesAt({ project: { checker }, path }: LoadedCell, position: number): Candidate[] {
  let entries: readonly CompletionEntry[];
  try {
    entries = checker.getCompletionsAtPosition(path, position, { includeSymbol: true })?.entries ?? [];
  } catch (error) {
    // In an open scope of an ordinary file TypeScript wants an index of all packages, which the program does not keep.
    if (error instanceof Error && /auto imports/.test(error.message)) return [];
    throw error;
  }
  return entries
    .filter(({ insertText }) => !insertText || !/^(?:\?\.)?\[Symbol/.test(insertText))
    .map(entry => ({
      name: entry.name,
      text: entry.insertText ?? entry.name,
      type: typeOf(entry),
      rank: entry.sortText ?? '',
      symbol: entry.symbol,
    }));
}

function typeOf({ name, kind, symbol }: CompletionEntry): string {
  if (kind === Kind.Keyword) return 'keyword';
  if (symbol) return typeOfSymbol(name, symbol.flags);
  switch (kind) {
    case Kind.Module:
      return 'module';
    case Kind.Constant:
      return 'string';
    default:
      return 'property';
  }
}
