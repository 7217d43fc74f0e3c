import { AsyncLocalStorage } from 'node:async_hooks';
import type { Execution } from './execution.ts';

/** Follows which cell's code runs now, through timers and awaits. */
interface ExecutionContext {
  readonly execution: Execution | undefined;
  run<T>(execution: Execution, code: () => T): T;
  /** Code that awaited goes on, now. */
  resume(execution: Execution): void;
  /** Nothing runs any more, even if it was terminated. */
  reset(): void;
}

/** From Node 24 on: follows everything. */
class FollowedContext implements ExecutionContext {
  #storage = new AsyncLocalStorage<Execution>();

  get execution(): Execution | undefined {
    return this.#storage.getStore();
  }

  run<T>(execution: Execution, code: () => T): T {
    return this.#storage.run(execution, code);
  }

  resume(): void {}

  reset(): void {}
}

/** Carried by hand, where cells await and in the callbacks of timers. Unknown elsewhere. */
class CarriedContext implements ExecutionContext {
  #execution: Execution | undefined;

  get execution(): Execution | undefined {
    return this.#execution;
  }

  run<T>(execution: Execution, code: () => T): T {
    const before = this.#execution;
    this.#execution = execution;
    try {
      return code();
    } finally {
      this.#execution = before;
    }
  }

  resume(execution: Execution): void {
    this.#execution = execution;
    queueMicrotask(() => this.reset());
  }

  reset(): void {
    this.#execution = undefined;
  }
}

/** Before Node 24 its storage needs async hooks; with those Node aborts when code that awaits is terminated. */
const needsHooks = '_enable' in AsyncLocalStorage.prototype;

export const context: ExecutionContext = needsHooks ? new CarriedContext() : new FollowedContext();
