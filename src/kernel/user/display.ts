import {
  type DisplayChannel,
  type DisplayOptions,
  installDisplayChannel,
  type MimeBundle,
} from '../../display/channel.ts';
import type { ControlLink } from './link.ts';

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

  /** Gives the cell that starts a signal of its own. */
  beginCell(): void {
    this.#controller = new AbortController();
  }

  abort(): void {
    this.#controller.abort(new DOMException('The cell was interrupted', 'AbortError'));
  }

  display(bundle: MimeBundle, { metadata = {}, displayId, update = false }: DisplayOptions = {}): void {
    if (update && displayId === undefined) throw new TypeError('display: expected a displayId together with update');
    this.#link.display(JSON.stringify({ data: bundle, metadata }), { displayId, update });
  }

  clearOutput(wait = false): void {
    this.#link.post({ type: 'clear', wait });
  }
}
