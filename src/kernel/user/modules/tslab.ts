/** The module `tslab`, so that notebooks written for it run unchanged. The checker reads the declarations built from this file. */
import { randomUUID } from 'node:crypto';
import { displayChannel, type MimeBundle } from '../../../display/channel.ts';

export interface Display {
  html(content: string): void;
  javascript(content: string): void;
  markdown(content: string): void;
  svg(content: string): void;
  text(content: string): void;
  png(content: Uint8Array): void;
  jpeg(content: Uint8Array): void;
  gif(content: Uint8Array): void;
  pdf(content: Uint8Array): void;
  raw(mimeType: string, content: string | Uint8Array): void;
}

export const display: Display = displayFunctions(bundle => displayChannel()?.display(bundle));

/** A display that redraws itself in place on each call after the first. */
export function newDisplay(): Display {
  const displayId = randomUUID();
  let update = false;
  return displayFunctions(bundle => {
    displayChannel()?.display(bundle, { displayId, update });
    update = true;
  });
}

function displayFunctions(show: (bundle: MimeBundle) => void): Display {
  const raw: Display['raw'] = (mimeType, content) => {
    if (typeof content === 'string') show({ [mimeType]: content });
    else if (content instanceof Uint8Array) show({ [mimeType]: Buffer.from(content).toString('base64') });
    else throw new TypeError(`display of ${mimeType}: expected a string or a Uint8Array, received ${typeof content}`);
  };
  const as = (mimeType: string) => (content: string | Uint8Array) => raw(mimeType, content);
  return {
    html: as('text/html'),
    javascript: as('text/javascript'),
    markdown: as('text/markdown'),
    svg: as('image/svg+xml'),
    text: as('text/plain'),
    png: as('image/png'),
    jpeg: as('image/jpeg'),
    gif: as('image/gif'),
    pdf: as('application/pdf'),
    raw,
  };
}
