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
}
