import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { extract } from 'tar';

export interface LabApp {
  directory: string;
  jupyterLabVersion: string;
}

/**
 * Unpacks the front end once: into `app/<version>` beside the archive, or in the state directory where that cannot be
 * written. A changed archive has another version. Undefined when there is no archive.
 */
export async function unpackApp(archive: string, stateDirectory: string): Promise<LabApp | undefined> {
  if (!existsSync(archive)) return undefined;
  const version = createHash('sha256')
    .update(await readFile(archive))
    .digest('hex')
    .slice(0, 12);
  const places = [path.join(path.dirname(archive), 'app'), path.join(stateDirectory, 'app')];
  const ready = places.map(place => path.join(place, version)).find(directory => existsSync(directory));
  if (ready !== undefined) return describe(ready);
  try {
    return await describe(await unpackInto(places[0]!, archive, version));
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return describe(await unpackInto(places[1]!, archive, version));
  }
}

async function describe(directory: string): Promise<LabApp> {
  const manifest = await readFile(path.join(directory, 'manifest.json'), 'utf8').catch(() => '{}');
  return { directory, jupyterLabVersion: String(JSON.parse(manifest).version ?? '') };
}

/** Unpacks beside and renames, so that a directory with a version's name is always whole. */
async function unpackInto(place: string, archive: string, version: string): Promise<string> {
  await mkdir(place, { recursive: true });
  const directory = path.join(place, version);
  const temporary = await mkdtemp(path.join(place, '.unpacking-'));
  try {
    await extract({ file: archive, cwd: temporary, strict: true });
    await rename(temporary, directory);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // Another server that started at the same moment was faster.
    if (!existsSync(directory)) throw explain(error as Error, archive);
  }
  for (const name of await readdir(place)) {
    if (name !== version) await rm(path.join(place, name), { recursive: true, force: true }).catch(() => {});
  }
  return directory;
}

/** Errors of the file system keep their code; all others come from reading the archive. */
function explain(error: NodeJS.ErrnoException, archive: string): Error {
  if (error.code?.startsWith('E')) return error;
  return new Error(`The front end cannot be unpacked, ${archive} is damaged (${error.message}). Get the file again.`);
}
