import type { StreamName } from '../printing.ts';
import { outputCost } from '../threads.ts';
import { CountedOutput } from './counted-output.ts';

/** Of which execution, if it is known. */
type Publish = (name: StreamName, text: string, cell: number | undefined) => Promise<void>;

/** How long text may wait for more of its kind. */
const DELAY_MS = 15;
/** Text longer than this leaves at once. */
const CHUNK_LENGTH = 256 * 1024;

/**
 * Joins what the cell prints into few messages: a hundred thousand lines become a handful, a single line still shows at once.
 */
export class Streams extends CountedOutput<Publish> {
  #name: StreamName = 'stdout';
  #cell: number | undefined;
  #pieces: string[] = [];
  #length = 0;
  #cost = 0;
  #timer: NodeJS.Timeout | undefined;

  append(name: StreamName, text: string, cell?: number): void {
    if (name !== this.#name || cell !== this.#cell) this.flush();
    this.#name = name;
    this.#cell = cell;
    this.#pieces.push(text);
    this.#length += text.length;
    const cost = outputCost(text);
    this.#cost += cost;
    this.count(cost);
    if (this.#length >= CHUNK_LENGTH) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), DELAY_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#length === 0) return;
    const text = this.#pieces.join('');
    this.#pieces = [];
    const cost = this.#cost;
    this.#length = 0;
    this.#cost = 0;
    void this.publish(this.#name, text, this.#cell).finally(() => this.release(cost));
  }
}
