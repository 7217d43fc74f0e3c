import { helpers } from '../../modules/index.ts';

/** Resources of a block. Disposing them throws the error that is set in `e`, or what it meets itself. */
interface Resources {
  /** Takes a resource of `using`, of `await using`. */
  u<T>(resource: T): T;
  a<T>(resource: T): T;
  e: unknown;
  d(): Promise<void> | void;
}

/** One execution of a cell. Whatever of it goes on late touches only this object, never the next execution. */
export class Run {
  value: unknown = undefined;
  readonly segments: ((run: unknown) => Promise<void>)[] = [];
  /** What `using` at the top level of the cell holds until its end. */
  readonly resources = (helpers.usingCtx as () => Resources)();
  #isAbandoned = false;

  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }

  /** Interrupted: none of its awaits goes on. */
  abandon(): void {
    this.#isAbandoned = true;
  }

  /** Waits for what a cell awaits; for ever, once the cell was interrupted. */
  async wait<T>(value: T): Promise<Awaited<T>> {
    try {
      const result = await value;
      if (this.#isAbandoned) await never;
      return result;
    } catch (error) {
      if (this.#isAbandoned) await never;
      throw error;
    }
  }
}

const never = new Promise<never>(() => {});
