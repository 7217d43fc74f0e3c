/** Reads fields of a message's content, which may be anything. */
export type Content = Record<string, unknown>;

export function text(content: Content, field: string): string {
  const value = content[field];
  return typeof value === 'string' ? value : '';
}

export function flag(content: Content, field: string, byDefault: boolean): boolean {
  const value = content[field];
  return typeof value === 'boolean' ? value : byDefault;
}

export function textRecord(content: Content, field: string): Record<string, string> {
  const value = content[field];
  if (value === null || typeof value !== 'object') return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** A `cursor_pos`, which counts Unicode characters, as an offset in UTF-16 code units. */
export function cursorOffset(content: Content): number {
  const code = text(content, 'code');
  const position = content.cursor_pos;
  if (typeof position !== 'number' || position < 0) return code.length;
  let offset = 0;
  for (let characters = 0; characters < position && offset < code.length; characters++) {
    offset += code.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return offset;
}

/** The reverse of {@link cursorOffset}. */
export function characterPosition(code: string, offset: number): number {
  let characters = 0;
  for (let index = 0; index < offset && index < code.length; characters++)
    index += code.codePointAt(index)! > 0xffff ? 2 : 1;
  return characters;
}
