import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Channel, Message } from '../../src/kernel/client/index.ts';
import { type Lab, type LabOptions, startLab } from '../../src/server/index.ts';
import type { KernelProcess, StartKernelOptions } from '../../src/server/kernels/process.ts';
import type { RunModel } from '../../src/server/kernels/run-model.ts';
import { encodeLegacy } from '../../src/server/kernels/wire/legacy.ts';
import { encodeV1, V1 } from '../../src/server/kernels/wire/v1.ts';

export const TOKEN = 'a-token-for-tests';

/** A folder of its own for a test, gone after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lab-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

export interface TestLab {
  lab: Lab;
  root: string;
  kernels: FakeKernel[];
  logged: string[];
  /** Asks with the token. */
  ask(method: string, address: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  status: number;
  headers: Headers;
  setCookie: string[];
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of all shapes
  body: any;
}

/** A lab on a fresh folder with kernels that echo. */
export async function openLab(options: Partial<LabOptions> = {}): Promise<TestLab> {
  const root = options.root ?? temporaryFolder();
  const kernels: FakeKernel[] = [];
  const logged: string[] = [];
  const lab = await startLab({
    root,
    port: 0,
    token: TOKEN,
    appArchive: path.join(root, 'no-app.tgz'),
    log: line => logged.push(line),
    startKernel: async start => {
      const kernel = new FakeKernel(start);
      kernels.push(kernel);
      return kernel;
    },
    ...options,
  });
  onTestFinished(() => lab.close());
  const ask = async (method: string, address: string, body?: unknown, headers: Record<string, string> = {}) =>
    request(lab.base + address, {
      method,
      headers: { Authorization: `token ${TOKEN}`, ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { lab, root, kernels, logged, ask };
}

export async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  const { headers } = response;
  const setCookie = (headers as Headers & { getSetCookie(): string[] }).getSetCookie();
  return { status: response.status, headers, setCookie, body: isJson ? JSON.parse(text) : text };
}

/** Takes messages down, and answers execute requests with an echo of their code, status messages around it. */
export class FakeKernel implements KernelProcess {
  readonly pid = 1;
  readonly options: StartKernelOptions;
  readonly received: Message[] = [];
  interrupts = 0;
  /** Set: it answers nothing by itself. */
  holdsBack = false;
  isDown = false;
  readonly #listeners = new Set<(message: Message) => void>();
  readonly #exits = new Set<(status: { code: number | null; signal: string | null }) => void>();

  constructor(options: StartKernelOptions) {
    this.options = options;
  }

  send(message: Message): void {
    if (message.header.msg_type === 'kernel_info_request') {
      this.emit('iopub', 'status', { execution_state: 'busy' }, message);
      this.emit('shell', 'kernel_info_reply', { status: 'ok' }, message);
      this.emit('iopub', 'status', { execution_state: 'idle' }, message);
      return;
    }
    this.received.push(message);
    if (this.holdsBack || message.header.msg_type !== 'execute_request') return;
    this.emit('iopub', 'status', { execution_state: 'busy' }, message);
    this.emit('iopub', 'stream', { name: 'stdout', text: message.content.code }, message, message.buffers);
    this.emit('shell', 'execute_reply', { status: 'ok' }, message, message.buffers);
    this.emit('iopub', 'status', { execution_state: 'idle' }, message);
  }

  emit(
    channel: Channel,
    type: string,
    content: Record<string, unknown>,
    parent?: Message,
    buffers: Uint8Array[] = [],
  ): void {
    const message = createTestMessage(channel, type, content, 'kernel', buffers);
    message.parent_header = parent?.header ?? {};
    for (const listener of this.#listeners) listener(message);
  }

  onMessage(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onExit(listener: (status: { code: number | null; signal: string | null }) => void): () => void {
    this.#exits.add(listener);
    return () => this.#exits.delete(listener);
  }

  async interrupt(): Promise<void> {
    this.interrupts += 1;
  }

  async shutdown(): Promise<void> {
    this.die(0);
  }

  kill(): void {
    this.die(null);
  }

  die(code: number | null): void {
    this.isDown = true;
    for (const listener of [...this.#exits]) listener({ code, signal: code === null ? 'SIGKILL' : null });
  }
}

export function createTestMessage(
  channel: Channel,
  type: string,
  content: Record<string, unknown>,
  session: string,
  buffers: Uint8Array[] = [],
): Message {
  const header = {
    msg_id: crypto.randomUUID(),
    msg_type: type,
    session,
    username: 'test',
    date: '2026-01-01T00:00:00Z',
    version: '5.4',
  };
  return { channel, header, parent_header: {}, metadata: {}, content, buffers };
}

/** A client's request to run a notebook's cell. */
export function cellRequest(session: string, cellId: string, code: string): Message {
  const request = createTestMessage('shell', 'execute_request', { code }, session);
  request.metadata = { cellId };
  return request;
}

/** The latest runs of the cells, as a page asks for them when it opens a notebook. */
export async function askForRuns(client: TestClient): Promise<RunModel[]> {
  client.received.length = 0;
  client.send(createTestMessage('shell', 'learnable_runs_request', {}, client.session));
  const reply = await client.until(({ header }) => header.msg_type === 'learnable_runs_reply');
  return reply.content.runs as RunModel[];
}

/** A client of a kernel's WebSocket. */
export class TestClient {
  readonly socket: WebSocket;
  readonly session: string;
  readonly received: Message[] = [];
  readonly #isV1: boolean;
  #wake = () => {};

  private constructor(socket: WebSocket, session: string, isV1: boolean) {
    this.socket = socket;
    this.session = session;
    this.#isV1 = isV1;
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      this.received.push(isV1 ? decodeServerV1(data) : decodeServerLegacy(data, isBinary));
      this.#wake();
    });
  }

  static async open(
    lab: Lab,
    kernelId: string,
    session: string,
    protocol: 'v1' | 'legacy' = 'v1',
    received?: number,
  ): Promise<TestClient> {
    const count = received === undefined ? '' : `&received=${received}`;
    const address = `${lab.base.replace('http', 'ws')}/api/kernels/${kernelId}/channels?session_id=${session}${count}`;
    const protocols = protocol === 'v1' ? [V1] : [];
    const socket = new WebSocket(address, protocols, { headers: { Authorization: `token ${TOKEN}` } });
    const client = new TestClient(socket, session, protocol === 'v1');
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return client;
  }

  send(message: Message): void {
    this.socket.send(this.#isV1 ? encodeV1(message) : encodeLegacy(message));
  }

  execute(code: string, buffers: Uint8Array[] = []): Message {
    const message = createTestMessage('shell', 'execute_request', { code }, this.session, buffers);
    this.send(message);
    return message;
  }

  /** The first message received, now or later, that fits. */
  async until(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.received.find(fits);
      if (found !== undefined) return found;
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  /** With 1001 as a browser that leaves the page, else as one whose page goes on. */
  async close(code?: number): Promise<void> {
    const closed = new Promise(resolve => this.socket.once('close', resolve));
    this.socket.close(code);
    await closed;
  }
}

/** Written from the description of the protocol, apart from the server's own code. */
function decodeServerV1(data: Buffer): Message {
  const count = Number(data.readBigUInt64LE(0));
  const at = (index: number) => Number(data.readBigUInt64LE(8 + 8 * index));
  const part = (index: number) => data.subarray(at(index), at(index + 1));
  const json = (index: number) => JSON.parse(part(index).toString());
  const buffers = Array.from({ length: count - 6 }, (_, index) => part(index + 5));
  return {
    channel: part(0).toString() as Channel,
    header: json(1),
    parent_header: json(2),
    metadata: json(3),
    content: json(4),
    buffers,
  };
}

function decodeServerLegacy(data: Buffer, isBinary: boolean): Message {
  if (!isBinary) return JSON.parse(data.toString());
  const count = data.readUInt32BE(0);
  const at = (index: number) => (index < count ? data.readUInt32BE(4 + 4 * index) : data.length);
  const parts = Array.from({ length: count }, (_, index) => data.subarray(at(index), at(index + 1)));
  return { ...JSON.parse(parts[0]!.toString()), buffers: parts.slice(1) };
}
