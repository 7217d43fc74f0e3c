import { stat } from 'node:fs/promises';
import path from 'node:path';
import { resolveInside } from '../contents/paths.ts';
import { HttpError } from '../http/errors.ts';
import { ManagedKernel } from './kernel.ts';
import { checkKernelName, KERNEL_NAME } from './kernelspecs.ts';
import type { StartKernel } from './process.ts';

/** The kernels that run. */
export class KernelManager {
  readonly #kernels = new Map<string, ManagedKernel>();
  readonly #root: string;
  readonly #start: StartKernel;
  readonly #log: (line: string) => void;
  #closed = false;

  constructor(root: string, start: StartKernel, log: (line: string) => void) {
    this.#root = root;
    this.#start = start;
    this.#log = log;
  }

  list(): ManagedKernel[] {
    return [...this.#kernels.values()];
  }

  get(id: string): ManagedKernel {
    const kernel = this.#kernels.get(id);
    if (kernel === undefined) throw new HttpError(404, `Kernel does not exist: ${id}`);
    return kernel;
  }

  has(id: string): boolean {
    return this.#kernels.has(id);
  }

  /** Starts a kernel in the folder of `apiPath`, a notebook or a folder. */
  async start(name = KERNEL_NAME, apiPath = ''): Promise<ManagedKernel> {
    checkKernelName(name);
    if (this.#closed) throw new HttpError(503, 'The server is shutting down.');
    const file = await resolveInside(this.#root, apiPath);
    const options = { cwd: await nearestFolder(file), env: { JPY_SESSION_NAME: file } };
    const kernel = new ManagedKernel(name, this.#start, options, this.#log);
    this.#kernels.set(kernel.id, kernel);
    try {
      await kernel.start();
    } catch (error) {
      this.#kernels.delete(kernel.id);
      throw error instanceof HttpError
        ? error
        : new HttpError(500, `The kernel could not be started: ${(error as Error).message}`);
    }
    return kernel;
  }

  async shutdown(id: string): Promise<void> {
    const kernel = this.get(id);
    this.#kernels.delete(id);
    await kernel.shutdown();
  }

  /** Resolves when every kernel is down. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#kernels.keys()].map(id => this.shutdown(id)));
  }
}

async function nearestFolder(file: string): Promise<string> {
  for (let probe = file; ; probe = path.dirname(probe)) {
    const status = await stat(probe).catch(() => undefined);
    if (status?.isDirectory()) return probe;
  }
}
