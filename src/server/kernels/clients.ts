import type { Message } from '../../kernel/client/index.ts';

/** A client that is connected now. */
export interface ClientConnection {
  deliver(message: Message): void;
  close(): void;
}

interface Session {
  connection: ClientConnection | undefined;
  /** What came while nobody was connected, in order. */
  waiting: Message[];
  waitingBytes: number;
  overflowed: boolean;
  /** The session ids in the headers of what it sent; mostly just its own. */
  headerSessions: Set<string>;
}

/** Beyond this a client that is away gets no more kept for it; enough for hours of training output. */
export const MAX_WAITING_BYTES = 64 * 2 ** 20;

/** Each reload of a page leaves a session behind that never comes back. */
const MAX_AWAY = 8;

/**
 * The clients of one kernel. A reply goes to the session that asked, everything else to all. A client whose connection
 * breaks and that comes back with the same session finds what was sent in between.
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

  /** Connects a client and hands over what waited for it. An older connection of the same session is closed. */
  attach(sessionId: string, connection: ClientConnection): void {
    const session = this.#sessions.get(sessionId) ?? newSession(sessionId);
    this.#sessions.delete(sessionId);
    this.#sessions.set(sessionId, session);
    const older = session.connection;
    session.connection = connection;
    older?.close();
    const { waiting } = session;
    session.waiting = [];
    session.waitingBytes = 0;
    session.overflowed = false;
    for (const message of waiting) connection.deliver(message);
  }

  detach(sessionId: string, connection: ClientConnection): void {
    const session = this.#sessions.get(sessionId);
    if (session === undefined || session.connection !== connection) return;
    session.connection = undefined;
    const away = [...this.#sessions].filter(([, { connection }]) => connection === undefined);
    for (const [oldest] of away.slice(0, -MAX_AWAY)) this.#sessions.delete(oldest);
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
  }

  closeAll(): void {
    for (const { connection } of this.#sessions.values()) connection?.close();
    this.#sessions.clear();
  }

  #give(session: Session, message: Message): void {
    if (session.connection !== undefined) {
      session.connection.deliver(message);
      return;
    }
    if (session.overflowed) return;
    session.waiting.push(message);
    session.waitingBytes += sizeOf(message);
    if (session.waitingBytes <= MAX_WAITING_BYTES) return;
    session.overflowed = true;
    this.#log('A page that lost its connection missed more output than can be kept for it; the rest is dropped.');
  }
}

function newSession(id: string): Session {
  return { connection: undefined, waiting: [], waitingBytes: 0, overflowed: false, headerSessions: new Set([id]) };
}

function sizeOf(message: Message): number {
  const buffers = message.buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
  return buffers + JSON.stringify(message.content).length + 500;
}
