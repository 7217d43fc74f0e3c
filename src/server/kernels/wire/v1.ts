import type { Message } from '../../../kernel/client/index.ts';
import { toMessage } from './message.ts';

/** The name of the protocol, which client and server agree on when the WebSocket opens. */
export const V1 = 'v1.kernel.websocket.jupyter.org';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * One binary frame: the number of offsets, the offsets (64 bits each, little-endian), then channel, header, parent
 * header, metadata, content and buffers, one after the other; the last offset is the end.
 */
export function encodeV1(message: Message): Buffer {
  const { channel, header, parent_header, metadata, content, buffers } = message;
  const json = [header, parent_header, metadata, content].map(part => encoder.encode(JSON.stringify(part)));
  const parts = [encoder.encode(channel), ...json, ...buffers];
  const head = Buffer.alloc(8 * (parts.length + 2));
  head.writeBigUInt64LE(BigInt(parts.length + 1), 0);
  let offset = head.length;
  head.writeBigUInt64LE(BigInt(offset), 8);
  for (const [index, part] of parts.entries()) {
    offset += part.length;
    head.writeBigUInt64LE(BigInt(offset), 8 * (index + 2));
  }
  return Buffer.concat([head, ...parts]);
}

/** @throws when the frame is not a message */
export function decodeV1(frame: Buffer): Message {
  const count = Number(frame.readBigUInt64LE(0));
  if (!(count >= 6) || 8 * (count + 1) > frame.length)
    throw new Error(`expected at least 6 offsets, received ${count}`);
  const offsets = Array.from({ length: count }, (_, index) => Number(frame.readBigUInt64LE(8 * (index + 1))));
  const parts = offsets.slice(1).map((end, index) => {
    const start = offsets[index]!;
    if (start < 8 * (count + 1) || end < start || end > frame.length) throw new Error('an offset is outside the frame');
    return frame.subarray(start, end);
  });
  const [channel, header, parent_header, metadata, content] = parts.map((part, index) =>
    index < 5 ? decoder.decode(part) : '',
  ) as [string, string, string, string, string];
  return toMessage({
    channel,
    header: JSON.parse(header),
    parent_header: JSON.parse(parent_header),
    metadata: JSON.parse(metadata),
    content: JSON.parse(content),
    buffers: parts.slice(5),
  });
}
