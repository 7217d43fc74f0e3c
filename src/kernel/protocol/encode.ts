import type { Channel, Message, MessageHeader } from './message.ts';

/** What was received is not a message: the kernel reports it and goes on. */
export class MalformedMessage extends Error {
  override name = 'MalformedMessage';
}

/** Header, parent header, metadata and content as JSON, then the buffers: the parts that every transport carries. */
export function encodeParts(message: Message): Uint8Array[] {
  const { header, parent_header, metadata, content } = message;
  return [
    ...[header, parent_header, metadata, content].map(part => Buffer.from(JSON.stringify(part))),
    ...message.buffers,
  ];
}

/** The reverse of {@link encodeParts}. Throws {@link MalformedMessage} that names the part at fault. */
export function decodeParts(channel: Channel, parts: Uint8Array[]): Message {
  if (parts.length < 4) throw new MalformedMessage(`expected at least 4 parts of a message, received ${parts.length}`);
  const header = parseObject('header', parts[0]!);
  for (const field of ['msg_id', 'msg_type'] as const) {
    if (typeof header[field] !== 'string') {
      throw new MalformedMessage(`expected a string as header.${field}, received ${JSON.stringify(header[field])}`);
    }
  }
  return {
    channel,
    header: { session: '', username: '', date: '', version: '', ...header } as MessageHeader,
    parent_header: parseObject('parent_header', parts[1]!) as Partial<MessageHeader>,
    metadata: parseObject('metadata', parts[2]!),
    content: parseObject('content', parts[3]!),
    buffers: parts.slice(4),
  };
}

function parseObject(name: string, part: Uint8Array): Record<string, unknown> {
  const text = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MalformedMessage(`expected JSON as ${name}, received ${JSON.stringify(text.slice(0, 80))}`);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new MalformedMessage(`expected an object as ${name}, received ${text.slice(0, 80)}`);
  }
  return value as Record<string, unknown>;
}
