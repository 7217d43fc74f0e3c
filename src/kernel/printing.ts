/** Counters that both threads see, Int32 cells by index. Positions count all bytes ever written, and may wrap around. */
const PRINTED = 0;
const TAKEN = 1;
/** 1 while the reader has been told that there is something to read. */
const ANNOUNCED = 2;
/** How many messages the user thread has sent, of all kinds. */
const POSTS = 3;
const COUNTERS = 4;

const SIZE = 1 << 20;
/** Before each text: its cell, then its length in bytes, inverted for stderr. */
const HEAD = 8;
const SKIP_TO_START = -1;
const NO_CELL = 0;
/** A longer text is written in pieces, of at most three bytes a character. */
const PIECE = 16 * 1024;
const WAIT_MS = 100;

export type StreamName = 'stdout' | 'stderr';

/** What travels beside the text: when it arrives, all that was printed before it can be read. */
export interface Envelope<T> {
  message?: T;
  /** The position of the text when this was sent. */
  printed: number;
  /** Which message of the user thread this is. */
  posts: number;
}

export interface PrintingMemory {
  counters: SharedArrayBuffer;
  text: SharedArrayBuffer;
}

export function printingMemory(): PrintingMemory {
  return { counters: new SharedArrayBuffer(4 * COUNTERS), text: new SharedArrayBuffer(SIZE) };
}

/**
 * What cells print, on its way to the control worker in a ring of memory: a message for each line takes several times as
 * long. The user thread may be terminated between any two steps here; what it had begun to write then never shows.
 */
export class PrintWriter<T> {
  #counters: Int32Array;
  #text: Buffer;
  #heads: Int32Array;
  #send: (envelope: Envelope<T>) => void;

  constructor({ counters, text }: PrintingMemory, send: (envelope: Envelope<T>) => void) {
    this.#counters = new Int32Array(counters);
    this.#text = Buffer.from(text);
    this.#heads = new Int32Array(text);
    this.#send = send;
  }

  /** Sends a message that arrives after all that was printed before it, and before all that is printed later. */
  post(message?: T): void {
    const posts = Atomics.add(this.#counters, POSTS, 1) + 1;
    this.#send({ message, printed: Atomics.load(this.#counters, PRINTED), posts });
  }

  print(name: StreamName, text: string, cell: number | undefined): void {
    for (let start = 0; start < text.length; ) {
      let end = Math.min(start + PIECE, text.length);
      if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--;
      this.#write(name, start === 0 && end === text.length ? text : text.slice(start, end), cell ?? NO_CELL);
      start = end;
    }
  }

  #write(name: StreamName, text: string, cell: number): void {
    const before = Atomics.load(this.#counters, PRINTED);
    const toEnd = SIZE - (before & (SIZE - 1));
    const most = recordSize(3 * text.length);
    const skipped = toEnd < most ? toEnd : 0;
    this.#waitForRoom(before, skipped + most);
    if (skipped > 0) this.#heads[(before & (SIZE - 1)) >> 2] = SKIP_TO_START;
    const position = (before + skipped) | 0;
    const place = position & (SIZE - 1);
    const length = this.#text.write(text, place + HEAD);
    this.#heads[place >> 2] = cell;
    this.#heads[(place >> 2) + 1] = name === 'stderr' ? ~length : length;
    Atomics.store(this.#counters, PRINTED, (position + recordSize(length)) | 0);
    if (Atomics.exchange(this.#counters, ANNOUNCED, 1) === 0) this.#announce();
  }

  #announce(): void {
    try {
      this.post();
    } catch (error) {
      // As at the end of the stack.
      Atomics.store(this.#counters, ANNOUNCED, 0);
      throw error;
    }
  }

  #waitForRoom(position: number, size: number): void {
    for (;;) {
      const taken = Atomics.load(this.#counters, TAKEN);
      if (SIZE - ((position - taken) | 0) >= size) return;
      // The announcement may have been lost in a termination.
      if (Atomics.wait(this.#counters, TAKEN, taken, WAIT_MS) === 'timed-out') this.post();
    }
  }
}

export class PrintReader {
  #counters: Int32Array;
  #text: Buffer;
  #heads: Int32Array;
  #onText: (name: StreamName, text: string, cell: number | undefined) => void;

  constructor(
    { counters, text }: PrintingMemory,
    onText: (name: StreamName, text: string, cell: number | undefined) => void,
  ) {
    this.#counters = new Int32Array(counters);
    this.#text = Buffer.from(text);
    this.#heads = new Int32Array(text);
    this.#onText = onText;
  }

  /** Reads what was printed before the message, has it handled, and reads what is known to come before the next one. */
  receive<T>({ message, printed, posts }: Envelope<T>, handle: (message: T) => void): void {
    this.#readTo(printed);
    if (message !== undefined) handle(message);
    Atomics.store(this.#counters, ANNOUNCED, 0);
    const end = Atomics.load(this.#counters, PRINTED);
    if (Atomics.load(this.#counters, POSTS) === posts) this.#readTo(end);
  }

  #readTo(end: number): void {
    let position = Atomics.load(this.#counters, TAKEN);
    let released = position;
    // A message may be older than what was already read.
    while (((end - position) | 0) > 0) {
      const place = position & (SIZE - 1);
      const cell = this.#heads[place >> 2]!;
      if (cell === SKIP_TO_START) {
        position = (position + SIZE - place) | 0;
        continue;
      }
      const inverted = this.#heads[(place >> 2) + 1]!;
      const length = inverted < 0 ? ~inverted : inverted;
      const text = this.#text.toString('utf8', place + HEAD, place + HEAD + length);
      this.#onText(inverted < 0 ? 'stderr' : 'stdout', text, cell === NO_CELL ? undefined : cell);
      position = (position + recordSize(length)) | 0;
      if (((position - released) | 0) > SIZE / 8) {
        this.#release(position);
        released = position;
      }
    }
    this.#release(position);
  }

  #release(position: number): void {
    Atomics.store(this.#counters, TAKEN, position);
    Atomics.notify(this.#counters, TAKEN);
  }
}

function recordSize(length: number): number {
  return (HEAD + length + 7) & ~7;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
