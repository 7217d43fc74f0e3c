import type { JoinedText } from './joined-text.ts';
import type { LibraryModule } from './library.ts';

/** What a module says otherwise in the joined text: something else between two places. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Other modules of the library go by their ids. */
export function linksById({ links, targets }: LibraryModule): Edit[] {
  return links.flatMap(({ start, end, specifier }) => {
    const target = targets.get(specifier);
    return target ? [{ start, end, text: JSON.stringify(target.id) }] : [];
  });
}

/** Copies a range of a module with those edits that lie in it; an edit within another one is part of that one. */
export function copyEdited(
  out: JoinedText,
  { file, text }: LibraryModule,
  [start, end]: readonly [number, number],
  edits: readonly Edit[],
): void {
  let at = start;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.start < at || edit.end > end) continue;
    out.copy(file, text, at, edit.start);
    out.write(edit.text);
    at = edit.end;
  }
  out.copy(file, text, at, end);
}
