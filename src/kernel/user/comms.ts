import { randomUUID } from 'node:crypto';
import type { CommPacket, ToUser } from '../threads.ts';
import type { ControlLink } from './link.ts';
import type { Comm, CommHandler, CommMessage, CommOptions } from './modules/kernel.ts';

type Delivery = Extract<ToUser, { type: 'comm' }>;
type OpenHandler = (comm: Comm, message: CommMessage) => unknown;

/** The comms of this kernel: opened here or by the page, with the handlers of the learner's code. */
export class Comms {
  #link: ControlLink;
  #report: (what: string, error: unknown) => void;
  #targets = new Map<string, OpenHandler>();
  #comms = new Map<string, OpenComm>();

  constructor(link: ControlLink, report: (what: string, error: unknown) => void) {
    this.#link = link;
    this.#report = report;
    // Where the module `learnable/kernel` finds it.
    Object.defineProperty(globalThis, Symbol.for('learnable.comms'), { value: this, configurable: true });
  }

  open(target: string, data?: unknown, options?: CommOptions): Comm {
    const comm = this.#create(randomUUID(), target);
    comm.post('open', data, options);
    this.#comms.set(comm.id, comm);
    return comm;
  }

  register(target: string, onOpen: OpenHandler): () => void {
    if (typeof onOpen !== 'function') {
      throw new TypeError(`registerCommTarget(${JSON.stringify(target)}): expected a function, received ${onOpen}`);
    }
    this.#targets.set(target, onOpen);
    this.#link.post({ type: 'comm-target', target, isRegistered: true });
    return () => {
      if (this.#targets.get(target) !== onOpen) return;
      this.#targets.delete(target);
      this.#link.post({ type: 'comm-target', target, isRegistered: false });
    };
  }

  /** Hands a message of the page to its handlers. Never throws: what they throw is reported. */
  deliver({ delivery, action, comm: id, target, ...message }: Delivery): void {
    const say = (state: 'began' | 'awaits' | 'ended') => this.#link.post({ type: 'comm-delivery', delivery, state });
    say('began');
    const comm = action === 'open' ? this.#accept(id, target) : this.#comms.get(id);
    const pending = comm ? this.#handle(comm, action, message) : [];
    if (pending.length > 0) say('awaits');
    void Promise.allSettled(pending).then(() => say('ended'));
  }

  #handle(comm: OpenComm, action: Delivery['action'], message: CommMessage): Promise<void>[] {
    const handlers = action === 'open' ? [this.#opener(comm)] : comm.handlers(action);
    if (action === 'close') this.#comms.delete(comm.id);
    return handlers.flatMap(handler => this.#call(comm, handler, message) ?? []);
  }

  /** A promise when the handler is async. */
  #call(comm: OpenComm, handler: CommHandler, message: CommMessage): Promise<void> | undefined {
    const failed = (error: unknown) => this.#report(`Error in a handler of the comm ${comm.target}:`, error);
    try {
      const result = handler(message);
      return result instanceof Promise ? result.then(() => {}, failed) : undefined;
    } catch (error) {
      failed(error);
    }
  }

  #accept(id: string, target: string): OpenComm | undefined {
    if (!this.#targets.has(target)) return undefined;
    const comm = this.#create(id, target);
    this.#comms.set(id, comm);
    return comm;
  }

  /** A comm whose opening failed is of no use to the page. */
  #opener(comm: OpenComm): CommHandler {
    const onOpen = this.#targets.get(comm.target)!;
    return message => {
      const close = (error: unknown) => {
        comm.close();
        throw error;
      };
      try {
        const result = onOpen(comm, message);
        return result instanceof Promise ? result.catch(close) : undefined;
      } catch (error) {
        close(error);
      }
    };
  }

  #create(id: string, target: string): OpenComm {
    return new OpenComm(id, target, packet => {
      this.#link.post(packet);
      if (packet.action === 'close') this.#comms.delete(id);
    });
  }
}

class OpenComm implements Comm {
  readonly id: string;
  readonly target: string;
  #isOpen = true;
  #post: (packet: CommPacket) => void;
  #handlers = { message: new Set<CommHandler>(), close: new Set<CommHandler>() };

  constructor(id: string, target: string, post: (packet: CommPacket) => void) {
    this.id = id;
    this.target = target;
    this.#post = post;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  send(data: unknown, options?: CommOptions): void {
    if (!this.#isOpen) throw new Error(`comm ${this.target}: send after it was closed. Open another one.`);
    this.post('message', data, options);
  }

  close(data?: unknown, options?: CommOptions): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.post('close', data, options);
  }

  onMessage(handler: CommHandler): () => void {
    return subscribe(this.#handlers.message, handler);
  }

  onClose(handler: CommHandler): () => void {
    return subscribe(this.#handlers.close, handler);
  }

  handlers(action: 'message' | 'close'): CommHandler[] {
    if (action === 'close') this.#isOpen = false;
    return [...this.#handlers[action]];
  }

  post(action: CommPacket['action'], data: unknown = {}, { metadata = {}, buffers = [] }: CommOptions = {}): void {
    this.#post({
      type: 'comm',
      action,
      comm: this.id,
      target: this.target,
      data: asJson(data, `comm ${this.target}: data`),
      metadata: asJson(metadata, `comm ${this.target}: metadata`),
      buffers: buffers.map(toBytes),
    });
  }
}

function subscribe(handlers: Set<CommHandler>, handler: CommHandler): () => void {
  if (typeof handler !== 'function') throw new TypeError(`expected a function as handler, received ${typeof handler}`);
  handlers.add(handler);
  return () => {
    handlers.delete(handler);
  };
}

function asJson<T>(value: T, what: string): T {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch (error) {
    throw new TypeError(`${what} cannot be sent as JSON: ${(error as Error).message}. Send bytes as buffers.`);
  }
}

/** A copy, so that the cell may go on to change what it sends. */
function toBytes(buffer: unknown): Uint8Array {
  if (ArrayBuffer.isView(buffer)) return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).slice();
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer.slice(0));
  throw new TypeError(`buffers: expected ArrayBuffers or views of them, received ${typeof buffer}`);
}
