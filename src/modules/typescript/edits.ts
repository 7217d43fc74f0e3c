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
  /** By how much the text grew, all its lines together. */
  readonly #growths: Shift[] = [];
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
    this.#growths.push({ offset: end, length: text.length - (end - start) });
    const lines = text.split(LINE_BREAK);
    let offset = start;
    for (const [index, line] of this.source.slice(start, end).split(LINE_BREAK).entries()) {
      const length = (lines[index] ?? '').length - line.length;
      offset += line.length;
      if (length !== 0) this.shifts.push({ offset, length });
      offset += this.source.startsWith('\r\n', offset) ? 2 : 1;
    }
  }

  /** Before the character at `offset`, after everything opened there earlier. */
  open(offset: number, text: string): void {
    this.#text.appendRight(offset, text);
    this.#growths.push({ offset, length: text.length });
    this.shifts.push({ offset, length: text.length });
  }

  /** After the character before `offset`, after everything closed there earlier. */
  close(offset: number, text: string): void {
    this.#text.appendLeft(offset, text);
    this.#growths.push({ offset, length: text.length });
    this.shifts.push({ offset, length: text.length });
  }

  toString(): string {
    return this.#text.toString();
  }

  /**
   * The result without some parts, in order and apart from each other, where spaces stand instead; and these parts. What was
   * put in at the ends of a part does not belong to it.
   */
  without(parts: { start: number; end: number }[]): { text: string; parts: string[] } {
    const whole = this.toString();
    const growths = this.#growths.sort((a, b) => a.offset - b.offset);
    let next = 0;
    let grown = 0;
    const inResult = (offset: number, isStart: boolean): number => {
      for (; next < growths.length; next++) {
        const growth = growths[next] as Shift;
        if (growth.offset > offset || (growth.offset === offset && !isStart)) break;
        grown += growth.length;
      }
      return offset + grown;
    };
    let text = '';
    let at = 0;
    const taken = parts.map(({ start, end }) => {
      const from = inResult(start, true);
      const part = whole.slice(from, inResult(end, false));
      text += whole.slice(at, from) + blanks(part);
      at = from + part.length;
      return part;
    });
    return { text: text + whole.slice(at), parts: taken };
  }
}

const LINE_BREAK = /\r\n|[\r\n\u2028\u2029]/;

function blanks(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ');
}
