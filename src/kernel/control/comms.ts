import type { CommPacket, FromUser, ToUser } from '../threads.ts';
import { text } from './content.ts';
import type { Outbox, Request } from './outbox.ts';

type Delivery = Extract<FromUser, { type: 'comm-delivery' }>;

const ACTIONS: Record<string, CommPacket['action']> = { comm_open: 'open', comm_msg: 'message', comm_close: 'close' };
const TYPES: Record<CommPacket['action'], string> = { open: 'comm_open', message: 'comm_msg', close: 'comm_close' };

export function isCommMessage({ message }: Request): boolean {
  return message.header.msg_type in ACTIONS;
}

/** Which comms are open, and what of theirs is on its way to the learner's handlers. */
export class Comms {
  #outbox: Outbox;
  #post: (packet: ToUser) => void;
  #onIdle: () => void;
  /** comm id → target */
  #open = new Map<string, string>();
  #targets = new Set<string>();
  #deliveries = new Map<number, Request>();
  #nextDelivery = 1;
  /** The delivery whose handlers run now, and to what output belonged before. */
  #running: { delivery: number; origin: Request | undefined } | undefined;

  constructor(outbox: Outbox, post: (packet: ToUser) => void, onIdle: () => void) {
    this.#outbox = outbox;
    this.#post = post;
    this.#onIdle = onIdle;
  }

  /** The content of a `comm_info_reply`. */
  info(target: string): Record<string, { target_name: string }> {
    const chosen = [...this.#open].filter(([, name]) => target === '' || name === target);
    return Object.fromEntries(chosen.map(([id, target_name]) => [id, { target_name }]));
  }

  /** Takes those of the waiting messages that may be delivered while a cell runs, which may be registering its targets only now. */
  takeReady(waiting: Request[]): Request[] {
    const held = new Set<string>();
    return waiting.filter(({ message: { header, content } }) => {
      const id = text(content, 'comm_id');
      const mustWait = header.msg_type === 'comm_open' && !this.#targets.has(text(content, 'target_name'));
      if (mustWait) held.add(id);
      return !held.has(id);
    });
  }

  /** Sends a message on to the learner's handlers; answers for what nobody has registered. */
  deliver(request: Request): void {
    const { header, content, metadata, buffers } = request.message;
    const action = ACTIONS[header.msg_type]!;
    const comm = text(content, 'comm_id');
    const target = text(content, 'target_name');
    const isKnown = action === 'open' ? this.#targets.has(target) : this.#open.has(comm);
    if (!isKnown || comm === '') {
      this.#refuse(request, action);
      return;
    }
    if (action === 'open') this.#open.set(comm, target);
    if (action === 'close') this.#open.delete(comm);
    const delivery = this.#nextDelivery++;
    this.#deliveries.set(delivery, request);
    const { data = {} } = content;
    this.#post({ type: 'comm', delivery, action, comm, target, data, metadata, buffers });
  }

  /** What the learner's code sends. */
  onSent({ action, comm, target, data, metadata, buffers }: CommPacket): void {
    if (action === 'open') this.#open.set(comm, target);
    if (action === 'close') this.#open.delete(comm);
    const content = { comm_id: comm, data, ...(action === 'open' ? { target_name: target } : {}) };
    void this.#outbox.publish(TYPES[action], content, this.#outbox.origin, { metadata, buffers });
  }

  onTarget({ target, isRegistered }: Extract<FromUser, { type: 'comm-target' }>): void {
    if (isRegistered) this.#targets.add(target);
    else this.#targets.delete(target);
  }

  onDelivery({ delivery, state }: Delivery): void {
    const request = this.#deliveries.get(delivery);
    if (!request) return;
    if (state === 'began') {
      this.release();
      this.#running = { delivery, origin: this.#outbox.origin };
      void this.#outbox.publish('status', { execution_state: 'busy' }, request);
      this.#outbox.setOrigin(request);
      return;
    }
    if (this.#running?.delivery === delivery) {
      this.#outbox.setOrigin(this.#running.origin);
      this.#running = undefined;
    }
    if (state === 'ended') this.#finish(delivery, request);
  }

  /** The handlers that ran were stopped: they will not report. */
  release(): void {
    if (this.#running) this.onDelivery({ type: 'comm-delivery', delivery: this.#running.delivery, state: 'ended' });
  }

  #finish(delivery: number, request: Request): void {
    this.#deliveries.delete(delivery);
    this.#outbox.flush();
    void this.#outbox.publish('status', { execution_state: 'idle' }, request);
    this.#onIdle();
  }

  #refuse(request: Request, action: CommPacket['action']): void {
    void this.#outbox.publish('status', { execution_state: 'busy' }, request);
    if (action === 'open') {
      const content = { comm_id: text(request.message.content, 'comm_id'), data: {} };
      void this.#outbox.publish('comm_close', content, request);
    }
    void this.#outbox.publish('status', { execution_state: 'idle' }, request);
    this.#onIdle();
  }
}
