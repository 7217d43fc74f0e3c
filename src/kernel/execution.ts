import { context } from './execution-context.ts';

const never = new Promise<never>(() => {});

/**
 * One execution of a cell, and all that it started: its awaits, timers, requests and output know it, also after the cell
 * has ended. Once it was interrupted, nothing of it goes on.
 */
export class Execution {
  readonly id: number;
  #controller = new AbortController();

  constructor(id: number) {
    this.id = id;
  }

  get isAbandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Aborted when the cell is interrupted, for those who want to end in their own way. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The cell was interrupted: none of its awaits or timers goes on. */
  abandon(): void {
    if (!this.isAbandoned) this.#controller.abort(new DOMException('The cell was interrupted', 'AbortError'));
  }

  /** Waits for what the cell awaits; for ever, once it was interrupted. */
  async wait<T>(value: T): Promise<Awaited<T>> {
    try {
      const result = await value;
      if (this.isAbandoned) await never;
      context.resume(this);
      return result;
    } catch (error) {
      if (this.isAbandoned) await never;
      context.resume(this);
      throw error;
    }
  }
}

let latest = new Execution(-1);

/** Begins a cell. What its code starts belongs to the execution, however late it goes on. */
export function beginExecution<T>(execution: Execution, code: () => T): T {
  context.reset();
  latest = execution;
  return context.run(execution, code);
}

/** Runs what a cell has left behind: the callback of a timer. */
export function runIn<T>(execution: Execution, code: () => T): T {
  return context.run(execution, code);
}

/** The cell whose code runs now; undefined when none is known. */
export function owner(): Execution | undefined {
  return context.execution;
}

/** The cell whose code runs now, or else the one that began last. */
export function currentExecution(): Execution {
  return context.execution ?? latest;
}
