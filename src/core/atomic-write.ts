import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Replaces a file's content so that at every moment the old or the new content is there whole: a temporary file beside
 * it is written, flushed to the disk and renamed over it. Permissions stay; through a symbolic link the target changes.
 */
export async function writeFileAtomically(file: string, data: string | Uint8Array): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const temporary = temporaryBeside(target);
  try {
    const handle = await open(temporary, 'wx', 0o666);
    try {
      await handle.writeFile(data);
      await commit(handle, target);
    } finally {
      await handle.close();
    }
    await moveIntoPlace(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await removeLeftovers(target);
}

/** Hidden, so that the file browser never shows it; it names its process, so that a later one can clear it away. */
export function temporaryBeside(target: string): string {
  const suffix = `${process.pid}.${randomBytes(4).toString('hex')}`;
  return path.join(path.dirname(target), `.~${path.basename(target)}.${suffix}`);
}

/** Flushes what was written and gives it the permissions of the file that it will replace. */
export async function commit(handle: FileHandle, target: string): Promise<void> {
  const before = await stat(target).catch(() => undefined);
  if (before !== undefined) await handle.chmod(before.mode & 0o7777);
  await handle.sync();
}

/** A virus scanner or an indexer may hold a fresh file on Windows for a moment. */
export async function moveIntoPlace(temporary: string, target: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(temporary, target);
      break;
    } catch (error) {
      const busy = ['EPERM', 'EBUSY', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (process.platform !== 'win32' || !busy || attempt === 8) throw error;
      await sleep(2 ** attempt);
    }
  }
  await syncDirectory(path.dirname(target));
}

/** Makes the rename itself durable; Windows has no such call. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch {
    // Some network file systems refuse it; the content is in place all the same.
  } finally {
    await handle?.close();
  }
}

/** Temporary files of this target whose process has ended: it was killed while it saved. */
async function removeLeftovers(target: string): Promise<void> {
  const directory = path.dirname(target);
  const prefix = `.~${path.basename(target)}.`;
  for (const name of await readdir(directory).catch(() => [])) {
    const owner = name.startsWith(prefix) ? /^(\d+)\.[0-9a-f]{8}$/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (owner !== undefined && !isAlive(Number(owner))) await rm(path.join(directory, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
