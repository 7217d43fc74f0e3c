/** The module `learnable/kernel`: what a cell can ask of its kernel. The checker reads the declarations built from this file. */
export * from './display.ts';

/** Bytes that travel beside the data as they are, not as text. */
export type CommBuffer = ArrayBuffer | ArrayBufferView;

export interface CommOptions {
  metadata?: Record<string, unknown>;
  buffers?: CommBuffer[];
}

// biome-ignore lint/suspicious/noExplicitAny: what the page sends is known to the learner only
export interface CommMessage<Data = any> {
  data: Data;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

/** May be async. What it throws is reported, and ends nothing. */
export type CommHandler = (message: CommMessage) => unknown;

/** A line between the kernel and the page, for messages that belong to no cell: a slider that moves, a widget's state. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  readonly isOpen: boolean;
  /** Sends data, as JSON. Throws once the comm is closed. */
  send(data: unknown, options?: CommOptions): void;
  /** Closes both ends; does nothing if it is closed. */
  close(data?: unknown, options?: CommOptions): void;
  /** Called with each message from the page, while no code runs: after a cell, or while one awaits. Returns a function that unsubscribes. */
  onMessage(handler: CommHandler): () => void;
  /** Called when the page closes the comm. Returns a function that unsubscribes. */
  onClose(handler: CommHandler): () => void;
}

/**
 * Opens a comm to what the page has registered as `target`.
 *
 * @example
 * const comm = openComm('slider', { value: 3 });
 * comm.onMessage(({ data }) => console.log(data.value));
 */
export function openComm(target: string, data?: unknown, options?: CommOptions): Comm {
  return host('openComm').open(target, data, options);
}

/**
 * Has `onOpen` called when the page opens a comm to `target`, with its first message. A later registration of the same
 * name takes the place of this one. Returns a function that takes it back.
 *
 * @example
 * registerCommTarget('echo', comm => comm.onMessage(({ data, buffers }) => comm.send(data, { buffers })));
 */
export function registerCommTarget(target: string, onOpen: (comm: Comm, message: CommMessage) => unknown): () => void {
  return host('registerCommTarget').register(target, onOpen);
}

/** On `globalThis`, as this module may be loaded more than once: by a cell, and by a file that the cell imports. */
const HOST = Symbol.for('learnable.comms');

interface CommHost {
  open(target: string, data?: unknown, options?: CommOptions): Comm;
  register(target: string, onOpen: (comm: Comm, message: CommMessage) => unknown): () => void;
}

function host(caller: string): CommHost {
  const comms = (globalThis as Record<symbol, unknown>)[HOST];
  if (!comms) throw new Error(`${caller}: expected to run in a notebook, found no kernel. Run it in a cell.`);
  return comms as CommHost;
}
