import { setImmediate } from 'node:timers/promises';

/** How long training may keep the event loop from others. */
const YIELD_MS = 30;

/** Lets others have their turn, if the last turn was long ago. Work that awaits it now and then never blocks a notebook. */
export class Pause {
  #last = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.#last < YIELD_MS) return;
    await setImmediate();
    this.#last = performance.now();
  }
}
