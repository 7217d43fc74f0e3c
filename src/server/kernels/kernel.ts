import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../../kernel/client/index.ts';
import { HttpError } from '../http/errors.ts';
import { type ClientConnection, KernelClients } from './clients.ts';
import { type KernelProcess, type StartKernel, type StartKernelOptions, serverMessage } from './process.ts';
import type { PageMessage } from './run-model.ts';
import { Runs } from './runs.ts';
import { type Ending, endingOf, UnansweredRuns } from './unanswered.ts';

/** What the kernels API answers. */
export interface KernelModel {
  id: string;
  name: string;
  last_activity: string;
  execution_state: string;
  connections: number;
}

const RESTARTS_PER_MINUTE = 3;
const SHUTDOWN_MS = 5000;
/** So many messages of clients are known again when a page, unsure whether they arrived, sends them once more. */
const MESSAGES_KNOWN = 5000;

/** One kernel as its clients see it: its identity stays while the process behind it is restarted. */
export class ManagedKernel {
  readonly id = crypto.randomUUID();
  readonly name: string;
  readonly #start: StartKernel;
  readonly #options: StartKernelOptions;
  readonly #log: (line: string) => void;
  readonly #clients: KernelClients;
  /**
   * The session in the kernel's own messages. What the server announces carries it too: JupyterLab drops messages that
   * it has not handled yet when one of another session arrives.
   */
  #session = crypto.randomUUID() as string;
  #process: KernelProcess | undefined;
  #state = 'starting';
  #lastActivity = new Date();
  #deaths: number[] = [];
  /** What clients sent while no process was there to take it. */
  #queued: Message[] = [];
  readonly #runs = new Runs(session => this.#clients.isConnected(session));
  readonly #unanswered = new UnansweredRuns();
  readonly #known = new Set<string>();
  #closed = false;
  /** Starts, restarts and the shutdown wait for each other. */
  #lifecycle: Promise<unknown> = Promise.resolve();

  constructor(name: string, start: StartKernel, options: StartKernelOptions, log: (line: string) => void) {
    this.name = name;
    this.#start = start;
    this.#options = options;
    this.#log = log;
    this.#clients = new KernelClients(log);
  }

  model(): KernelModel {
    return {
      id: this.id,
      name: this.name,
      last_activity: this.#lastActivity.toISOString(),
      execution_state: this.#state,
      connections: this.#clients.connected,
    };
  }

  start(): Promise<void> {
    return this.#inTurn(() => this.#launch());
  }

  restart(): Promise<void> {
    return this.#inTurn(async () => {
      this.#state = 'restarting'; // not announced: to a client that means that the kernel died
      await this.#end(true);
      this.#deaths = [];
      try {
        await this.#launch();
      } catch (error) {
        this.#announce('dead');
        throw error;
      }
    });
  }

  async interrupt(): Promise<void> {
    if (this.#process === undefined) throw new HttpError(409, 'The kernel is not running: restart it.');
    await this.#process.interrupt();
  }

  /** Ends the process and all connections; resolves when the process is gone. */
  async shutdown(): Promise<void> {
    this.#closed = true;
    await this.#inTurn(() => this.#end(false));
    this.#clients.closeAll();
  }

  /** `received` is how many messages of this session the client has, if it counts them. */
  attach(sessionId: string, connection: ClientConnection, received?: number): void {
    this.#clients.attach(sessionId, connection, received);
    const isSettled = this.#process !== undefined || this.#state === 'dead';
    if (isSettled) this.#clients.answer(sessionId, this.#status());
  }

  /** `isGone` says that the client will not come back. */
  detach(sessionId: string, connection: ClientConnection, isGone: boolean): void {
    const unseen = new Set(this.#runs.unseenQuestions());
    this.#clients.detach(sessionId, connection, isGone);
    for (const question of this.#runs.unseenQuestions()) {
      if (!unseen.has(question)) this.#clients.tellWatchers(question);
    }
  }

  confirm(sessionId: string, connection: ClientConnection, number: number): void {
    this.#clients.confirm(sessionId, connection, number);
  }

  /** A client's message; it waits while the kernel restarts. */
  send(sessionId: string, message: Message): void {
    this.#lastActivity = new Date();
    this.#clients.expectReplies(sessionId, message.header.session);
    const { msg_type: type, msg_id: id } = message.header;
    if (this.#fromPage(sessionId, message)) return;
    if (this.#clients.counts(sessionId) && this.#known.has(id)) return;
    this.#known.add(id);
    for (const oldest of this.#known) {
      if (this.#known.size <= MESSAGES_KNOWN) break;
      this.#known.delete(oldest);
    }
    if (type === 'input_reply') this.#answered(sessionId, message);
    if (type === 'execute_request') this.#askedToRun(sessionId, message);
    if (this.#process !== undefined) this.#process.send(message);
    else if (this.#state === 'dead') this.#answerInItsName();
    else if (!this.#closed) this.#queued.push(message);
  }

  /** Whether it is one of the messages that are between our own pages and the server. */
  #fromPage(sessionId: string, message: Message): boolean {
    switch (message.header.msg_type as PageMessage) {
      case 'learnable_runs_request': {
        const reply = this.#say('shell', 'learnable_runs_reply', { status: 'ok', runs: this.#runs.list() });
        reply.parent_header = message.header;
        this.#clients.watch(sessionId);
        this.#clients.answer(sessionId, reply);
        return true;
      }
      case 'learnable_cleared':
        this.#runs.cleared(message.content.msg_id);
        return true;
      case 'learnable_follow':
        return true;
      default:
        return false;
    }
  }

  #askedToRun(sessionId: string, message: Message): void {
    this.#unanswered.ask(message);
    const run = this.#runs.start(message);
    if (run !== undefined) this.#clients.tellWatchers(this.#say('iopub', 'learnable_run', { run }), sessionId);
  }

  #answered(sessionId: string, message: Message): void {
    const shown = this.#runs.answered(message);
    if (shown !== undefined) this.#clients.tellWatchers(shown, sessionId);
  }

  #say(channel: 'shell' | 'iopub', type: PageMessage, content: Record<string, unknown>): Message {
    return serverMessage(channel, type, this.#session, content);
  }

  async #launch(): Promise<void> {
    if (this.#closed) throw new HttpError(409, 'The kernel is being shut down.');
    this.#state = 'starting';
    const kernel = await this.#start(this.#options);
    this.#process = kernel;
    this.#state = 'idle';
    kernel.onMessage(message => {
      if (this.#process === kernel) this.#receive(message);
    });
    kernel.onExit(status => {
      if (this.#process === kernel) this.#died(status);
    });
    // Its answer tells the clients that it is there, and us its session.
    kernel.send(serverMessage('shell', 'kernel_info_request', crypto.randomUUID(), {}));
    const queued = this.#queued;
    this.#queued = [];
    for (const message of queued) kernel.send(message);
  }

  #receive(message: Message): void {
    this.#lastActivity = new Date();
    this.#session = message.header.session;
    if (message.channel === 'iopub' && message.header.msg_type === 'status') {
      this.#state = String(message.content.execution_state);
    }
    this.#tell(message);
  }

  /** Keeps what a page may ask for later, and sends it to the clients. */
  #tell(message: Message): void {
    this.#unanswered.receive(message);
    this.#runs.receive(message);
    this.#clients.deliver(message);
  }

  /** Ends the runs that no process will end any more. */
  #answerInItsName(ending?: Ending): void {
    for (const message of this.#unanswered.end(this.#session, ending)) this.#tell(message);
  }

  #died(status: Parameters<typeof endingOf>[0]): void {
    this.#process = undefined;
    const how = status.reason || (status.signal ?? `code ${status.code}`);
    this.#answerInItsName(endingOf(status));
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter(time => now - time < 60_000), now];
    if (this.#deaths.length > RESTARTS_PER_MINUTE) {
      this.#log(`A kernel died (${how}) for the ${this.#deaths.length}th time in a minute; it is not started again.`);
      this.#announce('dead');
      return;
    }
    this.#log(`A kernel died (${how}); it is started again.`);
    this.#announce('restarting');
    this.#inTurn(async () => {
      if (!this.#closed && this.#process === undefined) await this.#launch();
    }).catch(error => {
      this.#log(`A kernel could not be started again: ${error.message}`);
      this.#announce('dead');
    });
  }

  async #end(restart: boolean): Promise<void> {
    const kernel = this.#process;
    this.#process = undefined;
    this.#queued = [];
    this.#answerInItsName();
    if (kernel === undefined) return;
    const gone = new Promise<void>(resolve => kernel.onExit(() => resolve()));
    const asked = kernel.shutdown(restart).catch(() => kernel.kill());
    const timer = new AbortController();
    const late = sleep(SHUTDOWN_MS, 'late', { signal: timer.signal }).catch(() => undefined);
    if ((await Promise.race([asked.then(() => gone), late])) === 'late') {
      kernel.kill();
      await Promise.race([gone, sleep(SHUTDOWN_MS)]);
    }
    timer.abort();
  }

  #announce(state: string): void {
    this.#state = state;
    if (state === 'dead') this.#answerInItsName();
    this.#clients.deliver(this.#status());
  }

  #status(): Message {
    return serverMessage('iopub', 'status', this.#session, { execution_state: this.#state });
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#lifecycle.then(task);
    this.#lifecycle = result.catch(() => {});
    return result;
  }
}
