import { randomUUID } from 'node:crypto';
import type { DisplayChannel, MimeBundle } from '../../display/channel.ts';

type Content = string | Uint8Array;

/** The display functions of the `tslab` module, so that notebooks written for it run unchanged. */
export interface TslabDisplay {
  html(content: string): void;
  javascript(content: string): void;
  markdown(content: string): void;
  svg(content: string): void;
  text(content: string): void;
  png(content: Uint8Array): void;
  jpeg(content: Uint8Array): void;
  gif(content: Uint8Array): void;
  pdf(content: Uint8Array): void;
  raw(mimeType: string, content: Content): void;
}

/** The `tslab` module. `newDisplay()` gives a display that redraws itself in place on each call after the first. */
export function tslabModule(channel: DisplayChannel): { display: TslabDisplay; newDisplay(): TslabDisplay } {
  return {
    display: displayFunctions(bundle => channel.display(bundle)),
    newDisplay() {
      const displayId = randomUUID();
      let update = false;
      return displayFunctions(bundle => {
        channel.display(bundle, { displayId, update });
        update = true;
      });
    },
  };
}

function displayFunctions(show: (bundle: MimeBundle) => void): TslabDisplay {
  const raw = (mimeType: string, content: Content) => {
    if (typeof content === 'string') show({ [mimeType]: content });
    else if (content instanceof Uint8Array) show({ [mimeType]: Buffer.from(content).toString('base64') });
    else throw new TypeError(`display of ${mimeType}: expected a string or a Uint8Array, received ${typeof content}`);
  };
  const as = (mimeType: string) => (content: Content) => raw(mimeType, content);
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
