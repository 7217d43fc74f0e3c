import MagicString from 'magic-string';

/** Text that was added at `offset` of the source; negative where it got shorter. */
export interface Shift {
  offset: number;
  length: number;
}

/**
 * Edits on a source that never add or remove a line, and that remember where columns moved, so that a position in the
 * result can be told in the source again without a source map.
 */
export class Edits {
  readonly source: string;
  readonly shifts: Shift[] = [];
  readonly #text: MagicString;
  #lastBlankEnd = -1;

  constructor(source: string) {
    this.source = source;
    this.#text = new MagicString(source);
  }

  /** Where the text that was blanked last ends. */
  get lastBlankEnd(): number {
    return this.#lastBlankEnd;
  }

  /** Spaces instead of the text; `lead` takes the place of its first characters. */
  blank(start: number, end: number, lead = ''): void {
    if (end <= start) return;
    this.#text.overwrite(start, end, lead + blanks(this.source.slice(start + lead.length, end)), { contentOnly: true });
    this.#lastBlankEnd = end;
  }

  /** Another text, with as many line breaks. */
  replace(start: number, end: number, text: string): void {
    this.#text.overwrite(start, end, text, { contentOnly: true });
    const lines = text.split(LINE_BREAK);
    let offset = start;
    for (const [index, line] of this.source.slice(start, end).split(LINE_BREAK).entries()) {
      const length = (lines[index] ?? '').length - line.length;
      offset += line.length;
      if (length !== 0) this.shifts.push({ offset, length });
      offset += this.source.startsWith('\r\n', offset) ? 2 : 1;
    }
  }

  /** Takes a part out, as it was edited so far; spaces of the same length stay. */
  cut(start: number, end: number): string {
    const text = this.#text.slice(start, end);
    this.#text.overwrite(start, end, blanks(text));
    return text;
  }

  /** Before the character at `offset`, after everything opened there earlier. */
  open(offset: number, text: string): void {
    this.#text.appendRight(offset, text);
    this.shifts.push({ offset, length: text.length });
  }

  /** After the character before `offset`, after everything closed there earlier. */
  close(offset: number, text: string): void {
    this.#text.appendLeft(offset, text);
    this.shifts.push({ offset, length: text.length });
  }

  toString(): string {
    return this.#text.toString();
  }
}

const LINE_BREAK = /\r\n|[\r\n\u2028\u2029]/;

function blanks(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ');
}
