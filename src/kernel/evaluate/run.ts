/** One execution of a cell. Whatever of it goes on late touches only this object, never the next execution. */
export class Run {
  value: unknown = undefined;
  readonly segments: ((run: unknown) => Promise<void>)[] = [];
  #resources: { resource: object; isAsync: boolean }[] = [];
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

  use<T>(resource: T): T {
    if (resource === null || resource === undefined) return resource;
    const { asyncDispose, dispose } = disposers(resource);
    if (!asyncDispose && !dispose) {
      throw new TypeError('`using` expected an object with a [Symbol.dispose]() method, null or undefined.');
    }
    this.#resources.push({ resource: resource as object, isAsync: asyncDispose !== undefined });
    return resource;
  }

  /** Ends what `using` began, the last first. Throws the first error after all were tried. */
  async disposeAll(): Promise<void> {
    const errors: unknown[] = [];
    for (const { resource } of this.#resources.splice(0).reverse()) {
      const { asyncDispose, dispose } = disposers(resource);
      try {
        await (asyncDispose ?? dispose)?.call(resource);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}

const never = new Promise<never>(() => {});

type Disposer = (() => unknown) | undefined;

function disposers(resource: unknown): { asyncDispose: Disposer; dispose: Disposer } {
  const object = resource as Record<symbol, Disposer>;
  return { asyncDispose: object[Symbol.asyncDispose], dispose: object[Symbol.dispose] };
}
