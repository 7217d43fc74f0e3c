import type { Channel, Message, MessageHeader } from '../../../kernel/client/index.ts';

/** Checks the shape of what a client sent; fields that may be absent get their empty value. */
export function toMessage(value: Partial<Record<keyof Message, unknown>>): Message {
  const { channel, header, parent_header, metadata, content, buffers } = value;
  if (!isClientChannel(channel)) throw new Error(`a client cannot send on the channel ${JSON.stringify(channel)}`);
  if (!isHeader(header)) throw new Error('the header lacks msg_id, msg_type or session');
  return {
    channel,
    header,
    parent_header: objectOr(parent_header),
    metadata: objectOr(metadata),
    content: objectOr(content),
    buffers: buffers as Uint8Array[],
  };
}

function isClientChannel(value: unknown): value is Channel {
  return value === 'shell' || value === 'control' || value === 'stdin';
}

function isHeader(value: unknown): value is MessageHeader {
  const header = objectOr(value);
  return ['msg_id', 'msg_type', 'session'].every(name => typeof header[name] === 'string');
}

function objectOr(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
