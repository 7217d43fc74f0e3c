export interface Chapter {
  /** The notebook, relative to the server's root. */
  path: string;
  number: number;
  title: string;
  /** The question that the chapter answers. */
  question: string;
}

/**
 * Reads the page option `chapters`. A chapter that lacks its path, number or title is left out rather than shown
 * broken, and text that is no JSON gives no chapters: the rest of the lab must start in any case.
 */
export function readChapters(option: string): Chapter[] {
  let entries: unknown;
  try {
    entries = JSON.parse(option || '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(entries)) return [];
  return entries
    .filter(
      (entry): entry is Chapter =>
        typeof entry?.path === 'string' && typeof entry.title === 'string' && Number.isFinite(entry.number),
    )
    .map(({ path, number, title, question }) => ({ path, number, title, question: question ?? '' }))
    .sort((a, b) => a.number - b.number);
}
