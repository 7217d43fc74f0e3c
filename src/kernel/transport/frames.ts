import { decodeParts, encodeParts, MalformedMessage } from '../protocol/encode.ts';
import type { Channel, Message } from '../protocol/message.ts';

/**
 * The frame of the direct channel, all numbers uint32 little-endian:
 * length of the rest · number of parts · length of each part · the parts. The first part is the channel's name.
 */
export function encodeFrame(message: Message): Buffer {
  const parts = [Buffer.from(message.channel), ...encodeParts(message)];
  const headSize = 4 * (2 + parts.length);
  const head = Buffer.allocUnsafe(headSize);
  let size = headSize - 4;
  head.writeUInt32LE(parts.length, 4);
  parts.forEach((part, index) => {
    head.writeUInt32LE(part.byteLength, 4 * (2 + index));
    size += part.byteLength;
  });
  head.writeUInt32LE(size, 0);
  return Buffer.concat([head, ...parts]);
}

const CHANNELS: readonly string[] = ['shell', 'control', 'stdin', 'iopub'] satisfies Channel[];

/** Cuts a byte stream back into messages. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;

  /** The messages that are whole now; each entry that could not be read is its error instead. */
  push(chunk: Buffer): (Message | MalformedMessage)[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const messages: (Message | MalformedMessage)[] = [];
    while (this.#size >= 4) {
      const length = this.#peekLength();
      if (this.#size < 4 + length) break;
      const frame = this.#take(4 + length).subarray(4);
      try {
        messages.push(decodeFrame(frame));
      } catch (error) {
        if (!(error instanceof MalformedMessage)) throw error;
        messages.push(error);
      }
    }
    return messages;
  }

  #peekLength(): number {
    if (this.#chunks[0]!.length < 4) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0]!.readUInt32LE(0);
  }

  #take(size: number): Buffer {
    // A large frame comes in many chunks: join them once, when all are here.
    const whole = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#size -= size;
    this.#chunks = this.#size > 0 ? [whole.subarray(size)] : [];
    return whole.subarray(0, size);
  }
}

function decodeFrame(frame: Buffer): Message {
  const count = frame.length >= 4 ? frame.readUInt32LE(0) : 0;
  const headSize = 4 * (1 + count);
  if (count < 5 || frame.length < headSize)
    throw new MalformedMessage(`a frame of ${frame.length} bytes with ${count} parts`);
  const parts: Buffer[] = [];
  let offset = headSize;
  for (let index = 0; index < count; index++) {
    const end = offset + frame.readUInt32LE(4 * (1 + index));
    if (end > frame.length) throw new MalformedMessage(`part ${index} of a frame ends after the frame`);
    parts.push(frame.subarray(offset, end));
    offset = end;
  }
  const channel = parts[0]!.toString();
  if (!CHANNELS.includes(channel))
    throw new MalformedMessage(`unknown channel ${JSON.stringify(channel.slice(0, 40))}`);
  return decodeParts(channel as Channel, parts.slice(1));
}
