import type { Message } from '../protocol/message.ts';

/** Where a message came from, so that its reply finds the way back; only the transport reads it. */
export type Route = Uint8Array[] | undefined;

/** Why no client can reach the kernel; its message says what to do about it. */
export class ConnectionProblem extends Error {
  override name = 'ConnectionProblem';
}

export interface TransportListener {
  onMessage(message: Message, route: Route): void;
  /** Something arrived that is no message, or is wrongly signed. */
  onMalformed(problem: Error): void;
  /** A client hears from now on what is published on topics that begin so. */
  onSubscribed(topic: string): void;
  /** The other side is gone for good. */
  onGone(): void;
}

/** Carries messages between the kernel and its clients, in order on each channel. */
export interface Transport {
  /** Resolves when the message has been handed to the operating system, so that a sender can keep pace with its reader. */
  send(message: Message, route?: Route): Promise<void>;
  /** Resolves when all that was sent has left, as far as anybody reads it, and the sockets are closed. */
  close(): Promise<void>;
}
