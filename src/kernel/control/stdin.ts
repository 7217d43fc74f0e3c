import type { Message } from '../protocol/message.ts';
import type { Route } from '../transport/transport.ts';
import { flag, text } from './content.ts';
import type { Outbox, Request } from './outbox.ts';

/** What clients send when their reader ends the input with Ctrl-D. */
const END_OF_INPUT = '\u0004';

/** The question that the user thread waits in, if there is one. */
export class Stdin {
  #outbox: Outbox;
  #answer: (value: string | null) => void;
  #pending: { question: string; route: Route } | undefined;

  constructor(outbox: Outbox, answer: (value: string | null) => void) {
    this.#outbox = outbox;
    this.#answer = answer;
  }

  /** Asks the client that sent the request; answers for one that cannot ask its reader. */
  ask(prompt: string, password: boolean, request: Request | undefined): void {
    if (!request || !flag(request.message.content, 'allow_stdin', false)) {
      this.#answer(null);
      return;
    }
    this.#pending = { question: this.#outbox.ask(prompt, password, request), route: request.route };
  }

  /** Nobody waits any more: a reply that still comes is for nothing. */
  forget(): void {
    this.#pending = undefined;
  }

  /** Takes the reply of the client that was asked, to the question that it was asked. */
  onReply({ content, parent_header }: Message, route: Route): void {
    if (!this.#pending || !isSameRoute(route, this.#pending.route)) return;
    // Clients may leave the parent out.
    if (parent_header.msg_type === 'input_request' && parent_header.msg_id !== this.#pending.question) return;
    this.#pending = undefined;
    const value = text(content, 'value');
    this.#answer(value === END_OF_INPUT ? null : value);
  }
}

function isSameRoute(one: Route, other: Route): boolean {
  return JSON.stringify(one?.map(String)) === JSON.stringify(other?.map(String));
}
