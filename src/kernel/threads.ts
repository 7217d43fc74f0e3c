/** What the user thread and the control worker say to each other. */
import type { MessagePort } from 'node:worker_threads';
import type { MimeBundle } from '../display/channel.ts';
import type { PrintingMemory } from './printing.ts';
import type { TransformedCell } from './transform/types.ts';

/** Without the first, Node aborts when code that awaits is terminated. The second keeps notes on our own use of `vm` out of cells. */
export const NODE_FLAGS = ['--no-force-async-hooks-checks', '--disable-warning=ExperimentalWarning'];

/** Given to the control worker when it starts. */
export interface ControlOptions {
  connection: { kind: 'direct'; path: string } | { kind: 'zeromq'; file: string };
  directory: string;
  /** {@link SHARED}. */
  shared: SharedArrayBuffer;
  /** What cells print. */
  printing: PrintingMemory;
  /** Where the user thread reads what was typed. */
  input: MessagePort;
}

/** Memory that both threads see: Int32 cells, by index. */
export const SHARED = {
  /** Cost of the output that waits to leave; the user thread waits while it is over {@link OUTPUT_LIMIT}. */
  pressure: 0,
  /** 1 when the process may end. */
  exit: 1,
  /** 1 when an answer to `prompt()` lies in the input port. */
  input: 2,
  /** 1 when code of the cell has taken its signal, and may end by itself. */
  signalTaken: 3,
  cells: 4,
} as const;

/** Output that may wait for the client, beside what is still being printed. */
export const OUTPUT_LIMIT = 4 * 1024 * 1024;

/** What a text costs of {@link OUTPUT_LIMIT}: its length, and what stands around it until it is joined with others. */
export function outputCost(text: string): number {
  return text.length + 64;
}

/** What a display costs of {@link OUTPUT_LIMIT}: it is a message of its own, a thousand of which take about 100 ms. */
export function displayCost(bundle: string): number {
  return bundle.length + 2048;
}

export interface RunRequest {
  type: 'run';
  id: number;
  /** The name of the cell in stack traces. */
  name: string;
  source: string;
  cell: TransformedCell;
  /** The expressions of `user_expressions`, transformed; an error is the text of why it could not be. */
  expressions: Record<string, TransformedCell | { error: ErrorReport }>;
}

/** What travels on a comm, in both directions. */
export interface CommPacket {
  type: 'comm';
  action: 'open' | 'message' | 'close';
  comm: string;
  target: string;
  data: unknown;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

export type ToUser =
  | RunRequest
  | (CommPacket & { delivery: number })
  /** Abort the signal of that cell, then answer. */
  | { type: 'interrupt'; id: number; ping: number }
  | { type: 'ping'; ping: number }
  /** Tell what a name, or a property of what it names, holds. */
  | { type: 'peek'; path: string[]; ping: number }
  /** Tell where that cell stood; with `terminated`, after it was terminated with this stack. */
  | { type: 'locate'; id: number; ping: number; terminated: boolean; stack: string | undefined }
  | { type: 'exit'; code: number };

export interface ErrorReport {
  ename: string;
  evalue: string;
  /** Lines with ANSI colours. */
  traceback: string[];
}

export interface Shown {
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

export type Outcome =
  | { status: 'ok'; result?: Shown; expressions: Record<string, Expression> }
  | ({ status: 'error' } & ErrorReport);

export type Expression = ({ status: 'ok' } & Shown) | ({ status: 'error' } & ErrorReport);

/** Which execution it comes from; undefined for the one that runs, or ran last. */
interface OfCell {
  cell: number | undefined;
}

/** Beside these, text is printed through `printing.ts`. */
export type FromUser =
  /** An error that no code of the cell waited for. */
  | ({ type: 'error' } & ErrorReport & OfCell)
  /** `bundle` is JSON of its data and metadata; `cost` is what it counts of {@link OUTPUT_LIMIT}. */
  | ({ type: 'display'; bundle: string; cost: number; displayId?: string; update: boolean } & OfCell)
  | ({ type: 'clear'; wait: boolean } & OfCell)
  | { type: 'done'; id: number; outcome: Outcome }
  | CommPacket
  | { type: 'comm-target'; target: string; isRegistered: boolean }
  /** The handlers of a delivery: were called, have returned a promise, are done. */
  | { type: 'comm-delivery'; delivery: number; state: 'began' | 'awaits' | 'ended' }
  | { type: 'pong'; ping: number; place?: string[]; value?: string }
  | { type: 'input'; prompt: string; password: boolean }
  /** The process received SIGINT. */
  | { type: 'interrupt' }
  /** The learner's code called process.exit. */
  | { type: 'exit'; code: number };
