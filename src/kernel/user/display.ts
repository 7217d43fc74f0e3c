import { randomUUID } from 'node:crypto';
import {
  type DisplayChannel,
  type DisplayOptions,
  installDisplayChannel,
  type MimeBundle,
} from '../../display/channel.ts';
import type { ControlLink } from './post.ts';

/** The kernel's side of the display channel. */
export class KernelDisplay implements DisplayChannel {
  #link: ControlLink;
  #controller = new AbortController();

  constructor(link: ControlLink) {
    this.#link = link;
    installDisplayChannel(this);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Gives the next cell a signal of its own. */
  renewSignal(): void {
    if (this.#controller.signal.aborted) this.#controller = new AbortController();
  }

  abort(): void {
    this.#controller.abort(new DOMException('The cell was interrupted', 'AbortError'));
  }

  display(bundle: MimeBundle, { metadata = {}, displayId, update = false }: DisplayOptions = {}): void {
    if (update && displayId === undefined) throw new TypeError('display: expected a displayId together with update');
    this.#link.post({ type: 'display', ...plain({ data: bundle, metadata }), displayId, update });
  }

  clearOutput(wait = false): void {
    this.#link.post({ type: 'clear', wait });
  }
}

/** As JSON has it: a bundle may hold class instances and functions, which cannot cross to another thread. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The `tslab` module, so that notebooks written for tslab run unchanged. */
export function tslabModule(channel: DisplayChannel) {
  const show = (mimeType: string) => (content: string) => channel.display({ [mimeType]: content });
  const showBytes = (mimeType: string) => (content: Uint8Array) =>
    channel.display({ [mimeType]: Buffer.from(content).toString('base64') });
  const viewer = (displayId?: string, shown = { yet: false }) => {
    const text = (mimeType: string) => (content: string) => send({ [mimeType]: content });
    const bytes = (mimeType: string) => (content: Uint8Array) =>
      send({ [mimeType]: Buffer.from(content).toString('base64') });
    const send = (bundle: MimeBundle) => {
      channel.display(bundle, { displayId, update: displayId !== undefined && shown.yet });
      shown.yet = true;
    };
    return {
      javascript: text('text/javascript'),
      html: text('text/html'),
      markdown: text('text/markdown'),
      svg: text('image/svg+xml'),
      text: text('text/plain'),
      png: bytes('image/png'),
      jpeg: bytes('image/jpeg'),
      gif: bytes('image/gif'),
      pdf: bytes('application/pdf'),
      raw: (mimeType: string, content: string | Uint8Array) =>
        send({ [mimeType]: typeof content === 'string' ? content : Buffer.from(content).toString('base64') }),
    };
  };
  void show;
  void showBytes;
  return { display: viewer(), newDisplay: () => viewer(randomUUID()) };
}
