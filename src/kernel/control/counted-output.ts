import { SHARED } from '../threads.ts';

/** Output counts as on its way until `publish` resolves, or until it is dropped. The user thread waits when too much is. */
export abstract class CountedOutput<Publish> {
  protected readonly publish: Publish;
  #shared: Int32Array;

  constructor(publish: Publish, shared: Int32Array) {
    this.publish = publish;
    this.#shared = shared;
  }

  /** Text counts from here on; a display since it was shown. */
  protected count(cost: number): void {
    Atomics.add(this.#shared, SHARED.pressure, cost);
  }

  /** Output of this cost is no longer on its way. */
  protected release(cost: number): void {
    Atomics.sub(this.#shared, SHARED.pressure, cost);
    Atomics.notify(this.#shared, SHARED.pressure);
  }
}
