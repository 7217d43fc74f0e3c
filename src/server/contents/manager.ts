import { lstat, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { HttpError } from '../http/errors.ts';
import * as checkpoints from './checkpoints.ts';
import { copyInto, createUntitled } from './create.ts';
import type { ContentsModel, GetOptions } from './model.ts';
import { normalisePath, notFound, resolveInside } from './paths.ts';
import { KeyedQueue } from './queue.ts';
import { describe, readContents } from './read.ts';
import { makeDirectory, type SaveModel, saveWhole, Uploads } from './save.ts';
import { TrustStore } from './trust.ts';

/** The files under one root folder, as the contents API has them. Changes of one file happen one after the other. */
export class ContentsManager {
  readonly root: string;
  readonly #trust: TrustStore;
  readonly #changes = new KeyedQueue();
  readonly #uploads = new Uploads();

  constructor(root: string, stateDirectory: string) {
    this.root = path.resolve(root);
    this.#trust = new TrustStore(stateDirectory);
  }

  get(apiPath: string, options: GetOptions): Promise<ContentsModel> {
    return readContents(this.root, apiPath, options, this.#trust);
  }

  /** The absolute path of a file that is there. */
  async fileOf(apiPath: string): Promise<string> {
    const absolute = await resolveInside(this.root, apiPath);
    const status = await stat(absolute).catch(() => undefined);
    if (status === undefined) throw notFound(apiPath);
    if (!status.isFile()) throw new HttpError(400, `${apiPath} is not a file.`, 'bad type');
    return absolute;
  }

  async isDirectory(apiPath: string): Promise<boolean> {
    const status = await stat(await resolveInside(this.root, apiPath)).catch(() => undefined);
    return status?.isDirectory() ?? false;
  }

  save(apiPath: string, model: SaveModel): Promise<ContentsModel> {
    return this.#change(apiPath, async absolute => {
      if (model.type === 'directory') {
        await makeDirectory(absolute, apiPath);
        return this.get(apiPath, { content: false });
      }
      if (model.chunk !== undefined && model.chunk !== null) return this.#saveChunk(absolute, apiPath, model);
      const bytes = await saveWhole(absolute, apiPath, model);
      if (model.type === 'notebook') await this.#trust.remember(model.content, bytes);
      return this.get(apiPath, { content: false, type: model.type as string | undefined, hash: true });
    });
  }

  async create(directory: string, body: { type?: string; ext?: string; copyFrom?: string }): Promise<ContentsModel> {
    const apiPath =
      body.copyFrom === undefined
        ? await createUntitled(this.root, directory, body.type ?? 'file', body.ext ?? '')
        : await copyInto(this.root, directory, body.copyFrom);
    return this.get(apiPath, { content: false });
  }

  rename(apiPath: string, newPath: string): Promise<ContentsModel> {
    return this.#change(apiPath, async from => {
      if (normalisePath(apiPath) === normalisePath(newPath)) return this.get(apiPath, { content: false });
      const source = await lstat(from).catch(() => {
        throw notFound(apiPath);
      });
      const to = await resolveInside(this.root, newPath);
      const existing = await lstat(to).catch(() => undefined);
      // Two names of one file are a change of upper and lower case where the file system ignores it.
      if (existing !== undefined && !(existing.ino === source.ino && existing.dev === source.dev)) {
        throw new HttpError(409, `File already exists: ${normalisePath(newPath)}`);
      }
      await rename(from, to);
      await checkpoints.moveCheckpoint(from, to);
      return this.get(newPath, { content: false });
    });
  }

  delete(apiPath: string): Promise<void> {
    return this.#change(apiPath, async absolute => {
      if (normalisePath(apiPath) === '') throw new HttpError(400, 'The root folder cannot be deleted.');
      const status = await lstat(absolute).catch(() => {
        throw notFound(apiPath);
      });
      if (!status.isDirectory()) {
        await rm(absolute);
        await checkpoints.dropCheckpoint(absolute);
        return;
      }
      // Nothing goes to a wastebasket here, so a folder with files in it stays, as in Jupyter.
      if ((await readdir(absolute)).some(name => !checkpoints.isCheckpointFolder(name))) {
        throw new HttpError(400, `The folder ${apiPath} is not empty: delete or move what is in it first.`);
      }
      await rm(absolute, { recursive: true });
    });
  }

  async listCheckpoints(apiPath: string): Promise<checkpoints.Checkpoint[]> {
    return checkpoints.listCheckpoints(await this.fileOf(apiPath));
  }

  createCheckpoint(apiPath: string): Promise<checkpoints.Checkpoint> {
    return this.#change(apiPath, async () => checkpoints.createCheckpoint(await this.fileOf(apiPath)));
  }

  restoreCheckpoint(apiPath: string, id: string): Promise<void> {
    return this.#change(apiPath, absolute => checkpoints.restoreCheckpoint(absolute, id));
  }

  deleteCheckpoint(apiPath: string, id: string): Promise<void> {
    return this.#change(apiPath, absolute => checkpoints.deleteCheckpoint(absolute, id));
  }

  /** Waits for the changes under way. */
  async close(): Promise<void> {
    await this.#changes.drained();
    await this.#uploads.close();
  }

  async #saveChunk(absolute: string, apiPath: string, model: SaveModel): Promise<ContentsModel> {
    const temporary = await this.#uploads.append(absolute, apiPath, model);
    if (temporary === undefined) return this.get(apiPath, { content: false, hash: true });
    const unfinished = await describe(normalisePath(apiPath), temporary, await stat(temporary), 'file');
    return { ...unfinished, chunk: Number(model.chunk) };
  }

  async #change<T>(apiPath: string, task: (absolute: string) => Promise<T>): Promise<T> {
    const absolute = await resolveInside(this.root, apiPath);
    return this.#changes.run(absolute, () => task(absolute));
  }
}
