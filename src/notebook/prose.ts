import { DISPLAY, type Displayable } from '../display/channel.ts';
import { escapeHtml } from '../display/html.ts';
import { printsAsText } from '../display/printed.ts';

/** Text that is shown as HTML or Markdown. */
export interface Prose extends Displayable {
  readonly text: string;
}

/**
 * HTML as the value of a cell or for `show`. Values put into it are escaped, unless they are `html` themselves.
 *
 * @example html`<b>${'penguins'}</b> has ${344} rows`
 */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Prose {
  const text = join(parts, values, value => (isHtml(value) ? value.text : escapeHtml(String(value))));
  return prose('text/html', text, text.replace(/<[^>]*>/g, ''));
}

/**
 * Markdown, with formulas between dollar signs, as the value of a cell or for `show`. Backslashes stay as they are.
 *
 * @example md`The loss is **${(0.25).toFixed(3)}**, and $\nabla L$ is small.`
 */
export function md(parts: TemplateStringsArray, ...values: unknown[]): Prose {
  const text = join(parts, values, String);
  return prose('text/markdown', text, text);
}

const HTML = new WeakSet<object>();

function isHtml(value: unknown): value is Prose {
  return typeof value === 'object' && value !== null && HTML.has(value);
}

function prose(mimeType: 'text/html' | 'text/markdown', text: string, plain: string): Prose {
  const value = { text, [DISPLAY]: () => ({ [mimeType]: text, 'text/plain': plain }) };
  if (mimeType === 'text/html') HTML.add(value);
  return printsAsText(value);
}

function join(parts: TemplateStringsArray, values: readonly unknown[], write: (value: unknown) => string): string {
  return parts.raw.map((part, i) => part + (i < values.length ? write(values[i]) : '')).join('');
}
