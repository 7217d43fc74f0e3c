import { type MessagePort, receiveMessageOnPort, type Worker } from 'node:worker_threads';
import { owner } from '../execution.ts';
import { type PrintingMemory, PrintWriter } from '../printing.ts';
import { displayCost, type FromUser, OUTPUT_LIMIT, SHARED } from '../threads.ts';

/** The user thread's end of the line to the control worker. */
export class ControlLink {
  #writer: PrintWriter<FromUser>;
  #shared: Int32Array;
  #input: MessagePort;

  constructor(
    worker: Worker,
    { shared, printing, input }: { shared: SharedArrayBuffer; printing: PrintingMemory; input: MessagePort },
  ) {
    this.#writer = new PrintWriter(printing, envelope => worker.postMessage(envelope));
    this.#shared = new Int32Array(shared);
    this.#input = input;
  }

  post(message: FromUser): void {
    this.#writer.post(message);
  }

  /** Leaves at once, also while the cell spins. Waits while the client is too far behind, so that no flood fills the memory. */
  print(name: 'stdout' | 'stderr', text: string): void {
    this.#wait();
    this.#writer.print(name, text, owner()?.id);
  }

  /** `bundle` is JSON of data and metadata. Waits as {@link print} does. */
  display(bundle: string, options: { displayId: string | undefined; update: boolean }): void {
    const cost = displayCost(bundle);
    this.post({ type: 'display', cell: owner()?.id, bundle, cost, ...options });
    Atomics.add(this.#shared, SHARED.pressure, cost);
    this.#wait();
  }

  #wait(): void {
    for (;;) {
      const waiting = Atomics.load(this.#shared, SHARED.pressure);
      if (waiting <= OUTPUT_LIMIT) return;
      Atomics.wait(this.#shared, SHARED.pressure, waiting, 100);
    }
  }

  /** Waits, with the whole thread, for what the reader types; null when this client cannot be asked. */
  ask(prompt: string, password: boolean): string | null {
    while (receiveMessageOnPort(this.#input)) {} // an answer that came after an interrupt
    Atomics.store(this.#shared, SHARED.input, 0);
    this.post({ type: 'input', prompt, password });
    Atomics.wait(this.#shared, SHARED.input, 0);
    return receiveMessageOnPort(this.#input)?.message ?? null;
  }

  /** Somebody waits for the cell's signal, and gets the time to end in their own way. */
  setSignalTaken(taken: boolean): void {
    Atomics.store(this.#shared, SHARED.signalTaken, taken ? 1 : 0);
  }

  /** Ends the process by way of the control worker, which closes its sockets first. Never returns. */
  exit(code: number, end: (code: number) => never): never {
    this.post({ type: 'exit', code });
    Atomics.wait(this.#shared, SHARED.exit, 0);
    return end(code);
  }
}
