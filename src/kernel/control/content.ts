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

/** Why this is no content of an `execute_request`; undefined when it is. Fields may be missing, but for the code. */
export function executionProblem(content: Content): string | undefined {
  const { code, user_expressions: expressions } = content;
  if (typeof code !== 'string') return `expected a string as code, received ${shown(code)}`;
  for (const field of ['silent', 'store_history', 'allow_stdin', 'stop_on_error']) {
    const value = content[field] ?? undefined;
    if (value !== undefined && typeof value !== 'boolean') {
      return `expected true or false as ${field}, received ${shown(value)}`;
    }
  }
  if (expressions === undefined || expressions === null) return undefined;
  if (typeof expressions !== 'object' || Array.isArray(expressions)) {
    return `expected an object as user_expressions, received ${shown(expressions)}`;
  }
  const wrong = Object.entries(expressions).find(([, expression]) => typeof expression !== 'string');
  return wrong && `expected a string as user_expressions.${wrong[0]}, received ${shown(wrong[1])}`;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
}
