import type { Message } from '../../../kernel/client/index.ts';
import { toMessage } from './message.ts';

/**
 * The protocol of clients that name none: JSON as text; with buffers a binary frame of a count and offsets (32 bits
 * each, big-endian), the JSON, and the buffers.
 */
export function encodeLegacy(message: Message): string | Buffer {
  const { channel, header, parent_header, metadata, content, buffers } = message;
  const json = JSON.stringify({
    channel,
    header,
    parent_header,
    metadata,
    content,
    msg_id: header.msg_id,
    msg_type: header.msg_type,
    buffers: [],
  });
  if (buffers.length === 0) return json;
  const parts = [Buffer.from(json), ...buffers];
  const head = Buffer.alloc(4 * (parts.length + 1));
  head.writeUInt32BE(parts.length, 0);
  let offset = head.length;
  for (const [index, part] of parts.entries()) {
    head.writeUInt32BE(offset, 4 * (index + 1));
    offset += part.length;
  }
  return Buffer.concat([head, ...parts]);
}

/** @throws when the frame is not a message */
export function decodeLegacy(frame: Buffer, isBinary: boolean): Message {
  if (!isBinary) return toMessage({ ...JSON.parse(frame.toString()), buffers: [] });
  const count = frame.readUInt32BE(0);
  if (count < 1 || 4 * (count + 1) > frame.length) throw new Error(`expected at least 1 offset, received ${count}`);
  const offsets = Array.from({ length: count }, (_, index) => frame.readUInt32BE(4 * (index + 1)));
  const parts = offsets.map((start, index) => {
    const end = offsets[index + 1] ?? frame.length;
    if (start < 4 * (count + 1) || end < start || end > frame.length) throw new Error('an offset is outside the frame');
    return frame.subarray(start, end);
  });
  return toMessage({ ...JSON.parse(parts[0]!.toString()), buffers: parts.slice(1) });
}
