import type { ChildProcess } from 'node:child_process';
import type net from 'node:net';
import { createMessage } from '../protocol/create.ts';
import type { Message } from '../protocol/message.ts';
import { encodeFrame, FrameReader } from '../transport/frames.ts';
import { OutputCollector } from './outputs.ts';
import type { ExecuteOptions, ExecuteResult, ExitStatus, KernelProcess } from './types.ts';

/** How long a kernel may take to end after it was asked. */
const SHUTDOWN_MS = 2000;
const STDERR_KEPT = 4000;
/** How long after a process has ended what it sent may take to arrive. */
const LAST_WORDS_MS = 1000;
const OUT_OF_MEMORY = /heap out of memory|Array buffer allocation failed/;
const MEMORY_REASON =
  'The kernel ran out of memory. Its variables are lost. Keep less data at once, and free tensors early: tf.tidy(() => …) for ' +
  'what a function makes, tensor.dispose() for the rest. To allow more, start it with NODE_OPTIONS=--max-old-space-size=8192 (MB).';

/** The parent's end of the direct channel. */
export class DirectKernel implements KernelProcess {
  readonly session: string;
  info: Record<string, unknown> = {};
  #child: ChildProcess;
  #socket: net.Socket | undefined;
  #listeners = new Set<(message: Message) => void>();
  #exitListeners = new Set<(status: ExitStatus) => void>();
  #stderr = '';
  #isOutOfMemory = false;
  #status: ExitStatus | undefined;

  constructor(child: ChildProcess, session: string) {
    this.#child = child;
    this.session = session;
    child.stdout?.resume();
    child.stderr?.setEncoding('utf8').on('data', text => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
      // Its stack, and what other parts say as they go down with it, may be longer than what is kept.
      this.#isOutOfMemory ||= OUT_OF_MEMORY.test(this.#stderr);
    });
    child.once('error', error => this.#end({ code: null, signal: null, reason: error.message }));
    child.once('close', (code, signal) => {
      const end = () => this.#end({ code, signal, reason: this.#reasonFor(code) });
      // Its last words may still be on their way.
      if (this.#socket === undefined || this.#socket.closed) end();
      else {
        this.#socket.once('close', end);
        setTimeout(end, LAST_WORDS_MS).unref();
      }
    });
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  attach(socket: net.Socket): void {
    this.#socket = socket;
    const reader = new FrameReader();
    socket.on('data', chunk => {
      for (const message of reader.push(chunk)) {
        if (message instanceof Error) throw message;
        for (const listener of [...this.#listeners]) listener(message);
      }
    });
    socket.on('error', () => {}); // the end of the process follows
  }

  async readInfo(): Promise<void> {
    this.info = (await this.request('shell', 'kernel_info_request', {})).content;
  }

  send(message: Message): void {
    if (this.#socket?.writable) this.#socket.write(encodeFrame(message));
  }

  onMessage(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onExit(listener: (status: ExitStatus) => void): () => void {
    if (this.#status) listener(this.#status);
    else this.#exitListeners.add(listener);
    return () => this.#exitListeners.delete(listener);
  }

  async interrupt(): Promise<void> {
    await this.request('control', 'interrupt_request', {});
  }

  async shutdown(restart = false): Promise<void> {
    const ended = new Promise<void>(resolve => this.onExit(() => resolve()));
    const timer = setTimeout(() => this.kill(), SHUTDOWN_MS);
    this.send(createMessage('control', 'shutdown_request', { restart }, { session: this.session }));
    await ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  request(
    channel: 'shell' | 'control',
    type: string,
    content: Record<string, unknown>,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<Message> {
    const message = createMessage(channel, type, content, { session: this.session });
    return this.#converse(message, signal, (answer, resolve) => {
      if (answer.channel === channel) resolve(answer);
    });
  }

  execute(
    code: string,
    { silent = false, storeHistory = !silent, stopOnError = true, allowStdin = false, onOutput }: ExecuteOptions = {},
  ): Promise<ExecuteResult> {
    const content = {
      code,
      silent,
      store_history: storeHistory,
      stop_on_error: stopOnError,
      allow_stdin: allowStdin,
      user_expressions: {},
    };
    const message = createMessage('shell', 'execute_request', content, { session: this.session });
    const collector = new OutputCollector();
    let reply: Message | undefined;
    let idle = false;
    return this.#converse(message, undefined, (answer, resolve) => {
      if (answer.channel === 'shell') reply = answer;
      if (answer.channel === 'iopub') {
        onOutput?.(answer);
        if (answer.header.msg_type === 'status') idle = answer.content.execution_state === 'idle';
        else collector.add(answer);
      }
      if (reply && idle) resolve(executeResult(reply.content, collector));
    });
  }

  /** Sends a message and hands each answer to `handle`, until it resolves. */
  #converse<T>(
    message: Message,
    signal: AbortSignal | undefined,
    handle: (answer: Message, resolve: (value: T) => void) => void,
  ): Promise<T> {
    const stops: (() => void)[] = [];
    return new Promise<T>((resolve, reject) => {
      const abort = () => reject(signal!.reason);
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, { once: true });
      stops.push(
        () => signal?.removeEventListener('abort', abort),
        this.onMessage(answer => {
          if (answer.parent_header.msg_id === message.header.msg_id) handle(answer, resolve);
        }),
        this.onExit(status => reject(endedError(message.header.msg_type, status))),
      );
      this.send(message);
    }).finally(() => {
      for (const stop of stops) stop();
    });
  }

  /** What stands on stderr after an end without fault is no reason: TypeScript's process says there that it was closed. */
  #reasonFor(code: number | null): string {
    if (code === 0) return '';
    return this.#isOutOfMemory ? MEMORY_REASON : this.#stderr.trim();
  }

  #end(status: ExitStatus): void {
    if (this.#status) return;
    this.#status = status;
    for (const listener of this.#exitListeners) listener(status);
  }
}

function executeResult(content: Record<string, unknown>, { outputs }: OutputCollector): ExecuteResult {
  const { status, execution_count } = content;
  return {
    status: status as ExecuteResult['status'],
    executionCount: typeof execution_count === 'number' ? execution_count : null,
    content,
    outputs,
  };
}

function endedError(what: string, { code, signal, reason }: ExitStatus): Error {
  return new Error(
    `the kernel ended (${signal ?? `exit code ${code}`}) before it answered ${what}${reason ? `\n${reason}` : ''}`,
  );
}
