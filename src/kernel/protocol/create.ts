import { randomUUID } from 'node:crypto';
import type { Channel, Message, MessageHeader } from './message.ts';

/** The version of the messaging specification that the kernel speaks. */
export const PROTOCOL_VERSION = '5.5';

export interface MessageOptions {
  session: string;
  /** The header of the message that caused this one. */
  parent?: Partial<MessageHeader>;
  metadata?: Record<string, unknown>;
  buffers?: Uint8Array[];
}

/** A message of that type, with a fresh header. */
export function createMessage(
  channel: Channel,
  type: string,
  content: Record<string, unknown>,
  { session, parent = {}, metadata = {}, buffers = [] }: MessageOptions,
): Message {
  const header: MessageHeader = {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: 'learnable',
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION,
  };
  return { channel, header, parent_header: parent, metadata, content, buffers };
}
