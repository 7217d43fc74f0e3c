import {
  type DisplayChannel,
  type DisplayOptions,
  installDisplayChannel,
  type MimeBundle,
} from '../../display/channel.ts';
import { currentExecution, owner } from '../execution.ts';
import { withPlainForms } from './forms.ts';
import { learningCurve } from './learning-curve.ts';
import type { ControlLink } from './link.ts';

/** The kernel's side of the display channel. */
export class KernelDisplay implements DisplayChannel {
  #link: ControlLink;

  constructor(link: ControlLink) {
    this.#link = link;
    installDisplayChannel(this);
  }

  get signal(): AbortSignal {
    this.#link.setSignalTaken(true);
    return currentExecution().signal;
  }

  display(bundle: MimeBundle, { metadata = {}, displayId, update = false }: DisplayOptions = {}): void {
    if (update && displayId === undefined) throw new TypeError('display: expected a displayId together with update');
    this.#link.display(JSON.stringify({ data: withPlainForms(bundle), metadata }), { displayId, update });
  }

  draw(value: object): Promise<MimeBundle> | undefined {
    return learningCurve(value);
  }

  clearOutput(wait = false): void {
    this.#link.post({ type: 'clear', cell: owner()?.id, wait });
  }
}
