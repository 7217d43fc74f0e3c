import inspector from 'node:inspector';
import { SHARED } from '../threads.ts';
import type { UserThread } from './user-thread.ts';

/** A thread that does not answer within this time runs code, or is slow today. */
const LOOK_MS = 20;
/**
 * How long the user thread may take to hear that its signal is aborted, if stopping it at once could do harm: long enough
 * for one batch of a training loop.
 */
const PATIENCE_MS = 120;
/** How long a termination may take before it is repeated. */
const REPEAT_MS = 40;
/** After so long it is in a call of the operating system, or of a library, that no termination reaches. */
const STUCK_MS = 1000;

/** Evaluated on the user thread, on top of what runs there. */
const LOOK = `({
  stack: String(new Error().stack),
  isInTensorCode: (globalThis._tfengine?.state?.scopeStack?.length ?? 0) > 0,
})`;

interface Look {
  stack: string;
  isInTensorCode: boolean;
}

export interface Stopped {
  /** The cell's signal was enough, or what ran was unwound. */
  terminated: boolean;
  /** What ran, if that is known. */
  stack: string | undefined;
  /** Code of the cell has its signal, and may be about to end by itself. */
  mayEnd: boolean;
}

/**
 * Stops what runs in the user thread, from outside. A termination unwinds the whole stack and cannot be caught. If nothing
 * runs when it is asked for, it strikes whatever runs next: so pings are sent until one came through and no termination is
 * left, and the next cell is safe.
 */
export class Interrupter {
  #user: UserThread;
  #shared: Int32Array;
  #session = new inspector.Session();
  #terminations = 0;

  constructor(user: UserThread, shared: Int32Array) {
    this.#user = user;
    this.#shared = shared;
    this.#session.connectToMainThread();
  }

  /** Before the process ends: Node would wait for the session otherwise. */
  close(): void {
    this.#session.disconnect();
  }

  /** Aborts the cell's signal, or terminates until the user thread answers again. `onStuck` is called once if that takes long. */
  async interrupt(cell: number, onStuck: () => void): Promise<Stopped> {
    const mayEnd = Atomics.load(this.#shared, SHARED.signalTaken) === 1;
    const aborted = { terminated: false, stack: undefined, mayEnd };
    if (await this.#user.answers(LOOK_MS, cell)) return aborted;
    let seen: Look | undefined;
    const looked = this.#look().then(look => {
      seen = look;
    });
    const answered = this.#user.answers(PATIENCE_MS - LOOK_MS, cell);
    await Promise.race([looked, answered]);
    const isHarmless = seen && isInCell(seen) && !mayEnd;
    if (!isHarmless && (await answered)) return aborted;
    const stuck = setTimeout(onStuck, STUCK_MS);
    do this.#terminate();
    while (!(await this.#user.answers(REPEAT_MS, cell))); // the abort itself may have been struck
    while (this.#terminations > 0) await this.#user.answers(REPEAT_MS);
    clearTimeout(stuck);
    return { terminated: true, stack: seen?.stack, mayEnd };
  }

  /** What runs now. Never settles while it is code that lets nothing in between; empty when nothing runs. */
  #look(): Promise<Look | undefined> {
    return new Promise(resolve => {
      this.#session.post(
        'Runtime.evaluate',
        { expression: LOOK, returnByValue: true, silent: true },
        (error: Error | null, answer?: { result: { value?: Look } }) =>
          resolve(error ? undefined : answer?.result.value),
      );
    });
  }

  #terminate(): void {
    if (this.#terminations > 0) return;
    this.#terminations++;
    this.#session.post('Runtime.terminateExecution', () => {
      this.#terminations--;
    });
  }
}

/** True for the code of a cell, which may be stopped anywhere, but not where a batch of tensors is half done. */
function isInCell({ stack, isInTensorCode }: Look): boolean {
  return !isInTensorCode && /\b(?:cell \w+|Cell In\[\w+\]):\d+:\d+/.test(stack);
}
