import { randomUUID } from 'node:crypto';
import { createMessage } from '../protocol/create.ts';
import type { Message } from '../protocol/message.ts';
import type { Route, Transport } from '../transport/transport.ts';
import type { Content } from './content.ts';
import { Displays } from './displays.ts';
import { Streams } from './streams.ts';

/** A message from a client, and its way back. */
export interface Request {
  message: Message;
  route: Route;
}

interface Extra {
  metadata?: Content;
  buffers?: Uint8Array[];
}

/** So many executions are remembered for what they say late. */
const OWNERS_KEPT = 1000;

/** All that the kernel says leaves here, in the order in which it was said. */
export class Outbox {
  readonly streams: Streams;
  readonly displays: Displays;
  #origin: Request | undefined;
  #owners = new Map<number, Request>();
  #transport: Transport | undefined;
  #session = randomUUID();

  constructor(shared: Int32Array) {
    this.streams = new Streams(
      (name, value, cell) => this.#send('iopub', 'stream', { name, text: value }, this.ownerOf(cell)),
      shared,
    );
    this.displays = new Displays((type, content, cell) => this.publish(type, content, this.ownerOf(cell)), shared);
  }

  connect(transport: Transport): void {
    this.#transport = transport;
  }

  /** To what streams and displays belong that name no execution: the one that runs, or the last one. */
  get origin(): Request | undefined {
    return this.#origin;
  }

  setOrigin(request: Request | undefined): void {
    this.flush();
    this.#origin = request;
  }

  /** Output that names this execution belongs to the request, also when it comes late. */
  setOwner(cell: number, request: Request): void {
    this.#owners.set(cell, request);
    this.#owners.delete(cell - OWNERS_KEPT);
  }

  ownerOf(cell: number | undefined): Request | undefined {
    return (cell === undefined ? undefined : this.#owners.get(cell)) ?? this.#origin;
  }

  /** Sends what waits to be joined with more, or to be replaced by what comes later. */
  flush(): void {
    this.displays.flush();
    this.streams.flush();
  }

  reply(request: Request, content: Content, metadata?: Content): Promise<void> {
    const { channel, header } = request.message;
    return this.#send(channel, header.msg_type.replace(/_request$/, '_reply'), content, request, { metadata });
  }

  /** Resolves when the message has left. */
  publish(type: string, content: Content, request?: Request, extra?: Extra): Promise<void> {
    if (type !== 'status') this.streams.flush();
    return this.#send('iopub', type, content, request, extra);
  }

  /** Asks the client that sent the request; returns the id of the question. */
  ask(prompt: string, password: boolean, request: Request): string {
    this.flush();
    const question = this.#message('stdin', 'input_request', { prompt, password }, request);
    void this.#transport?.send(question, request.route);
    return question.header.msg_id;
  }

  async #send(
    channel: Message['channel'],
    type: string,
    content: Content,
    request: Request | undefined,
    extra?: Extra,
  ): Promise<void> {
    await this.#transport?.send(this.#message(channel, type, content, request, extra), request?.route);
  }

  #message(
    channel: Message['channel'],
    type: string,
    content: Content,
    request: Request | undefined,
    extra: Extra = {},
  ): Message {
    return createMessage(channel, type, content, {
      session: this.#session,
      parent: request?.message.header,
      ...extra,
    });
  }
}
