import net from 'node:net';
import { encodeFrame, FrameReader } from './frames.ts';
import type { Transport, TransportListener } from './transport.ts';

/** Connects to the parent that listens at `path` (a Unix socket or a Windows named pipe). */
export function connectDirect(path: string, listener: TransportListener): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(path);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(directTransport(socket, listener));
    });
  });
}

function directTransport(socket: net.Socket, listener: TransportListener): Transport {
  const reader = new FrameReader();
  let closing = false;
  socket.on('data', chunk => {
    for (const message of reader.push(chunk)) {
      if (message instanceof Error) listener.onMalformed(message);
      else listener.onMessage(message, undefined);
    }
  });
  socket.on('error', () => {}); // 'close' follows
  socket.on('close', () => {
    if (!closing) listener.onGone();
  });
  return {
    send: message =>
      new Promise(resolve => {
        if (socket.writable) socket.write(encodeFrame(message), () => resolve());
        else resolve();
      }),
    close: () =>
      new Promise(resolve => {
        closing = true;
        if (socket.destroyed) resolve();
        else socket.end(() => resolve());
      }),
  };
}
