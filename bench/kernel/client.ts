import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Dealer, Subscriber } from 'zeromq';
import { createMessage, type Message } from '../../src/kernel/client/index.ts';
import { decodeParts, encodeParts } from '../../src/kernel/protocol/encode.ts';
import { Signer } from '../../src/kernel/transport/signature.ts';
import type { Peer } from './peers.ts';

const PORTS = ['shell_port', 'control_port', 'stdin_port', 'iopub_port', 'hb_port'] as const;

/** The kernel did not answer in time. */
export class CutOff extends Error {}
/** The kernel's process ended. */
export class Died extends Error {}

export interface Execution {
  status: string;
  /** From the request until both the reply and `idle` are here. */
  tookMs: number;
}

/** A client of one kernel over ZeroMQ, the same for every kernel that is measured. */
export class BenchClient {
  readonly peer: Peer;
  readonly process: ChildProcess;
  readonly session = randomUUID();
  /** From the start of the process until `kernel_info_request` was answered. */
  readyMs = Number.NaN;
  #signer: Signer;
  #shell = new Dealer({ linger: 0, reconnectInterval: 5 });
  #control = new Dealer({ linger: 0, reconnectInterval: 5 });
  #iopub = new Subscriber({ linger: 0, reconnectInterval: 5, receiveHighWaterMark: 0 });
  #listeners = new Set<(message: Message) => void>();
  #file: string;
  #died: Promise<never>;

  private constructor(peer: Peer, directory: string, ports: number[]) {
    this.peer = peer;
    const key = randomUUID();
    this.#signer = new Signer(key);
    this.#file = path.join(tmpdir(), `learnable-bench-${randomUUID()}.json`);
    const connection = { transport: 'tcp', ip: '127.0.0.1', key, signature_scheme: 'hmac-sha256' };
    const numbered = Object.fromEntries(PORTS.map((name, index) => [name, ports[index]!]));
    writeFileSync(this.#file, JSON.stringify({ ...connection, ...numbered }));
    const address = (name: (typeof PORTS)[number]) => `tcp://127.0.0.1:${numbered[name]}`;
    this.#shell.connect(address('shell_port'));
    this.#control.connect(address('control_port'));
    this.#iopub.connect(address('iopub_port'));
    this.#iopub.subscribe();
    void this.#receive('shell', this.#shell);
    void this.#receive('control', this.#control);
    void this.#receive('iopub', this.#iopub);
    const [command, ...args] = peer.command!.map(part => part.replace('{connection_file}', this.#file));
    this.process = spawn(command!, args, {
      cwd: directory,
      env: { ...process.env, ...peer.env },
      stdio: 'ignore',
    });
    this.#died = new Promise((_, reject) => {
      this.process.once('error', reject);
      this.process.once('exit', (code, signal) => reject(new Died(`ended with ${signal ?? code}`)));
    });
    this.#died.catch(() => {});
  }

  /** Starts a kernel; resolves when it answers and its output is heard. */
  static async start(peer: Peer, directory: string): Promise<BenchClient> {
    const ports = await freePorts(PORTS.length);
    const startedAt = performance.now();
    const client = new BenchClient(peer, directory, ports);
    try {
      await client.request('shell', 'kernel_info_request', {}, 30_000);
      client.readyMs = performance.now() - startedAt;
      await client.#hearOutput();
    } catch (error) {
      await client.close();
      throw error;
    }
    return client;
  }

  async request(channel: 'shell' | 'control', type: string, content: object, timeoutMs = 20_000): Promise<Message> {
    const message = createMessage(channel, type, content as Record<string, unknown>, { session: this.session });
    const reply = this.#first(
      ({ channel, parent_header }) => channel !== 'iopub' && parent_header.msg_id === message.header.msg_id,
      timeoutMs,
    );
    await this.#send(message);
    return reply;
  }

  /** Runs a cell; a cell that fails is no error here: see its status. */
  async execute(code: string, timeoutMs = 20_000): Promise<Execution> {
    const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
    const message = createMessage('shell', 'execute_request', content, { session: this.session });
    const isOfCell = ({ parent_header }: Message) => parent_header.msg_id === message.header.msg_id;
    const startedAt = performance.now();
    const reply = this.#first(answer => isOfCell(answer) && answer.channel === 'shell', timeoutMs);
    const idle = this.#first(answer => isOfCell(answer) && answer.content.execution_state === 'idle', timeoutMs);
    idle.catch(() => {});
    await this.#send(message);
    const { content: answer } = await reply;
    await idle;
    return { status: String(answer.status), tookMs: performance.now() - startedAt };
  }

  /** Runs a cell that must succeed; returns how long it took, ms. */
  async run(code: string, timeoutMs?: number): Promise<number> {
    const { status, tookMs } = await this.execute(code, timeoutMs);
    if (status !== 'ok') throw new Error(`${this.peer.name}: a cell that must run failed: ${code}`);
    return tookMs;
  }

  /** Asks the kernel to stop its cell, in the way that its kernelspec names. */
  async interrupt(): Promise<void> {
    if (this.peer.interruptMode === 'signal') this.process.kill('SIGINT');
    else await this.request('control', 'interrupt_request', {});
  }

  onMessage(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    for (const socket of [this.#shell, this.#control, this.#iopub]) socket.close();
    rmSync(this.#file, { force: true });
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGKILL');
    await this.#died.catch(() => {});
  }

  /** The subscription may arrive after the first reply: ask until an answer's `idle` is heard. */
  async #hearOutput(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const idle = this.#first(({ content }) => content.execution_state === 'idle', 500);
      idle.catch(() => {});
      await this.request('shell', 'kernel_info_request', {});
      try {
        await idle;
        return;
      } catch (error) {
        if (attempt === 10) throw error;
      }
    }
  }

  #first(wanted: (message: Message) => boolean, timeoutMs: number): Promise<Message> {
    let stop = () => {};
    let timer: NodeJS.Timeout | undefined;
    const found = new Promise<Message>((resolve, reject) => {
      timer = setTimeout(() => reject(new CutOff(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
      stop = this.onMessage(message => {
        if (wanted(message)) resolve(message);
      });
    });
    return Promise.race([found, this.#died]).finally(() => {
      clearTimeout(timer);
      stop();
    });
  }

  #send(message: Message): Promise<void> {
    const parts = encodeParts(message);
    const socket = message.channel === 'control' ? this.#control : this.#shell;
    return socket.send(['<IDS|MSG>', this.#signer.sign(parts), ...parts]);
  }

  async #receive(channel: 'shell' | 'control' | 'iopub', socket: AsyncIterable<Buffer[]>): Promise<void> {
    for await (const frames of socket) {
      const delimiter = frames.findIndex(frame => frame.toString() === '<IDS|MSG>');
      const message = decodeParts(channel, frames.slice(delimiter + 2));
      for (const listener of this.#listeners) listener(message);
    }
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => net.createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map(server => new Promise(resolve => server.once('listening', resolve))));
  const ports = servers.map(server => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}
