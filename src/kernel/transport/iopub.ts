import { setTimeout as sleep } from 'node:timers/promises';
import { XPublisher } from 'zeromq';
import { SendQueue } from './sending.ts';

/** Messages that may wait for one subscriber. A long output travels in pieces of some hundred kilobytes. */
const WAITING_LIMIT = 250;
/** How long everybody waits for a subscriber that reads nothing; from then on it misses output. */
const PATIENCE_MS = 5000;
/** How often one that did not read is given another try. */
const FORGIVE_MS = 10_000;
const RETRY_MS = 5;
/** While output is dropped for one subscriber, nobody can tell whether another keeps up: so it must be easy. */
const SLOW_BYTES_PER_MS = 20_000;
const SUBSCRIBE = 1;

/**
 * The socket on which all clients hear what happens. Whoever reads misses nothing, however slow: the kernel waits. Whoever
 * stopped reading neither stops the kernel nor fills its memory.
 */
export class IopubSocket {
  // Its own timeout would not do: a publisher counts as writable, however much waits.
  #socket: XPublisher;
  #queue = new SendQueue();
  #lossyUntil: number | undefined;

  constructor(lingerMs: number) {
    const options = { linger: lingerMs, sendHighWaterMark: WAITING_LIMIT, sendTimeout: 0 };
    this.#socket = new XPublisher({ ...options, verbosity: 'allSubs', noDrop: true });
  }

  bind(address: string): Promise<void> {
    return this.#socket.bind(address);
  }

  /** Calls back with the topic of each subscription. */
  async onSubscribed(callback: (topic: string) => void): Promise<void> {
    try {
      for await (const [frame] of this.#socket) {
        if (frame?.[0] === SUBSCRIBE) callback(frame.subarray(1).toString());
      }
    } catch (error) {
      if (!this.#socket.closed) throw error;
    }
  }

  send(frames: Uint8Array[]): Promise<void> {
    return this.#queue.add(() =>
      this.#lossyUntil === undefined ? this.#sendToAll(frames) : this.#sendToReaders(frames),
    );
  }

  drained(): Promise<void> {
    return this.#queue.drained();
  }

  close(): void {
    this.#socket.close();
  }

  async #sendToAll(frames: Uint8Array[], patienceMs = PATIENCE_MS): Promise<void> {
    for (const until = Date.now() + patienceMs; Date.now() <= until; await sleep(RETRY_MS)) {
      if (this.#socket.closed) return; // what is said after the end
      try {
        await this.#socket.send(frames);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      }
    }
    this.#beLossy(true);
    await this.#sendToReaders(frames);
  }

  async #sendToReaders(frames: Uint8Array[]): Promise<void> {
    if (this.#socket.closed) return;
    if (Date.now() > this.#lossyUntil!) {
      this.#beLossy(false);
      await this.#sendToAll(frames, 0);
      return;
    }
    await this.#socket.send(frames);
    await sleep(frames.reduce((sum, frame) => sum + frame.byteLength, 0) / SLOW_BYTES_PER_MS);
  }

  #beLossy(isLossy: boolean): void {
    this.#lossyUntil = isLossy ? Date.now() + FORGIVE_MS : undefined;
    // The binding warns that this takes effect on the next connection only, which is not so.
    const { emitWarning } = process;
    process.emitWarning = () => {};
    this.#socket.noDrop = !isLossy;
    process.emitWarning = emitWarning;
  }
}
