import { readFileSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { isTypeScript } from '../local-files.ts';
import { moduleCode } from './module-code.ts';

interface Place {
  /** Both from 1. */
  line: number;
  column: number;
}

const known = new Map<string, { modified: number; map: SourceMap | undefined }>();

/**
 * The place in a TypeScript file of a place in the code that runs, as a stack names it. They differ only for files that had
 * to be compiled; these are compiled once more, as the code that runs may be that of another thread.
 */
export function sourcePlace(file: string, place: Place): Place {
  if (!isTypeScript(file)) return place;
  const entry = mapOf(file)?.findEntry(place.line - 1, place.column - 1);
  if (!entry || !('originalLine' in entry)) return place;
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

function mapOf(file: string): SourceMap | undefined {
  try {
    const { mtimeMs: modified } = statSync(file);
    const before = known.get(file);
    if (before?.modified === modified) return before.map;
    const code = moduleCode(file, readFileSync(file, 'utf8'));
    const [, data] = /\n\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(code) ?? [];
    const map = data === undefined ? undefined : new SourceMap(JSON.parse(Buffer.from(data, 'base64').toString()));
    known.set(file, { modified, map });
    return map;
  } catch {
    return undefined; // it was changed since, or deleted
  }
}
