import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { HttpError } from '../http/errors.ts';

/** The segments of an API path: `/` between them whatever the platform, no empty ones. */
export function segmentsOf(apiPath: string): string[] {
  return apiPath.split('/').filter(segment => segment !== '');
}

/** An API path in its canonical form: no slash at either end, none doubled. */
export function normalisePath(apiPath: string): string {
  return segmentsOf(apiPath).join('/');
}

const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i;

/** Refuses a path that leaves the root, names something hidden, or means something else to the file system. */
export function checkPath(apiPath: string, platform: NodeJS.Platform = process.platform): void {
  for (const segment of segmentsOf(apiPath)) {
    if (segment.startsWith('.')) throw notFound(apiPath);
    if (segment.includes('\0')) throw notFound(apiPath);
    if (platform !== 'win32') continue;
    // A drive letter or an alternate data stream, a second separator, a device, a name that Windows would shorten.
    if (/[\\:<>"|?*]/.test(segment) || hasControlCharacter(segment)) throw notFound(apiPath);
    if (WINDOWS_DEVICE.test(segment) || /[. ]$/.test(segment)) throw notFound(apiPath);
  }
}

/**
 * The absolute path of an API path. What exists of it must really be inside the root: a symbolic link that leaves it is
 * refused.
 */
export async function resolveInside(root: string, apiPath: string): Promise<string> {
  checkPath(apiPath);
  const absolute = path.join(root, ...segmentsOf(apiPath));
  const realRoot = await realpath(root);
  const real = await realpathOfExisting(absolute);
  if (real !== realRoot && !real.startsWith(withSeparator(realRoot))) {
    throw new HttpError(403, `${apiPath} leads outside the folder that is served.`);
  }
  return absolute;
}

/** The real path of the nearest ancestor that exists; a dangling link counts as leaving. */
async function realpathOfExisting(absolute: string): Promise<string> {
  for (let probe = absolute; ; probe = path.dirname(probe)) {
    try {
      return await realpath(probe);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || path.dirname(probe) === probe) throw error;
      if (await isLink(probe)) throw new HttpError(403, 'A symbolic link here leads to nothing.');
    }
  }
}

async function isLink(absolute: string): Promise<boolean> {
  return lstat(absolute).then(
    status => status.isSymbolicLink(),
    () => false,
  );
}

function withSeparator(directory: string): string {
  return directory.endsWith(path.sep) ? directory : directory + path.sep;
}

function hasControlCharacter(text: string): boolean {
  return [...text].some(character => character.charCodeAt(0) < 32);
}

export function notFound(apiPath: string): HttpError {
  return new HttpError(404, `No such file or directory: ${apiPath}`);
}
