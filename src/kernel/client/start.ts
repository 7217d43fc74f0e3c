import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../threads.ts';
import { DirectKernel } from './process.ts';
import type { KernelProcess } from './types.ts';

const MAIN = fileURLToPath(new URL('../../../dist/kernel/main.js', import.meta.url));
const LAUNCHER = fileURLToPath(new URL('../../../bin/kernel.mjs', import.meta.url));
const START_TIMEOUT_MS = 60_000;

export interface KernelClientOptions {
  /** Where the notebook is: its relative imports and paths start here. */
  cwd: string;
  /** Set beside the variables of this process. */
  env?: Record<string, string>;
}

/**
 * Starts a kernel process on the direct channel; resolves when it has answered `kernel_info_request`.
 * Throws when it is not built, or ends before it answers, with what it wrote to stderr.
 */
export async function startKernel({ cwd, env = {} }: KernelClientOptions): Promise<KernelProcess> {
  if (!existsSync(MAIN))
    throw new Error(`startKernel: the kernel is not built, ${MAIN} is missing. Build it: npm run build`);
  if (!existsSync(cwd)) throw new Error(`startKernel: expected an existing folder as cwd, received ${cwd}`);
  const channel = await listen();
  const child = spawn(process.execPath, [...NODE_FLAGS, LAUNCHER, '--channel', channel.path], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const kernel = new DirectKernel(child, randomUUID());
  try {
    kernel.attach(await firstOf(channel.connected, kernel));
    await kernel.readInfo();
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    await channel.close();
  }
  return kernel;
}

/** The socket of the kernel that connects, unless the process ends or the time is over before. */
async function firstOf(connected: Promise<net.Socket>, kernel: DirectKernel): Promise<net.Socket> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      connected.then(resolve, reject);
      timer = setTimeout(
        () => reject(new Error(`the kernel did not connect within ${START_TIMEOUT_MS / 1000} s`)),
        START_TIMEOUT_MS,
      );
      kernel.onExit(({ code, signal, reason }) =>
        reject(new Error(`the kernel ended (${signal ?? code}) before it was ready\n${reason}`)),
      );
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Listens at a path that only this user can reach, for one connection. */
async function listen(): Promise<{ path: string; connected: Promise<net.Socket>; close(): Promise<void> }> {
  const folder = process.platform === 'win32' ? undefined : await mkdtemp(join(tmpdir(), 'learnable-'));
  const path = folder ? join(folder, 'kernel') : `\\\\.\\pipe\\learnable-${randomUUID()}`;
  const server = net.createServer();
  server.maxConnections = 1;
  const connected = new Promise<net.Socket>((resolve, reject) => {
    server.once('connection', resolve);
    server.once('error', reject);
  });
  await new Promise<void>(resolve => server.listen(path, resolve));
  return {
    path,
    connected,
    async close() {
      server.close();
      if (folder) await rm(folder, { recursive: true, force: true });
    },
  };
}
