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

/** All that the kernel says leaves here, in the order in which it was said. */
export class Outbox {
  readonly streams: Streams;
  readonly displays: Displays;
  #origin: Request | undefined;
  #transport: Transport | undefined;
  #session = randomUUID();

  constructor(shared: Int32Array) {
    this.streams = new Streams(
      (name, value) => this.#send('iopub', 'stream', { name, text: value }, this.#origin),
      shared,
    );
    this.displays = new Displays((type, content) => this.publish(type, content, this.#origin), shared);
  }

  connect(transport: Transport): void {
    this.#transport = transport;
  }

  /** To what streams and displays belong: the execution that runs; or the last one, for what comes late. */
  get origin(): Request | undefined {
    return this.#origin;
  }

  setOrigin(request: Request | undefined): void {
    this.flush();
    this.#origin = request;
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
