import { HttpError } from '../http/errors.ts';
import type { KernelModel } from './kernel.ts';
import type { KernelManager } from './manager.ts';

/** What the sessions API answers: which kernel a notebook or a console uses. */
export interface SessionModel {
  id: string;
  path: string;
  name: string;
  type: string;
  kernel: KernelModel;
  notebook: { path: string; name: string };
}

interface Session {
  id: string;
  path: string;
  name: string;
  type: string;
  kernelId: string;
}

export interface SessionFields {
  path?: string;
  name?: string;
  type?: string;
  kernel?: { id?: string; name?: string };
}

export class SessionManager {
  readonly #kernels: KernelManager;
  readonly #sessions = new Map<string, Session>();
  /** Two requests for one notebook at once must not start two kernels. */
  readonly #starting = new Map<string, Promise<Session>>();

  constructor(kernels: KernelManager) {
    this.#kernels = kernels;
  }

  list(): SessionModel[] {
    return this.#alive().map(session => this.#model(session));
  }

  get(id: string): SessionModel {
    return this.#model(this.#find(id));
  }

  /** The session of this path when there is one, else a new one with a kernel of its own or the named one. */
  async open(fields: SessionFields): Promise<SessionModel> {
    const { path } = fields;
    if (path === undefined || path === '') throw new HttpError(400, 'A session needs a "path".');
    const existing = this.#alive().find(session => session.path === path);
    if (existing !== undefined) return this.#model(existing);
    let opening = this.#starting.get(path);
    if (opening === undefined) {
      opening = this.#create(path, fields).finally(() => this.#starting.delete(path));
      this.#starting.set(path, opening);
    }
    return this.#model(await opening);
  }

  /** Renames a session or gives it another kernel; its kernel is shut down when no session is left that uses it. */
  async change(id: string, fields: SessionFields): Promise<SessionModel> {
    const session = this.#find(id);
    session.path = fields.path ?? session.path;
    session.name = fields.name ?? session.name;
    session.type = fields.type ?? session.type;
    const { kernel } = fields;
    const before = session.kernelId;
    if (kernel?.id !== undefined) session.kernelId = this.#kernels.get(kernel.id).id;
    else if (kernel?.name !== undefined) session.kernelId = (await this.#startKernel(session, kernel.name)).id;
    if (before !== session.kernelId) await this.#releaseKernel(before);
    return this.#model(session);
  }

  async delete(id: string): Promise<void> {
    const session = this.#find(id);
    this.#sessions.delete(id);
    await this.#releaseKernel(session.kernelId);
  }

  async #create(path: string, { name = '', type = 'notebook', kernel }: SessionFields): Promise<Session> {
    const draft = { id: crypto.randomUUID(), path, name, type };
    const used = kernel?.id === undefined ? await this.#startKernel(draft, kernel?.name) : this.#kernels.get(kernel.id);
    const session = { ...draft, kernelId: used.id };
    this.#sessions.set(session.id, session);
    return session;
  }

  #startKernel({ path }: { path: string }, name: string | undefined) {
    return this.#kernels.start(name, path);
  }

  async #releaseKernel(kernelId: string): Promise<void> {
    const inUse = [...this.#sessions.values()].some(session => session.kernelId === kernelId);
    if (!inUse && this.#kernels.has(kernelId)) await this.#kernels.shutdown(kernelId);
  }

  /** A session whose kernel was shut down is gone with it. */
  #alive(): Session[] {
    for (const [id, session] of this.#sessions) {
      if (!this.#kernels.has(session.kernelId)) this.#sessions.delete(id);
    }
    return [...this.#sessions.values()];
  }

  #find(id: string): Session {
    const session = this.#alive().find(candidate => candidate.id === id);
    if (session === undefined) throw new HttpError(404, `Session does not exist: ${id}`);
    return session;
  }

  #model({ id, path, name, type, kernelId }: Session): SessionModel {
    return { id, path, name, type, kernel: this.#kernels.get(kernelId).model(), notebook: { path, name } };
  }
}
