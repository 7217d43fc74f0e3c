import type { Message } from '../protocol/message.ts';
import type { Output } from './outputs.ts';

export interface ExitStatus {
  code: number | null;
  signal: string | null;
  /** Why, as far as it is known: the last that the process wrote to its own stderr. */
  reason: string;
}

export interface ExecuteOptions {
  silent?: boolean;
  storeHistory?: boolean;
  stopOnError?: boolean;
  allowStdin?: boolean;
  /** Called with each message on iopub that belongs to this execution, as it arrives. */
  onOutput?: (message: Message) => void;
}

export interface ExecuteResult {
  status: 'ok' | 'error' | 'aborted';
  executionCount: number | null;
  /** The content of `execute_reply`. */
  content: Record<string, unknown>;
  /** As a notebook file stores them (nbformat 4). */
  outputs: Output[];
}

/** A kernel that runs as a child process, on the direct channel. */
export interface KernelProcess {
  readonly pid: number;
  /** The content of `kernel_info_reply`. */
  readonly info: Record<string, unknown>;
  /** The session of {@link execute} and {@link request}. */
  readonly session: string;
  /** Sends any client's message, on shell, control or stdin. */
  send(message: Message): void;
  /** Everything that the kernel sends, on all channels. Returns a function that unsubscribes. */
  onMessage(listener: (message: Message) => void): () => void;
  onExit(listener: (status: ExitStatus) => void): () => void;
  /** Resolves when the cell that runs has been told to stop. */
  interrupt(): Promise<void>;
  /** Resolves when the process has ended. Asks first, then kills. */
  shutdown(restart?: boolean): Promise<void>;
  kill(): void;
  /** Sends a request and waits for its reply. Rejects when the kernel ends, or with the signal's reason. */
  request(
    channel: 'shell' | 'control',
    type: string,
    content: Record<string, unknown>,
    options?: { signal?: AbortSignal },
  ): Promise<Message>;
  /** Runs code and waits for all its output. Rejects only when the kernel ends. */
  execute(code: string, options?: ExecuteOptions): Promise<ExecuteResult>;
}
