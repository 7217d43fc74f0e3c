import { LearnableError } from '../core/index.ts';
import { DISPLAY, type Displayable, type MimeBundle } from '../display/channel.ts';
import { printsAsText } from '../display/printed.ts';
import { findExercise, loadExercise, readSolution } from './catalogue.ts';
import { card, codeSpans } from './format-html.ts';

/** How many hints of an exercise were given in this session. */
const given = new Map<string, number>();

/** Something to read: markdown or a card in a notebook, a text elsewhere. */
class Reading implements Displayable {
  readonly #bundle: MimeBundle;
  readonly text: string;

  constructor(text: string, rich: MimeBundle) {
    this.text = text;
    this.#bundle = { ...rich, 'text/plain': text };
  }

  toString(): string {
    return this.text;
  }

  [DISPLAY](): MimeBundle {
    return this.#bundle;
  }
}
printsAsText(Reading.prototype);

/**
 * The next hint for an exercise, from a nudge to nearly there; with `n` (1 to 3), that one.
 *
 * @example await hint('01-training/predict')
 */
export async function hint(id: string, n?: number): Promise<Reading> {
  const { title, hints } = await loadExercise(findExercise(id));
  if (n !== undefined && !(Number.isInteger(n) && n >= 1 && n <= hints.length)) {
    throw new LearnableError(
      `hint('${id}', ${String(n)}): expected a hint from 1 to ${hints.length}, received ${String(n)}.`,
    );
  }
  const number = n ?? Math.min((given.get(id) ?? 0) + 1, hints.length);
  given.set(id, Math.max(number, given.get(id) ?? 0));
  const text = hints[number - 1]!;
  const heading = `Hint ${number} of ${hints.length}`;
  const more = number === hints.length ? `That was the last one: \`await solution('${id}')\` shows how we do it.` : '';
  const html = card(
    'not-attempted',
    `<div><strong>${heading}</strong> <span style="opacity:.75">${codeSpans(title)}</span></div>` +
      `<div>${codeSpans(text)}</div>${more && `<div style="opacity:.75">${codeSpans(more)}</div>`}`,
  );
  return new Reading([`${heading} (${title}): ${text}`, more].filter(Boolean).join('\n'), { 'text/html': html });
}

/**
 * The solution of an exercise, to read.
 *
 * @example await solution('01-training/predict')
 */
export async function solution(id: string): Promise<Reading> {
  // As a cell takes it.
  const source = (await readSolution(findExercise(id))).trimEnd().replace(/^export /gm, '');
  return new Reading(source, { 'text/markdown': `\`\`\`ts\n${source}\n\`\`\`` });
}

export type { Reading };
