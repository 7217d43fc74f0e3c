import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { access, constants, readdir, readFile, stat } from 'node:fs/promises';
import mime from 'mime-types';
import { HttpError } from '../http/errors.ts';
import { type ContentsModel, type ContentsType, type GetOptions, isNotebookName } from './model.ts';
import { readNotebook } from './notebook-format.ts';
import { normalisePath, notFound, resolveInside } from './paths.ts';
import type { TrustStore } from './trust.ts';

/** What the file browser does not list, beside hidden files; Jupyter's defaults and the folder of packages. */
const UNLISTED = [/^node_modules$/, /^__pycache__$/, /~$/, /\.py[co]$/];

/** Describes a file, a notebook or a directory, with its content if asked. */
export async function readContents(
  root: string,
  apiPath: string,
  options: GetOptions,
  trust: TrustStore,
): Promise<ContentsModel> {
  const normal = normalisePath(apiPath);
  const absolute = await resolveInside(root, normal);
  const status = await stat(absolute).catch(error => {
    throw ['ENOENT', 'ENOTDIR'].includes(error.code) ? notFound(normal) : error;
  });
  const type = typeOf(normal, status, options.type);
  const model = await describe(normal, absolute, status, type);
  if (type === 'directory') {
    if (options.content) await listDirectory(root, model, absolute, trust);
    return model;
  }
  if (!status.isFile()) throw new HttpError(400, `${normal} is not a regular file.`);
  if (!options.content && !options.hash) return model;
  const bytes = await readFile(absolute);
  if (options.hash) {
    model.hash = createHash('sha256').update(bytes).digest('hex');
    model.hash_algorithm = 'sha256';
  }
  if (!options.content) return model;
  if (type === 'notebook') {
    model.format = 'json';
    model.content = trust.mark(readNotebook(bytes, normal), bytes);
  } else {
    readPlainFile(model, bytes, options.format);
  }
  return model;
}

/** The description without content, for a path that is known to exist. */
export async function describe(
  apiPath: string,
  absolute: string,
  status: Stats,
  type: ContentsType,
): Promise<ContentsModel> {
  const created = status.birthtimeMs > 0 ? status.birthtime : status.ctime;
  return {
    name: apiPath.slice(apiPath.lastIndexOf('/') + 1),
    path: apiPath,
    type,
    created: created.toISOString(),
    last_modified: status.mtime.toISOString(),
    writable: await access(absolute, constants.W_OK).then(
      () => true,
      () => false,
    ),
    size: type === 'directory' ? null : status.size,
    content: null,
    format: null,
    mimetype: null,
    hash: null,
    hash_algorithm: null,
  };
}

function typeOf(apiPath: string, status: Stats, wanted: string | undefined): ContentsType {
  if (status.isDirectory()) {
    if (wanted !== undefined && wanted !== 'directory') {
      throw new HttpError(400, `${apiPath} is a directory, not a ${wanted}.`, 'bad type');
    }
    return 'directory';
  }
  if (wanted === 'directory') throw new HttpError(400, `${apiPath} is not a directory.`, 'bad type');
  if (wanted === 'notebook' || wanted === 'file') return wanted;
  if (wanted !== undefined) throw new HttpError(400, `The type "${wanted}" is unknown.`, 'bad type');
  return isNotebookName(apiPath) ? 'notebook' : 'file';
}

async function listDirectory(root: string, model: ContentsModel, absolute: string, trust: TrustStore): Promise<void> {
  const names = (await readdir(absolute)).filter(
    name => !name.startsWith('.') && !UNLISTED.some(pattern => pattern.test(name)),
  );
  const entries = await Promise.all(
    names.map(name =>
      // A link that leaves the root, a socket, a file that has just gone: not listed.
      readContents(root, model.path === '' ? name : `${model.path}/${name}`, { content: false }, trust).catch(
        () => null,
      ),
    ),
  );
  model.format = 'json';
  model.content = entries.filter(entry => entry !== null);
}

function readPlainFile(model: ContentsModel, bytes: Buffer, format: string | undefined): void {
  const text = format === 'base64' ? undefined : decodeText(bytes);
  if (text === undefined && format === 'text') {
    throw new HttpError(400, `${model.path} is not UTF-8 encoded.`, 'bad format');
  }
  model.format = text === undefined ? 'base64' : 'text';
  model.content = text ?? bytes.toString('base64');
  model.mimetype = mimeTypeOf(model.name) ?? (text === undefined ? 'application/octet-stream' : 'text/plain');
}

/** Text when the bytes are UTF-8; a zero byte means binary, as git judges too. */
function decodeText(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 8000).includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** `.ts` is a program here, not the video format that registered the name. */
export function mimeTypeOf(name: string): string | undefined {
  if (/\.[cm]?tsx?$/i.test(name)) return 'text/plain';
  return mime.lookup(name) || undefined;
}
