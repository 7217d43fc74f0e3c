import { SHARED } from '../threads.ts';

/** Output of this cost has left: the user thread may go on, if it waits because too much was on its way. */
export function releasePressure(shared: Int32Array, cost: number): void {
  Atomics.sub(shared, SHARED.pressure, cost);
  Atomics.notify(shared, SHARED.pressure);
}
