import { context } from './execution-context.ts';

const interruptions = new WeakSet<object>();

/** True for the error with which an interrupt ends a request: nothing went wrong. */
export function isInterruption(error: unknown): boolean {
  return error instanceof DOMException && interruptions.has(error);
}

/** A place in the source of a cell, which need not be the one that runs: it may call functions of others. */
export interface CellPlace {
  cell: string;
  offset: number;
  /** In no function. */
  isTopLevel: boolean;
}

/**
 * One execution of a cell, and all that it started: its awaits, timers, requests and output know it, also after the cell
 * has ended. Once it was interrupted, nothing of it goes on.
 */
export class Execution {
  readonly id: number;
  /** Where it waits now, in the order in which it came there. */
  readonly places = new Set<CellPlace>();
  /** What an await threw last, and the await in the cell's code that it came through first. */
  failure: { error: unknown; place: CellPlace } | undefined;
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
    if (this.isAbandoned) return;
    const reason = new DOMException('The cell was interrupted', 'AbortError');
    interruptions.add(reason);
    this.#controller.abort(reason);
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

/** Code of this execution that awaited goes on, now. */
export function resumeExecution(execution: Execution): void {
  context.resume(execution);
}

/** The cell whose code runs now; undefined when none is known. */
export function owner(): Execution | undefined {
  return context.execution;
}

/** The cell whose code runs now, or else the one that began last. */
export function currentExecution(): Execution {
  return context.execution ?? latest;
}
