import type { Message } from '../../kernel/client/index.ts';

/** A client that is connected now. */
export interface ClientConnection {
  /** `number` counts what the session was given; a client that comes back says up to which number it received. */
  deliver(message: Message, number: number): void;
  close(): void;
}

interface Session {
  connection: ClientConnection | undefined;
  /** What came while it was not connected; of a client that counts also what was sent and is not confirmed. In order. */
  kept: Message[];
  keptBytes: number;
  /** The number of the first message in `kept`. */
  first: number;
  overflowed: boolean;
  /** Whether it counts what it receives, and says so when it comes back. */
  counts: boolean;
  /** Whether it wants to know of the runs of others. */
  watches: boolean;
  /** The session ids in the headers of what it sent; mostly just its own. */
  headerSessions: Set<string>;
}

/** Beyond this a client that is away gets no more kept for it; enough for hours of training output. */
export const MAX_WAITING_BYTES = 64 * 2 ** 20;

/** Each reload of a page leaves a session behind that never comes back. */
const MAX_AWAY = 8;

/**
 * The clients of one kernel. A reply goes to the session that asked, everything else to all. A client whose connection
 * breaks and that comes back with the same session finds what was sent in between. One that counts what it receives
 * finds also what was on the wire when it broke: each message is kept for it until it is confirmed.
 */
export class KernelClients {
  readonly #sessions = new Map<string, Session>();
  readonly #log: (line: string) => void;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  get connected(): number {
    return [...this.#sessions.values()].filter(session => session.connection !== undefined).length;
  }

  /**
   * Connects a client and hands over what it has not received. A client that counts says how many messages of this
   * session it has; any other gets what came while it was away. An older connection of the same session is closed.
   */
  attach(sessionId: string, connection: ClientConnection, received?: number): void {
    const session = this.#sessions.get(sessionId) ?? newSession(sessionId);
    this.#sessions.delete(sessionId);
    this.#sessions.set(sessionId, session);
    const older = session.connection;
    session.connection = connection;
    older?.close();
    session.counts = received !== undefined;
    if (received !== undefined) {
      drop(session, received);
      if (received < session.first - 1) this.#log('A page missed output that could not be kept for it.');
      session.first = received + 1; // the next that it gets is the next that it counts
    }
    session.overflowed = false;
    for (const [index, message] of session.kept.entries()) connection.deliver(message, session.first + index);
    if (!session.counts) drop(session, Number.POSITIVE_INFINITY);
  }

  /** `isGone` says that the client will not come back: nothing is kept for it. */
  detach(sessionId: string, connection: ClientConnection, isGone = false): void {
    const session = this.#sessions.get(sessionId);
    if (session === undefined || session.connection !== connection) return;
    session.connection = undefined;
    if (isGone) this.#sessions.delete(sessionId);
    const away = [...this.#sessions].filter(([, { connection }]) => connection === undefined);
    for (const [oldest] of away.slice(0, -MAX_AWAY)) this.#sessions.delete(oldest);
  }

  /** The client has everything up to this number. */
  confirm(sessionId: string, connection: ClientConnection, number: number): void {
    const session = this.#sessions.get(sessionId);
    if (session?.connection === connection) drop(session, number);
  }

  /** Whether the client counts, and so may send again what it is not sure about. */
  counts(sessionId: string): boolean {
    return this.#sessions.get(sessionId)?.counts ?? false;
  }

  /** Whether a client that sends with this session in its headers is connected. */
  isConnected(headerSession: string): boolean {
    const sessions = [...this.#sessions.values()];
    return sessions.some(
      ({ connection, headerSessions }) => connection !== undefined && headerSessions.has(headerSession),
    );
  }

  /** Replies to messages with this session in their header belong to the client too. */
  expectReplies(sessionId: string, headerSession: string): void {
    this.#sessions.get(sessionId)?.headerSessions.add(headerSession);
  }

  /** Sends a kernel's message where it belongs. */
  deliver(message: Message): void {
    if (message.channel === 'iopub') {
      for (const session of this.#sessions.values()) this.#give(session, message);
      return;
    }
    const asked = message.parent_header.session ?? '';
    for (const session of this.#sessions.values()) {
      if (session.headerSessions.has(asked)) this.#give(session, message);
    }
    // Who watches shows the cell as well, and waits for the end of its run. A question goes to one that can answer.
    const { channel, header } = message;
    const isTold = header.msg_type === 'execute_reply' || (channel === 'stdin' && !this.isConnected(asked));
    for (const session of isTold ? this.#sessions.values() : []) {
      if (session.watches && !session.headerSessions.has(asked)) this.#give(session, message);
    }
  }

  /** Tells one client only. */
  answer(sessionId: string, message: Message): void {
    const session = this.#sessions.get(sessionId);
    if (session !== undefined) this.#give(session, message);
  }

  /** From now on this client hears of the runs of others. */
  watch(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    if (session !== undefined) session.watches = true;
  }

  /** Tells those that watch, except the client with this session. */
  tellWatchers(message: Message, exceptSessionId?: string): void {
    for (const [id, session] of this.#sessions) {
      if (session.watches && id !== exceptSessionId) this.#give(session, message);
    }
  }

  closeAll(): void {
    for (const { connection } of this.#sessions.values()) connection?.close();
    this.#sessions.clear();
  }

  #give(session: Session, message: Message): void {
    if (session.connection !== undefined && !session.counts) {
      session.connection.deliver(message, session.first);
      session.first += 1;
      return;
    }
    if (session.overflowed) return;
    session.kept.push(message);
    session.keptBytes += sizeOf(message);
    session.connection?.deliver(message, session.first + session.kept.length - 1);
    if (session.keptBytes <= MAX_WAITING_BYTES) return;
    if (session.connection !== undefined) {
      // On its way and slow to be confirmed: the oldest have most likely arrived.
      while (session.keptBytes > MAX_WAITING_BYTES / 2) drop(session, session.first);
      return;
    }
    session.overflowed = true;
    this.#log('A page that lost its connection missed more output than can be kept for it; the rest is dropped.');
  }
}

function newSession(id: string): Session {
  return {
    connection: undefined,
    kept: [],
    keptBytes: 0,
    first: 1,
    overflowed: false,
    counts: false,
    watches: false,
    headerSessions: new Set([id]),
  };
}

/** Forgets what was received: everything up to this number. */
function drop(session: Session, upTo: number): void {
  const count = Math.min(session.kept.length, Math.max(0, upTo - session.first + 1));
  for (const message of session.kept.splice(0, count)) session.keptBytes -= sizeOf(message);
  session.first += count;
}

const sizes = new WeakMap<Message, number>();

function sizeOf(message: Message): number {
  let size = sizes.get(message);
  if (size === undefined) {
    const { text } = message.content;
    const content = typeof text === 'string' ? text.length : JSON.stringify(message.content).length;
    size = message.buffers.reduce((sum, buffer) => sum + buffer.byteLength, content + 500);
    sizes.set(message, size);
  }
  return size;
}
