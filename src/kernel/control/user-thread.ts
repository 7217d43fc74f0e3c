import type { MessagePort } from 'node:worker_threads';
import type { Envelope, PrintReader } from '../printing.ts';
import type { FromUser, Outcome, RunRequest, ToUser } from '../threads.ts';

/** An idle thread answers at once; one that is busy again need not. */
const LOCATE_MS = 200;

/** Somebody waits for the rest of the answer. */
const PEEK_MS = 100;

type Pong = Extract<FromUser, { type: 'pong' }>;

/** The control worker's end of the line to the user thread. */
export class UserThread {
  #port: MessagePort;
  #cells = new Map<number, (outcome: Outcome) => void>();
  #pongs = new Map<number, (pong: Pong) => void>();
  #nextPing = 0;

  constructor(
    port: MessagePort,
    printed: PrintReader,
    onOutput: (message: Exclude<FromUser, { type: 'done' | 'pong' }>) => void,
  ) {
    this.#port = port;
    const handle = (message: FromUser) => {
      if (message.type === 'done') this.#cells.get(message.id)?.(message.outcome);
      else if (message.type === 'pong') this.#pongs.get(message.ping)?.(message);
      else onOutput(message);
    };
    port.on('message', (envelope: Envelope<FromUser>) => printed.receive(envelope, handle));
  }

  post(message: ToUser): void {
    this.#port.postMessage(message);
  }

  /** Runs a cell. The promise of a cell that was terminated never settles: {@link forget} it. */
  run(request: RunRequest): Promise<Outcome> {
    return new Promise(resolve => {
      this.#cells.set(request.id, outcome => {
        this.#cells.delete(request.id);
        resolve(outcome);
      });
      this.post(request);
    });
  }

  forget(id: number): void {
    this.#cells.delete(id);
  }

  /** True when the user thread answers within that time, which it cannot while code spins in it. */
  async answers(timeoutMs: number, interruptedCell?: number): Promise<boolean> {
    const answer = await this.#ask(timeoutMs, ping =>
      interruptedCell === undefined ? { type: 'ping', ping } : { type: 'interrupt', id: interruptedCell, ping },
    );
    return answer !== undefined;
  }

  /** Where a cell that was stopped stood, as lines of a traceback; none when that is not known. */
  async locate(id: number, stopped: { terminated: boolean; stack: string | undefined }): Promise<string[]> {
    return (await this.#ask(LOCATE_MS, ping => ({ type: 'locate', id, ping, ...stopped })))?.place ?? [];
  }

  /** What a name, or a property of what it names, holds now; undefined when that cannot be told at once. */
  async peek(path: string[]): Promise<string | undefined> {
    return (await this.#ask(PEEK_MS, ping => ({ type: 'peek', path, ping })))?.value;
  }

  #ask(timeoutMs: number, message: (ping: number) => ToUser): Promise<Pong | undefined> {
    const ping = this.#nextPing++;
    return new Promise(resolve => {
      const settle = (answer?: Pong) => {
        clearTimeout(timer);
        this.#pongs.delete(ping);
        resolve(answer);
      };
      const timer = setTimeout(settle, timeoutMs);
      this.#pongs.set(ping, settle);
      this.post(message(ping));
    });
  }
}
