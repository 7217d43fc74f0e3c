/** The module `tslab`, so that notebooks written for it run unchanged. The checker reads the declarations built from this file. */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { displayChannel, type MimeBundle } from '../../../display/channel.ts';
import { contentOf } from '../../../display/content.ts';

export interface Display {
  html(content: string): void;
  javascript(content: string): void;
  markdown(content: string): void;
  /** LaTeX: formulas between dollar signs. */
  latex(content: string): void;
  svg(content: string): void;
  text(content: string): void;
  png(content: Uint8Array): void;
  jpeg(content: Uint8Array): void;
  gif(content: Uint8Array): void;
  pdf(content: Uint8Array): void;
  /** Text as a string, JSON types as an object, all else as bytes. */
  raw(mimeType: string, content: string | Uint8Array | object): void;
}

export const display: Display = displayFunctions(bundle => displayChannel()?.display(bundle));

/** A display that redraws itself in place on each call after the first, at most 25 times a second; the last one always shows. */
export function newDisplay(): Display {
  const displayId = randomUUID();
  let update = false;
  return displayFunctions(bundle => {
    displayChannel()?.display(bundle, { displayId, update });
    update = true;
  });
}

/** The version of tslab whose functions these are, and what runs. */
export const versions: { tslab: string; typescript: string; node: string } = {
  tslab: '1.0.22',
  typescript: createRequire(import.meta.url)('typescript/package.json').version,
  node: process.version,
};

function displayFunctions(show: (bundle: MimeBundle) => void): Display {
  const as = (name: string, mimeType: string) => (content: unknown) =>
    show({ [mimeType]: contentOf(`display.${name}`, mimeType, content) });
  return {
    html: as('html', 'text/html'),
    javascript: as('javascript', 'text/javascript'),
    markdown: as('markdown', 'text/markdown'),
    latex: as('latex', 'text/latex'),
    svg: as('svg', 'image/svg+xml'),
    text: as('text', 'text/plain'),
    png: as('png', 'image/png'),
    jpeg: as('jpeg', 'image/jpeg'),
    gif: as('gif', 'image/gif'),
    pdf: as('pdf', 'application/pdf'),
    raw: (mimeType, content) => show({ [mimeType]: contentOf(`display.raw('${mimeType}')`, mimeType, content) }),
  };
}
