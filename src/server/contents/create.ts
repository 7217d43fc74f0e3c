import { cp, lstat, mkdir, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../../core/atomic-write.ts';
import { HttpError } from '../http/errors.ts';
import { writeNotebook } from './notebook-format.ts';
import { normalisePath, resolveInside } from './paths.ts';

/** Makes an untitled file, notebook or folder under a free name; returns its API path. */
export async function createUntitled(
  root: string,
  directory: string,
  type: string,
  extension: string,
): Promise<string> {
  if (type === 'directory') {
    return claim(
      root,
      directory,
      number => `Untitled Folder${number === 0 ? '' : ` ${number}`}`,
      file => mkdir(file),
    );
  }
  if (type === 'notebook') {
    const content = writeNotebook({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    return claim(
      root,
      directory,
      number => `Untitled${number || ''}.ipynb`,
      file => createFile(file, content),
    );
  }
  if (type !== 'file') throw new HttpError(400, `The type "${type}" is unknown: expected file, notebook or directory.`);
  if (!/^(\.[\w.-]*\w)?$/.test(extension)) throw new HttpError(400, `"${extension}" is not a file extension.`);
  const suffix = extension || '.txt';
  return claim(
    root,
    directory,
    number => `untitled${number || ''}${suffix}`,
    file => createFile(file, ''),
  );
}

/** Copies a file or a folder into a directory as `name-Copy1.ext`; returns the copy's API path. */
export async function copyInto(root: string, directory: string, from: string): Promise<string> {
  const source = await resolveInside(root, from);
  const status = await stat(source);
  if (status.isDirectory() && (await isWithin(source, await resolveInside(root, directory)))) {
    throw new HttpError(400, `${normalisePath(from)} cannot be copied into itself.`);
  }
  const { name, ext } = path.parse(normalisePath(from));
  const base = name.replace(/-Copy\d*$/, '');
  const sameFolder = path.posix.dirname(`/${normalisePath(from)}`) === `/${normalisePath(directory)}`;
  const nameOf = (number: number) =>
    number === 0 && !sameFolder ? `${name}${ext}` : `${base}-Copy${number || 1}${ext}`;
  return claim(root, directory, nameOf, async target => {
    await refuseExisting(target);
    await cp(source, target, { recursive: true, errorOnExist: true, force: false, verbatimSymlinks: true });
  });
}

/** Tries one name after the other until `make` does not find it taken. */
async function claim(
  root: string,
  directory: string,
  nameOf: (number: number) => string,
  make: (absolute: string) => Promise<unknown>,
): Promise<string> {
  const parent = await stat(await resolveInside(root, directory)).catch(() => undefined);
  if (!parent?.isDirectory()) throw new HttpError(404, `No such directory: ${directory}`);
  for (let number = 0; number < 10_000; number += 1) {
    const apiPath = normalisePath(`${directory}/${nameOf(number)}`);
    try {
      await make(await resolveInside(root, apiPath));
      return apiPath;
    } catch (error) {
      if (!['EEXIST', 'ERR_FS_CP_EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  throw new HttpError(409, `No free name is left in ${directory || 'the root folder'}.`);
}

async function createFile(absolute: string, content: string): Promise<void> {
  await (await open(absolute, 'wx')).close();
  if (content !== '') await writeFileAtomically(absolute, content);
}

async function refuseExisting(absolute: string): Promise<void> {
  const existing = await lstat(absolute).catch(() => undefined);
  if (existing !== undefined) throw Object.assign(new Error(`${absolute} exists`), { code: 'EEXIST' });
}

async function isWithin(outer: string, inner: string): Promise<boolean> {
  const relative = path.relative(await realpath(outer), await realpath(inner));
  return relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative));
}
