import inspector from 'node:inspector';
import type { UserThread } from './user-thread.ts';

/**
 * How long the user thread may take to hear that its signal is aborted, before it counts as spinning. Long enough for one
 * batch of a training loop, as a termination inside a `tf.tidy` would leave its scope open.
 */
const PATIENCE_MS = 120;
/** How long a termination may take before it is repeated. */
const REPEAT_MS = 40;

/**
 * Stops what runs in the user thread, from outside. A termination unwinds the whole stack and cannot be caught. If nothing
 * runs when it is asked for, it strikes whatever runs next: so pings are sent until one came through and no termination is
 * left, and the next cell is safe.
 */
export class Interrupter {
  #user: UserThread;
  #session = new inspector.Session();
  #terminations = 0;

  constructor(user: UserThread) {
    this.#user = user;
    this.#session.connectToMainThread();
  }

  /** Before the process ends: Node would wait for the session otherwise. */
  close(): void {
    this.#session.disconnect();
  }

  /** Aborts the cell's signal, or terminates until the user thread answers again; tells which of the two it took. */
  async interrupt(cell: number): Promise<'aborted' | 'terminated'> {
    if (await this.#user.answers(PATIENCE_MS, cell)) return 'aborted';
    do this.#terminate();
    while (!(await this.#user.answers(REPEAT_MS)));
    while (this.#terminations > 0) await this.#user.answers(REPEAT_MS);
    return 'terminated';
  }

  #terminate(): void {
    if (this.#terminations > 0) return;
    this.#terminations++;
    this.#session.post('Runtime.terminateExecution', () => {
      this.#terminations--;
    });
  }
}
