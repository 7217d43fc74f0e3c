import type { NameKind } from '../transform/index.ts';

type Target = Record<string, unknown>;

/**
 * The names that cells declare. They are properties of `globalThis`, so that every cell and every closure sees what a
 * name is now; a name of the process itself (`process`, `Map`) goes into `shadows`, which only cells see, as else a
 * cell's `const process = …` would break whatever runs beside it.
 */
export class CellScope {
  readonly shadows: Target = Object.create(null);
  readonly #own = new Set(Object.getOwnPropertyNames(globalThis));
  /** Declared by the running cell and not reached yet, with what stood there before. */
  readonly #unreached = new Map<string, PropertyDescriptor | undefined>();

  /** True when code that mentions these names must look into `shadows` first. */
  hasShadow(names: Iterable<string>): boolean {
    for (const name of names) if (name in this.shadows) return true;
    return false;
  }

  /** Prepares the names of a cell that is about to run. */
  begin(names: Record<string, NameKind>): void {
    this.settle();
    for (const [name, kind] of Object.entries(names)) this.#declare(name, kind);
  }

  /** The cell has ended: what it never reached is as it was before. */
  settle(): void {
    for (const [name, before] of this.#unreached) {
      const target = this.#target(name);
      if (before) Object.defineProperty(target, name, before);
      else delete target[name];
    }
    this.#unreached.clear();
  }

  /** Gives a name a value that no cell assigned, as an import does. */
  define(name: string, descriptor: PropertyDescriptor): void {
    this.#unreached.delete(name);
    const target = this.#target(name);
    const found = Object.getOwnPropertyDescriptor(target, name);
    if (found && !found.configurable) target[name] = 'value' in descriptor ? descriptor.value : descriptor.get?.();
    else Object.defineProperty(target, name, { configurable: true, enumerable: true, ...descriptor });
  }

  #declare(name: string, kind: NameKind): void {
    const target = this.#target(name);
    const before = Object.getOwnPropertyDescriptor(target, name);
    // A global that a script declared as a function: it stays a plain variable for good.
    if (before && !before.configurable) {
      if (kind === 'var') target[name] = undefined;
    } else if (kind === 'var' || kind === 'function') {
      Object.defineProperty(target, name, plain(undefined, true));
    } else this.#await(target, name, kind, before);
  }

  /**
   * Until its declaration is reached, a new name cannot be read, as in a module; one of an earlier cell keeps its value,
   * for the sake of functions that the new value is made with. The first assignment is the declaration's.
   */
  #await(target: Target, name: string, kind: NameKind, before: PropertyDescriptor | undefined): void {
    this.#unreached.set(name, before);
    Object.defineProperty(target, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        if (!before) throw new ReferenceError(`Cannot access '${name}' before initialization`);
        return 'value' in before ? before.value : before.get?.call(globalThis);
      },
      set: (value: unknown) => {
        this.#unreached.delete(name);
        Object.defineProperty(target, name, plain(value, kind === 'let'));
      },
    });
  }

  #target(name: string): Target {
    return this.#own.has(name) ? this.shadows : (globalThis as Target);
  }
}

function plain(value: unknown, writable: boolean): PropertyDescriptor {
  return { value, writable, configurable: true, enumerable: true };
}
