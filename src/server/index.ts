import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import { ContentsManager } from './contents/manager.ts';
import { listen } from './http/listen.ts';
import { KernelManager } from './kernels/manager.ts';
import { type StartKernel, startRealKernel } from './kernels/process.ts';
import { SessionManager } from './kernels/sessions.ts';
import { createSockets } from './kernels/socket.ts';
import type { Chapter } from './lab-api/page.ts';
import { loadSchemas } from './lab-api/schemas.ts';
import { parseSettings } from './lab-api/settings.ts';
import { FileStore } from './lab-api/store.ts';
import { parseWorkspace } from './lab-api/workspaces.ts';
import { Access, checkHost } from './security/access.ts';
import { unpackApp } from './static/app-archive.ts';

export type { Chapter } from './lab-api/page.ts';

export interface LabOptions {
  /** The folder that the lab shows. */
  root: string;
  /** Where settings and workspaces are kept. Default: `<root>/.learnable/lab`. */
  stateDirectory?: string;
  /** Default: 127.0.0.1, which only this machine reaches. */
  ip?: string;
  /** Default: 8888. A busy port moves on to the next ones; 0 is any. */
  port?: number;
  /** Default: a random one. */
  token?: string;
  /** Where the file browser starts, relative to the root. */
  preferredDir?: string;
  /** What the launcher's section "Course" shows. */
  chapters?: Chapter[];
  /** The built front end. Default: `lab/app.tgz` of this package. */
  appArchive?: string;
  /** Takes a line about what the learner may want to know. */
  log?: (line: string) => void;
  /** Starts a kernel process; tests give their own. */
  startKernel?: StartKernel;
}

export interface Lab {
  /** The address to open, with the token. */
  url: string;
  /** The address without path and token. */
  base: string;
  token: string;
  port: number;
  /** Shuts the kernels down, then the server. */
  close(): Promise<void>;
  /** Resolves when the lab has closed, also when the page asked for it (File → Shut Down). */
  closed: Promise<void>;
}

const CLOSE_GRACE_MS = 1000;

/**
 * Starts the lab: JupyterLab with this project's kernel, on a folder.
 * @throws when the root is not a folder, the token is empty or no port is free.
 */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { ip = '127.0.0.1', port: wantedPort = 8888, log = () => {} } = options;
  const root = checkRoot(options.root);
  const stateDirectory = path.resolve(options.stateDirectory ?? path.join(root, '.learnable', 'lab'));
  const archive = options.appArchive ?? fileURLToPath(new URL('../../lab/app.tgz', import.meta.url));
  const token = checkToken(options.token ?? randomBytes(24).toString('hex'));
  makeStateDirectory(stateDirectory);

  const app = await unpackApp(archive, stateDirectory);
  if (app === undefined) log(`The front end is missing: ${archive} is not there.`);
  const schemas = app === undefined ? new Map() : await loadSchemas(path.join(app.directory, 'schemas'));
  const server = createServer();
  const port = await listen(server, ip, wantedPort, log);

  const access = new Access(token, port);
  const contents = new ContentsManager(root, stateDirectory);
  const kernels = new KernelManager(root, options.startKernel ?? startRealKernel, log);
  const settings = new FileStore(path.join(stateDirectory, 'settings'), '.jsonc', parseSettings, log);
  const workspaces = new FileStore(path.join(stateDirectory, 'workspaces'), '.json', parseWorkspace, log);
  const sockets = createSockets(
    kernels,
    request => {
      checkHost(request, ip);
      access.check(request);
    },
    log,
  );
  const started = new Date().toISOString();
  let closing: Promise<void> | undefined;
  let reportClosed = () => {};
  const closed = new Promise<void>(resolve => {
    reportClosed = resolve;
  });
  const close = () => {
    closing ??= closeAll().finally(reportClosed);
    return closing;
  };
  /** What runs ends first, then what is being written, then the connections. */
  const closeAll = async () => {
    await kernels.close();
    await Promise.all([contents.close(), settings.close(), workspaces.close()]);
    sockets.close();
    const connectionsEnded = new Promise<void>(resolve => server.close(() => resolve()));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS).unref();
    await connectionsEnded;
  };

  const handle = createApp({
    ip,
    access,
    contents,
    kernels,
    sessions: new SessionManager(kernels),
    schemas,
    settings,
    workspaces,
    page: {
      app,
      serverRoot: root.replace(os.homedir(), '~'),
      preferredDir: options.preferredDir ?? '',
      chapters: options.chapters ?? [],
    },
    status: () => {
      const models = kernels.list().map(kernel => kernel.model());
      const connections = models.reduce((sum, model) => sum + model.connections, 0);
      const activity = [started, ...models.map(model => model.last_activity)].sort().at(-1);
      return { started, last_activity: activity, connections, kernels: models.length };
    },
    shutdown: () => void close().catch(error => log(`Shutting down failed: ${error.message}`)),
    log,
  });
  server.on('request', handle);
  server.on('upgrade', sockets.upgrade);

  const base = `http://${addressOf(ip)}:${port}`;
  return { url: `${base}/lab?token=${encodeURIComponent(token)}`, base, token, port, close, closed };
}

function checkRoot(root: string): string {
  const absolute = path.resolve(root);
  if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`The lab needs a folder to show: ${absolute} is not one.`);
  }
  return absolute;
}

function makeStateDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
  } catch (error) {
    throw new Error(`The lab cannot keep its settings in ${directory}: ${(error as Error).message}`);
  }
}

function checkToken(token: string): string {
  if (token.trim() !== token || token.length < 8) {
    throw new Error('The token must have at least 8 characters and no space around it: it is the key to this machine.');
  }
  return token;
}

/** The name by which a browser on this machine reaches the address. */
function addressOf(ip: string): string {
  if (ip === '0.0.0.0' || ip === '::') return '127.0.0.1';
  return ip.includes(':') ? `[${ip}]` : ip;
}
