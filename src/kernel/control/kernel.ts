import { randomUUID } from 'node:crypto';
import type { Checker } from '../checker/types.ts';
import type { Message } from '../protocol/message.ts';
import type { FromUser, Outcome } from '../threads.ts';
import type { Route, TransportListener } from '../transport/transport.ts';
import { ANSWERS, type AnswerContext, unsupported } from './answers.ts';
import { type Comms, isCommMessage } from './comms.ts';
import { type Content, executionProblem, flag, text, textRecord } from './content.ts';
import type { Executor } from './execution.ts';
import { type HelpTopic, helpTopic } from './help.ts';
import type { History } from './history.ts';
import { inspect } from './inspection.ts';
import { log } from './log.ts';
import type { Outbox, Request } from './outbox.ts';
import type { Stdin } from './stdin.ts';

/** How long requests that were sent with a failing one may take to arrive. */
const ARRIVAL_MS = 5;

interface Conclusion {
  execution_count: number;
  silent: boolean;
  payload: Content[];
  request: Request;
}

export interface KernelParts {
  executor: Executor;
  checker: Checker;
  comms: Comms;
  /** Ends the process once the last message has left. */
  end(restart: boolean): void;
  stdin: Stdin;
}

/** The protocol: what each request does, in which order its messages leave. */
export class Kernel implements TransportListener {
  #outbox: Outbox;
  #parts!: KernelParts;
  #queue: Request[] = [];
  #draining = false;
  /** The execution that runs; or the last one. */
  #current: Request | undefined;
  #isRunning = false;
  /** The cell has passed its check: the learner's thread has it. */
  #hasStarted = false;
  #executionCount = 0;
  #history: History;

  constructor(outbox: Outbox, history: History) {
    this.#outbox = outbox;
    this.#history = history;
  }

  start(parts: KernelParts): void {
    this.#parts = parts;
    void this.#outbox.publish('status', { execution_state: 'starting' });
  }

  onMessage(message: Message, route: Route): void {
    const request = { message, route };
    if (message.channel === 'stdin') {
      if (message.header.msg_type === 'input_reply') this.#parts.stdin.onReply(message, route);
    } else if (message.header.msg_type === 'execute_request' || isCommMessage(request)) {
      this.#queue.push(request);
      if (this.#draining) this.#deliverReady();
      else void this.#drain();
    } else {
      void this.#answer(request);
    }
  }

  onMalformed(problem: Error): void {
    log(`message ignored: ${problem.message}`);
  }

  onSubscribed(topic: string): void {
    void this.#outbox.publish('iopub_welcome', { subscription: topic });
  }

  onGone(): void {
    this.#parts.end(false);
  }

  /** What the user thread shows or prints. Belongs to the cell that runs, or to the last one. */
  onOutput(message: Exclude<FromUser, { type: 'done' | 'pong' | 'exit' | 'interrupt' }>): void {
    switch (message.type) {
      case 'comm':
        this.#parts.comms.onSent(message);
        break;
      case 'comm-target':
        this.#parts.comms.onTarget(message);
        break;
      case 'comm-delivery':
        this.#parts.comms.onDelivery(message);
        break;
      case 'clear':
        this.#outbox.flush();
        void this.#outbox.publish('clear_output', { wait: message.wait }, this.#outbox.ownerOf(message.cell));
        break;
      case 'error': {
        const { ename, evalue, traceback, cell } = message;
        void this.#outbox.publish('error', { ename, evalue, traceback }, this.#outbox.ownerOf(cell));
        break;
      }
      case 'input':
        this.#parts.stdin.ask(message.prompt, message.password, this.#isRunning ? this.#current : undefined);
        break;
      case 'display':
        this.#outbox.displays.show(message);
    }
  }

  /** Publishes that the cell ends with the process, so that its client does not wait for ever. */
  async reportEnd(ename: string, evalue: string): Promise<void> {
    this.#outbox.flush();
    if (!this.#isRunning) return;
    const error = { ename, evalue, traceback: [`${ename}: ${evalue}`] };
    void this.#outbox.publish('error', error, this.#current);
    void this.#outbox.reply(this.#current!, { status: 'error', execution_count: this.#executionCount, ...error });
    await this.#outbox.publish('status', { execution_state: 'idle' }, this.#current);
  }

  async #drain(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    for (let request = this.#queue.shift(); request; request = this.#queue.shift()) {
      if (isCommMessage(request)) this.#parts.comms.deliver(request);
      else await this.#execute(request);
    }
    this.#draining = false;
  }

  /** Delivers the messages of comms before the next cell, as soon as this one runs: it may await what the page sends. */
  #deliverReady(): void {
    if (!this.#hasStarted) return;
    const end = this.#queue.findIndex(request => !isCommMessage(request));
    const waiting = this.#queue.slice(0, end < 0 ? this.#queue.length : end);
    const ready = new Set(this.#parts.comms.takeReady(waiting));
    this.#queue = this.#queue.filter(request => !ready.has(request));
    for (const request of ready) this.#parts.comms.deliver(request);
  }

  #takeExecutions(): Request[] {
    const executions = this.#queue.filter(request => !isCommMessage(request));
    this.#queue = this.#queue.filter(isCommMessage);
    return executions;
  }

  #abort(requests: Request[]): void {
    for (const request of requests) {
      void this.#outbox.publish('status', { execution_state: 'busy' }, request);
      void this.#outbox.reply(request, { status: 'aborted' }); // no count: a page would write it beside the cell
      void this.#outbox.publish('status', { execution_state: 'idle' }, request);
    }
  }

  /** A request that cannot be understood runs nothing, and aborts nothing. */
  #refuse(request: Request, problem: string): void {
    void this.#outbox.publish('status', { execution_state: 'busy' }, request);
    const evalue = `execute_request: ${problem}`;
    const error = { ename: 'MalformedRequest', evalue, traceback: [`MalformedRequest: ${evalue}`] };
    void this.#outbox.publish('error', error, request);
    void this.#outbox.reply(request, { status: 'error', execution_count: this.#executionCount, ...error });
    void this.#outbox.publish('status', { execution_state: 'idle' }, request);
  }

  async #execute(request: Request): Promise<void> {
    const { content } = request.message;
    const problem = executionProblem(content);
    if (problem !== undefined) {
      this.#refuse(request, problem);
      return;
    }
    const started = new Date().toISOString();
    const code = text(content, 'code');
    const silent = flag(content, 'silent', false);
    const stored = !silent && flag(content, 'store_history', true) && code.trim() !== '';
    this.#outbox.setOrigin(request);
    this.#current = request;
    this.#isRunning = true;
    void this.#outbox.publish('status', { execution_state: 'busy' }, request);
    if (stored) {
      this.#executionCount++;
      this.#history.add(this.#executionCount, code);
    }
    const execution_count = this.#executionCount;
    if (!silent) void this.#outbox.publish('execute_input', { code, execution_count }, request);

    const topic = helpTopic(code);
    const payload = topic === undefined ? [] : [await this.#help(topic)];
    const outcome = await this.#parts.executor.run({
      source: topic === undefined ? code : '',
      onStart: id => {
        this.#outbox.setOwner(id, request);
        this.#hasStarted = true;
        this.#deliverReady();
      },
      name: stored ? `cell ${execution_count}` : `unnumbered cell ${randomUUID().slice(0, 8)}`,
      expressions: textRecord(content, 'user_expressions'),
      isShown: stored,
    });
    this.#hasStarted = false;
    this.#parts.stdin.forget();
    const stops = outcome.status === 'error' && !silent && flag(content, 'stop_on_error', true);
    if (stops) await new Promise(resolve => setTimeout(resolve, ARRIVAL_MS));
    // Only what was sent before the client knew of the error: so it is taken before the reply leaves.
    const abandoned = stops ? this.#takeExecutions() : [];
    this.#outbox.flush();
    const conclusion = this.#conclude(outcome, { execution_count, silent, payload, request });
    void this.#outbox.reply(request, conclusion, { started });
    this.#isRunning = false;
    void this.#outbox.publish('status', { execution_state: 'idle' }, request);
    this.#abort(abandoned);
  }

  /** Publishes the result or the error; returns the content of the reply. */
  #conclude(outcome: Outcome, { execution_count, silent, payload, request }: Conclusion): Content {
    if (outcome.status === 'error') {
      const { ename, evalue, traceback } = outcome;
      void this.#outbox.publish('error', { ename, evalue, traceback }, request);
      return { status: 'error', execution_count, ename, evalue, traceback, payload: [], user_expressions: {} };
    }
    if (outcome.result && !silent) {
      const plain = outcome.result.data['text/plain'];
      if (typeof plain === 'string') this.#history.setOutput(execution_count, plain);
      void this.#outbox.publish('execute_result', { execution_count, ...outcome.result }, request);
    }
    return { status: 'ok', execution_count, payload, user_expressions: outcome.expressions };
  }

  /** The page that a client opens for a cell such as `Math.max?`. */
  async #help({ name, detail }: HelpTopic): Promise<Content> {
    const found = await inspect(this.#parts, name, name.length, detail).catch(() => undefined);
    const data = found ?? { 'text/plain': `Nothing is known of ${name}.` };
    return { source: 'page', data, start: 0 };
  }

  async #answer(request: Request): Promise<void> {
    const { msg_type } = request.message.header;
    const answer = ANSWERS[msg_type];
    if (!answer && !msg_type.endsWith('_request')) {
      return this.onMalformed(new Error(`unknown message type ${JSON.stringify(msg_type.slice(0, 60))}`));
    }
    void this.#outbox.publish('status', { execution_state: 'busy' }, request);
    let content: Content;
    try {
      content = answer ? await answer(this.#context(), request.message.content) : unsupported(msg_type);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      content = { status: 'error', ename: name, evalue: message, traceback: [] };
    }
    if (msg_type === 'shutdown_request') void this.#outbox.publish('shutdown_reply', content, request); // for the other clients
    void this.#outbox.reply(request, content);
    const published = this.#outbox.publish('status', { execution_state: 'idle' }, request);
    // It does not wait for all the output that may be before it.
    if (msg_type === 'shutdown_request') this.#parts.end(request.message.content.restart === true);
    await published;
    this.sayBusyAgain();
  }

  /** A client that shows one state for the whole kernel should not read "idle" while a cell runs. */
  sayBusyAgain(): void {
    if (this.#isRunning) void this.#outbox.publish('status', { execution_state: 'busy' }, this.#current);
  }

  #context(): AnswerContext {
    return { ...this.#parts, history: this.#history };
  }
}
