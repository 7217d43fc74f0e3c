import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Message } from '../../kernel/client/index.ts';
import { asHttpError, HttpError } from '../http/errors.ts';
import type { ManagedKernel } from './kernel.ts';
import type { KernelManager } from './manager.ts';
import { decodeLegacy, encodeLegacy } from './wire/legacy.ts';
import { decodeV1, encodeV1, V1 } from './wire/v1.ts';

const MAX_FRAME_BYTES = 64 * 2 ** 20;
const HEARTBEAT_MS = 30_000;
/** How long what was sent may wait until the client is asked whether it has arrived. */
const CONFIRM_MS = 250;
/** A browser closes with this code when it leaves the page, and only then. */
const GOING_AWAY = 1001;

export interface Sockets {
  /** Takes an HTTP request that asks for a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/**
 * The WebSockets of the server: `/api/kernels/<id>/channels` carries a kernel's messages, `/api/events/subscribe` is
 * accepted and silent. `check` throws for a client that may not come in.
 */
export function createSockets(
  kernels: KernelManager,
  check: (request: IncomingMessage) => void,
  log: (line: string) => void,
): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    handleProtocols: offered => (offered.has(V1) ? V1 : false),
  });
  const heartbeat = setInterval(() => checkConnections(server), HEARTBEAT_MS).unref();

  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      try {
        check(request);
        const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
        const id = /^\/api\/kernels\/([\w-]+)\/channels$/.exec(pathname)?.[1];
        if (id === undefined && pathname !== '/api/events/subscribe') throw new HttpError(404, 'Not found.');
        const kernel = id === undefined ? undefined : kernels.get(id);
        server.handleUpgrade(request, socket, head, client => {
          watch(client);
          if (kernel !== undefined) connect(client, kernel, searchParams, log);
        });
      } catch (error) {
        const { status, message } = asHttpError(error);
        socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        log(`WebSocket refused: ${message}`);
      }
    },
    close() {
      clearInterval(heartbeat);
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

/**
 * Ties one WebSocket to one kernel, in the protocol that the client asked for. Our own page says in `received` how many
 * messages of the session it has.
 */
function connect(
  client: WebSocket,
  kernel: ManagedKernel,
  parameters: URLSearchParams,
  log: (line: string) => void,
): void {
  const isV1 = client.protocol === V1;
  const sessionId = parameters.get('session_id') || crypto.randomUUID();
  const received = /^\d{1,15}$/.exec(parameters.get('received') ?? '')?.[0];
  let sent = 0;
  let asking: NodeJS.Timeout | undefined;
  const connection = {
    deliver: (message: Message, number: number) => {
      if (client.readyState !== WebSocket.OPEN) return;
      client.send(encodeOnce(message, isV1));
      sent = number;
      if (received !== undefined) asking ??= setTimeout(ask, CONFIRM_MS).unref();
    },
    close: () => client.close(1001),
  };
  /** A ping that is answered confirms all that was sent before it. */
  const ask = () => {
    asking = undefined;
    if (client.readyState === WebSocket.OPEN) client.ping(String(sent));
  };
  kernel.attach(sessionId, connection, received === undefined ? undefined : Number(received));
  client.on('pong', data => {
    if (data.length > 0) kernel.confirm(sessionId, connection, Number(data.toString()));
  });
  client.on('message', (data: Buffer, isBinary: boolean) => {
    try {
      kernel.send(sessionId, isV1 ? decodeV1(data) : decodeLegacy(data, isBinary));
    } catch (error) {
      log(`A client sent something that is not a message: ${(error as Error).message}`);
    }
  });
  client.on('close', code => {
    clearTimeout(asking);
    kernel.detach(sessionId, connection, code === GOING_AWAY);
  });
}

/** A message to many clients is encoded once for each protocol. */
function encodeOnce(message: Message, isV1: boolean): string | Buffer {
  const cache = isV1 ? encodedV1 : encodedLegacy;
  let encoded = cache.get(message);
  if (encoded === undefined) {
    encoded = isV1 ? encodeV1(message) : encodeLegacy(message);
    cache.set(message, encoded);
  }
  return encoded;
}

const encodedV1 = new WeakMap<Message, string | Buffer>();
const encodedLegacy = new WeakMap<Message, string | Buffer>();

const answering = new WeakSet<WebSocket>();

function watch(client: WebSocket): void {
  answering.add(client);
  client.on('pong', () => answering.add(client));
  client.on('error', () => client.terminate());
}

/** A client that did not answer the last ping is gone: its laptop sleeps, its network changed. */
function checkConnections(server: WebSocketServer): void {
  for (const client of server.clients) {
    if (!answering.delete(client)) client.terminate();
    else client.ping();
  }
}
