import { inspect } from 'node:util';

/** More of a page is not read, as text. */
const MAX_HTML = 100_000;
const MAX_TEXT = 4000;

/** What a terminal shows of a display: its text, or what it is. */
export function bundleText(bundle: Record<string, unknown>): string {
  for (const type of ['text/plain', 'text/markdown', 'text/latex']) {
    const text = bundle[type];
    if (typeof text === 'string') return text;
  }
  const { 'text/html': html, 'application/json': json } = bundle;
  if (json !== undefined) return inspect(json, { depth: 3, maxArrayLength: 20 });
  const text = typeof html === 'string' ? cut(textOfHtml(html.slice(0, MAX_HTML))) : '';
  return text || `[${Object.keys(bundle).join(', ')}]`;
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function textOfHtml(html: string): string {
  return html
    .replace(/<(script|style|svg)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h\d)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|amp|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name]!)
    .split('\n')
    .map(line => line.replace(/\s+/g, ' ').trim())
    .filter(line => line !== '')
    .join('\n');
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'", nbsp: ' ' };
