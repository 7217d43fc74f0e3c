import { describe, expect, it } from 'vitest';
import { createMessage } from '../../src/kernel/protocol/create.ts';
import { encodeFrame, FrameReader } from '../../src/kernel/transport/frames.ts';

describe('frames of the direct channel', () => {
  const message = createMessage(
    'shell',
    'comm_msg',
    { text: 'ä🙂' },
    { session: 's', buffers: [new Uint8Array([1, 2, 3])] },
  );
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

  it('come out as they went in, however the bytes are cut', () => {
    const bytes = Buffer.concat([encodeFrame(message), encodeFrame(message)]);
    for (const size of [1, 3, 7, 100, bytes.length]) {
      const reader = new FrameReader();
      const read: unknown[] = [];
      for (let start = 0; start < bytes.length; start += size)
        read.push(...reader.push(bytes.subarray(start, start + size)));
      expect(read).toHaveLength(2);
      for (const one of read) {
        expect(plain({ ...(one as object), buffers: [] })).toEqual(plain({ ...message, buffers: [] }));
        expect([...((one as typeof message).buffers[0] ?? [])]).toEqual([1, 2, 3]);
      }
    }
  });

  it('name what is wrong, and the next frame is read', () => {
    const wrong = encodeFrame({ ...message, header: { ...message.header, msg_type: 5 as never } });
    const nowhere = encodeFrame({ ...message, channel: 'nowhere' as never });
    const short = Buffer.from([4, 0, 0, 0, 9, 0, 0, 0]);
    const read = new FrameReader().push(Buffer.concat([wrong, nowhere, short, encodeFrame(message)]));
    expect(read.map(one => (one instanceof Error ? one.message : 'read'))).toEqual([
      'expected a string as header.msg_type, received 5',
      'unknown channel "nowhere"',
      'a frame of 4 bytes with 9 parts',
      'read',
    ]);
  });
});
