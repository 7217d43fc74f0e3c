/**
 * Puts sends of one socket in a row, each awaited before the next. (A ZeroMQ socket refuses a send while another is under
 * way, and the binding stops sending synchronously after some hundred of them.)
 */
export class SendQueue {
  #tail: Promise<void> = Promise.resolve();

  add(send: () => Promise<void>): Promise<void> {
    const sent = this.#tail.then(send);
    this.#tail = sent.catch(() => {});
    return sent;
  }

  /** Resolves when all that was added has been sent, or has failed. */
  async drained(): Promise<void> {
    await this.#tail;
  }
}
