import { setTimeout as sleep } from 'node:timers/promises';
import { Reply, Router } from 'zeromq';
import { decodeParts, encodeParts, MalformedMessage } from '../protocol/encode.ts';
import type { Message } from '../protocol/message.ts';
import { type Connection, type PortName, readConnection } from './connection-file.ts';
import { IopubSocket } from './iopub.ts';
import { SendQueue } from './sending.ts';
import { Signer } from './signature.ts';
import { ConnectionProblem, type Route, type Transport, type TransportListener } from './transport.ts';

const DELIMITER = Buffer.from('<IDS|MSG>');
/** Time that the last messages get to leave when the kernel ends. */
const LINGER_MS = 300;
/** Time that what still waits gets to be handed to the sockets. A client that reads nothing is not waited for. */
const CLOSE_MS = 600;

/** Binds the five sockets that the connection file names. */
export async function connectZeromq(connectionFile: string, listener: TransportListener): Promise<Transport> {
  const connection = readConnection(connectionFile);
  const signer = new Signer(connection.key, connection.signature_scheme);
  // A client that lost its connection comes back under the name that it had.
  const options = { linger: LINGER_MS, sendHighWaterMark: 0, receiveHighWaterMark: 0, handover: true };
  const routers = {
    shell: new Router(options),
    control: new Router(options),
    stdin: new Router(options),
  };
  const iopub = new IopubSocket(LINGER_MS);
  const heartbeat = new Reply({ linger: 0 });
  const sockets = { shell: routers.shell, control: routers.control, stdin: routers.stdin, iopub, hb: heartbeat };
  try {
    for (const name of Object.keys(sockets) as (keyof typeof sockets)[]) {
      await bind(sockets[name], connection, `${name}_port`);
    }
  } catch (error) {
    for (const socket of Object.values(sockets)) socket.close();
    throw error;
  }

  const queues = { shell: new SendQueue(), control: new SendQueue(), stdin: new SendQueue() };
  const receive = (channel: 'shell' | 'control' | 'stdin') =>
    forEachMessage(routers[channel], frames => {
      try {
        const { route, parts } = unwrap(frames, signer);
        listener.onMessage(decodeParts(channel, parts), route);
      } catch (error) {
        if (!(error instanceof MalformedMessage)) throw error;
        listener.onMalformed(error);
      }
    });
  void receive('shell');
  void receive('control');
  void receive('stdin');
  void iopub.onSubscribed(topic => listener.onSubscribed(topic));
  void forEachMessage(heartbeat, frames => heartbeat.send(frames));

  return {
    send(message: Message, route: Route): Promise<void> {
      const parts = encodeParts(message);
      const signed = [DELIMITER, signer.sign(parts), ...parts];
      if (message.channel === 'iopub') {
        return iopub.send([Buffer.from(topicOf(message)), ...signed]);
      }
      const router = routers[message.channel];
      // A client that has left cannot be reached; its reply is dropped.
      return queues[message.channel].add(async () => {
        if (!router.closed) await router.send([...(route ?? []), ...signed]).catch(() => {});
      });
    },
    async close(): Promise<void> {
      const drained = () => Promise.all([iopub.drained(), ...Object.values(queues).map(queue => queue.drained())]);
      await Promise.race([drained(), sleep(CLOSE_MS)]);
      iopub.close();
      for (const socket of [...Object.values(routers), heartbeat]) socket.close();
      // Node aborts when a send comes to its end in a thread that has ended.
      await Promise.race([drained(), sleep(CLOSE_MS)]);
    },
  };
}

async function bind(
  socket: { bind(address: string): Promise<void> },
  { transport, ip, ...ports }: Connection,
  name: PortName,
): Promise<void> {
  const port = ports[name];
  try {
    await socket.bind(transport === 'ipc' ? `ipc://${ip}-${port}` : `tcp://${ip}:${port}`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const place = transport === 'ipc' ? `the socket ${ip}-${port}` : `port ${port} of ${ip}`;
    throw new ConnectionProblem(`${name}: cannot listen at ${place}: ${BIND_PROBLEMS[code ?? ''] ?? message}`);
  }
}

const BIND_PROBLEMS: Record<string, string> = {
  EADDRINUSE: 'another program has it. Start the kernel again: Jupyter then takes other ports.',
  EADDRNOTAVAIL: 'this machine has no such address. Jupyter takes the one that KernelManager.ip names.',
  EACCES: 'this user may not. Jupyter takes free ports by itself where its configuration names none.',
  ENOENT: 'its folder does not exist. Jupyter takes the path that KernelManager.ip names.',
  ENODEV: 'this machine has no such address. Jupyter takes the one that KernelManager.ip names.',
};

/** A welcome reaches whoever subscribed to that topic. */
function topicOf({ header, content }: Message): string {
  return header.msg_type === 'iopub_welcome' ? String(content.subscription) : header.msg_type;
}

async function forEachMessage(socket: AsyncIterable<Buffer[]>, handle: (frames: Buffer[]) => unknown): Promise<void> {
  try {
    for await (const frames of socket) await handle(frames);
  } catch (error) {
    if (!(socket as unknown as { closed: boolean }).closed) throw error;
  }
}

function unwrap(frames: Buffer[], signer: Signer): { route: Buffer[]; parts: Buffer[] } {
  const delimiter = frames.findIndex(frame => frame.equals(DELIMITER));
  if (delimiter < 0 || frames.length < delimiter + 2) throw new MalformedMessage('no delimiter in the message');
  const parts = frames.slice(delimiter + 2);
  signer.verify(frames[delimiter + 1]!, parts);
  return { route: frames.slice(0, delimiter), parts };
}
