import { access, constants, mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { commit, moveIntoPlace, temporaryBeside, writeFileAtomically } from '../../core/atomic-write.ts';
import { HttpError } from '../http/errors.ts';
import { writeNotebook } from './notebook-format.ts';

/** The model that a client sends to be saved. */
export interface SaveModel {
  type?: unknown;
  format?: unknown;
  content?: unknown;
  chunk?: unknown;
}

/** A file larger than this is refused, so that a page gone wrong cannot fill the disk. */
export const MAX_UPLOAD_BYTES = 4 * 2 ** 30;

/** Writes a whole file or notebook; returns the bytes that were written. */
export async function saveWhole(absolute: string, apiPath: string, model: SaveModel): Promise<Buffer> {
  const bytes = model.type === 'notebook' ? Buffer.from(writeNotebook(model.content)) : decodeContent(model);
  await checkWritable(absolute, apiPath);
  await writeFileAtomically(absolute, bytes);
  return bytes;
}

export async function makeDirectory(absolute: string, apiPath: string): Promise<void> {
  try {
    await mkdir(absolute);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!(await stat(absolute)).isDirectory()) throw new HttpError(400, `${apiPath} is not a directory.`, 'bad type');
  }
}

function decodeContent({ content, format, type }: SaveModel): Buffer {
  if (type !== undefined && type !== 'file') {
    throw new HttpError(400, `The type ${JSON.stringify(type)} is unknown: expected file, notebook or directory.`);
  }
  if (typeof content !== 'string') throw new HttpError(400, 'A file needs its "content" as a string.');
  if (format === 'base64') return decodeBase64(content);
  if (format === 'text' || format === 'json' || format === undefined || format === null) return Buffer.from(content);
  throw new HttpError(400, `The format ${JSON.stringify(format)} is unknown: expected text or base64.`);
}

function decodeBase64(content: string): Buffer {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(content)) throw new HttpError(400, 'The content is not valid base64.');
  return Buffer.from(content, 'base64');
}

async function checkWritable(absolute: string, apiPath: string): Promise<void> {
  const status = await stat(absolute).catch(() => undefined);
  if (status === undefined) return;
  if (status.isDirectory()) throw new HttpError(400, `${apiPath} is a directory, not a file.`, 'bad type');
  await access(absolute, constants.W_OK).catch(() => {
    throw new HttpError(403, `Permission denied: ${apiPath} is write-protected.`);
  });
}

/** Collects the chunks of uploads in temporary files; only the last chunk puts the file in its place. */
export class Uploads {
  readonly #temporary = new Map<string, string>();

  /** `chunk` counts from 1, the last one is -1. Returns the temporary file, or undefined when the upload is complete. */
  async append(absolute: string, apiPath: string, model: SaveModel): Promise<string | undefined> {
    const chunk = Number(model.chunk);
    if (model.type === 'notebook')
      throw new HttpError(400, 'A notebook is uploaded as a file when it comes in chunks.');
    const bytes = decodeContent(model);
    if (chunk === 1) await this.#begin(absolute, apiPath);
    const temporary = this.#temporary.get(absolute);
    if (temporary === undefined) throw new HttpError(400, `The upload of ${apiPath} has no beginning: start it again.`);
    const handle = await open(temporary, 'a');
    try {
      if ((await handle.stat()).size + bytes.length > MAX_UPLOAD_BYTES) {
        await this.#abandon(absolute);
        throw new HttpError(
          413,
          `${apiPath} is larger than the ${MAX_UPLOAD_BYTES / 2 ** 30} GB that can be uploaded.`,
        );
      }
      await handle.writeFile(bytes);
      if (chunk !== -1) return temporary;
      await commit(handle, absolute);
    } finally {
      await handle.close();
    }
    this.#temporary.delete(absolute);
    await moveIntoPlace(temporary, absolute);
    return undefined;
  }

  /** Removes what unfinished uploads left. */
  async close(): Promise<void> {
    await Promise.all([...this.#temporary.keys()].map(absolute => this.#abandon(absolute)));
  }

  async #begin(absolute: string, apiPath: string): Promise<void> {
    await checkWritable(absolute, apiPath);
    await this.#abandon(absolute);
    const temporary = temporaryBeside(path.resolve(absolute));
    await (await open(temporary, 'wx')).close();
    this.#temporary.set(absolute, temporary);
  }

  async #abandon(absolute: string): Promise<void> {
    const temporary = this.#temporary.get(absolute);
    if (temporary === undefined) return;
    this.#temporary.delete(absolute);
    await rm(temporary, { force: true });
  }
}
