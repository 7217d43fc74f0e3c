import type { Worker } from 'node:worker_threads';
import { type FromUser, OUTPUT_LIMIT } from '../threads.ts';

/** The user thread's end of the line to the control worker. */
export class ControlLink {
  #worker: Worker;
  #pressure: Int32Array;

  constructor(worker: Worker, pressure: SharedArrayBuffer) {
    this.#worker = worker;
    this.#pressure = new Int32Array(pressure);
  }

  post(message: FromUser): void {
    this.#worker.postMessage(message);
  }

  /** Leaves at once, also while the cell spins. Waits while the client is too far behind, so that no flood fills the memory. */
  print(name: 'stdout' | 'stderr', text: string): void {
    if (text === '') return;
    this.post({ type: 'stream', name, text });
    let waiting = Atomics.add(this.#pressure, 0, text.length) + text.length;
    while (waiting > OUTPUT_LIMIT) {
      Atomics.wait(this.#pressure, 0, waiting, 100);
      waiting = Atomics.load(this.#pressure, 0);
    }
  }
}
