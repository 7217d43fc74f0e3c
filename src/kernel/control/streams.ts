type StreamName = 'stdout' | 'stderr';

/** How long text may wait for more of its kind. */
const DELAY_MS = 15;
/** Text longer than this leaves at once. */
const CHUNK_LENGTH = 256 * 1024;

/**
 * Joins what the cell prints into few messages: a hundred thousand lines become a handful, a single line still shows at once.
 * `publish` resolves when the text has left, and its size is then released from `pressure`.
 */
export class Streams {
  #name: StreamName = 'stdout';
  #pieces: string[] = [];
  #length = 0;
  #timer: NodeJS.Timeout | undefined;
  #publish: (name: StreamName, text: string) => Promise<void>;
  #pressure: Int32Array;

  constructor(publish: (name: StreamName, text: string) => Promise<void>, pressure: SharedArrayBuffer) {
    this.#publish = publish;
    this.#pressure = new Int32Array(pressure);
  }

  append(name: StreamName, text: string): void {
    if (name !== this.#name) this.flush();
    this.#name = name;
    this.#pieces.push(text);
    this.#length += text.length;
    if (this.#length >= CHUNK_LENGTH) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), DELAY_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#length === 0) return;
    const text = this.#pieces.join('');
    this.#pieces = [];
    this.#length = 0;
    void this.#publish(this.#name, text).finally(() => this.release(text.length));
  }

  /** Lets the user thread go on when it waits because too much was on its way. */
  release(size: number): void {
    Atomics.sub(this.#pressure, 0, size);
    Atomics.notify(this.#pressure, 0);
  }
}
