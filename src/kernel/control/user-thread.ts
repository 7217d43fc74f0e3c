import type { MessagePort } from 'node:worker_threads';
import type { Envelope, PrintReader } from '../printing.ts';
import type { FromUser, Outcome, RunRequest, ToUser } from '../threads.ts';

/** An idle thread answers at once; one that is busy again need not. */
const LOCATE_MS = 200;

/** The control worker's end of the line to the user thread. */
export class UserThread {
  #port: MessagePort;
  #cells = new Map<number, (outcome: Outcome) => void>();
  #pongs = new Map<number, (place: string[]) => void>();
  #nextPing = 0;

  constructor(
    port: MessagePort,
    printed: PrintReader,
    onOutput: (message: Exclude<FromUser, { type: 'done' | 'pong' }>) => void,
  ) {
    this.#port = port;
    const handle = (message: FromUser) => {
      if (message.type === 'done') this.#cells.get(message.id)?.(message.outcome);
      else if (message.type === 'pong') this.#pongs.get(message.ping)?.(message.place ?? []);
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
    return (await this.#ask(LOCATE_MS, ping => ({ type: 'locate', id, ping, ...stopped }))) ?? [];
  }

  #ask(timeoutMs: number, message: (ping: number) => ToUser): Promise<string[] | undefined> {
    const ping = this.#nextPing++;
    return new Promise(resolve => {
      const settle = (answer?: string[]) => {
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
