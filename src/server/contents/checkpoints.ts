import { mkdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../../core/atomic-write.ts';
import { HttpError } from '../http/errors.ts';

/** As Jupyter's file checkpoints: one per file, in `.ipynb_checkpoints` beside it, named `checkpoint`. */
export interface Checkpoint {
  id: string;
  last_modified: string;
}

const FOLDER = '.ipynb_checkpoints';
const ID = 'checkpoint';

export async function createCheckpoint(absolute: string): Promise<Checkpoint> {
  const file = checkpointOf(absolute);
  const content = await readFile(absolute);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomically(file, content);
  return describe(file);
}

export async function listCheckpoints(absolute: string): Promise<Checkpoint[]> {
  try {
    return [await describe(checkpointOf(absolute))];
  } catch {
    return [];
  }
}

export async function restoreCheckpoint(absolute: string, id: string): Promise<void> {
  const content = await readFile(checkpointOf(absolute, id)).catch(() => {
    throw noSuchCheckpoint(id);
  });
  await writeFileAtomically(absolute, content);
}

export async function deleteCheckpoint(absolute: string, id: string): Promise<void> {
  await rm(checkpointOf(absolute, id)).catch(() => {
    throw noSuchCheckpoint(id);
  });
}

/** A file that is renamed takes its checkpoint with it. */
export async function moveCheckpoint(from: string, to: string): Promise<void> {
  const file = checkpointOf(from);
  if ((await stat(file).catch(() => undefined)) === undefined) return;
  await mkdir(path.dirname(checkpointOf(to)), { recursive: true });
  await rename(file, checkpointOf(to));
  await rmdir(path.dirname(file)).catch(() => {}); // stays when other checkpoints are in it
}

/** A file that is deleted takes its checkpoint with it. */
export async function dropCheckpoint(absolute: string): Promise<void> {
  await rm(checkpointOf(absolute), { force: true });
  await rmdir(path.dirname(checkpointOf(absolute))).catch(() => {});
}

export function isCheckpointFolder(name: string): boolean {
  return name === FOLDER;
}

function checkpointOf(absolute: string, id = ID): string {
  if (id !== ID) throw noSuchCheckpoint(id);
  const { dir, name, ext } = path.parse(absolute);
  return path.join(dir, FOLDER, `${name}-${ID}${ext}`);
}

async function describe(file: string): Promise<Checkpoint> {
  return { id: ID, last_modified: (await stat(file)).mtime.toISOString() };
}

function noSuchCheckpoint(id: string): HttpError {
  return new HttpError(404, `There is no checkpoint "${id}" of this file.`);
}
