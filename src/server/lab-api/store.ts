import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../../core/atomic-write.ts';
import { KeyedQueue } from '../contents/queue.ts';

export interface StoredFile<T> {
  raw: string;
  value: T;
  created: string;
  last_modified: string;
}

/** Small files of the front end's state. One that cannot be read is set aside, so that it stops nobody and stays. */
export class FileStore<T> {
  readonly #directory: string;
  readonly #extension: string;
  readonly #parse: (raw: string) => T;
  readonly #log: (line: string) => void;
  readonly #changes = new KeyedQueue();

  constructor(directory: string, extension: string, parse: (raw: string) => T, log: (line: string) => void) {
    this.#directory = directory;
    this.#extension = extension;
    this.#parse = parse;
    this.#log = log;
  }

  /** The file of this id, or undefined when there is none that can be read. */
  read(id: string): Promise<StoredFile<T> | undefined> {
    const file = this.#fileOf(id);
    return this.#changes.run(file, async () => {
      const raw = await readFile(file, 'utf8').catch(() => undefined);
      if (raw === undefined) return undefined;
      try {
        const value = this.#parse(raw);
        const { birthtime, mtime } = await stat(file);
        return { raw, value, created: birthtime.toISOString(), last_modified: mtime.toISOString() };
      } catch (error) {
        await this.#setAside(file, error as Error);
        return undefined;
      }
    });
  }

  write(id: string, raw: string): Promise<void> {
    const file = this.#fileOf(id);
    return this.#changes.run(file, async () => {
      await mkdir(this.#directory, { recursive: true });
      await writeFileAtomically(file, raw);
    });
  }

  delete(id: string): Promise<void> {
    const file = this.#fileOf(id);
    return this.#changes.run(file, () => rm(file, { force: true }));
  }

  async ids(): Promise<string[]> {
    const names = await readdir(this.#directory).catch(() => []);
    return names
      .filter(name => name.endsWith(this.#extension))
      .map(name => decodeURIComponent(name.slice(0, -this.#extension.length)));
  }

  close(): Promise<void> {
    return this.#changes.drained();
  }

  /** An id is any text; its file name holds nothing that a file system could take for something else. */
  #fileOf(id: string): string {
    const name = encodeURIComponent(id).replace(/[*.~]/g, letter => `%${letter.charCodeAt(0).toString(16)}`);
    return path.join(this.#directory, name + this.#extension);
  }

  async #setAside(file: string, error: Error): Promise<void> {
    for (let number = 1; ; number += 1) {
      const aside = `${file}.broken-${number}`;
      if ((await stat(aside).catch(() => undefined)) !== undefined) continue;
      await rename(file, aside);
      this.#log(
        `${file} cannot be read (${error.message}). It was set aside as ${path.basename(aside)}; defaults apply.`,
      );
      return;
    }
  }
}
