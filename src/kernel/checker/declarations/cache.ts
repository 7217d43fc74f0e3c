import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

type Environment = Record<string, string | undefined>;

/** Libraries that are kept; those that were made longest ago go first. */
const MOST = 20;

/** Where joined libraries are kept. `LEARNABLE_CACHE` is `off`, or a folder other than the usual one of the platform. */
export function cacheFolder(
  env: Environment = process.env,
  { platform = process.platform as string, home = homedir() } = {},
): string | undefined {
  const wish = env.LEARNABLE_CACHE;
  if (wish === 'off') return undefined;
  if (wish) return resolve(wish);
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'learnable', 'cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'learnable');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'learnable');
}

interface Kept<T> {
  /** By path: what each file was like that the value was made of. */
  stamps: Record<string, string>;
  value: T;
}

/** What a file on disk is like, to tell whether it is still the same. */
export function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs}:${stats.size}` : 'none';
}

/**
 * The value of that name if all the files that it was made of are as they were, else a new one, which is kept. A folder that
 * cannot be read or written costs time only.
 */
export function cached<T>(
  folder: string | undefined,
  name: string,
  make: () => { value: T; files: Iterable<string> },
): T {
  const file = folder && join(folder, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.json`);
  const kept = file ? read<T>(file) : undefined;
  if (kept !== undefined) return kept;
  const { value, files } = make();
  if (file) {
    const stamps = Object.fromEntries([...files].map(path => [path, stampOf(path)]));
    write(folder, file, { stamps, value });
  }
  return value;
}

function read<T>(file: string): T | undefined {
  try {
    const { stamps, value } = JSON.parse(readFileSync(file, 'utf8')) as Kept<T>;
    return Object.entries(stamps).every(([path, stamp]) => stampOf(path) === stamp) ? value : undefined;
  } catch {
    return undefined;
  }
}

function write(folder: string, file: string, content: Kept<unknown>): void {
  const draft = `${file}.${randomUUID()}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(draft, JSON.stringify(content));
    renameSync(draft, file); // another kernel reads all of it or nothing
    tidy(folder);
  } catch {
    try {
      rmSync(draft, { force: true });
    } catch {
      // The folder is not ours.
    }
  }
}

function tidy(folder: string): void {
  const files = readdirSync(folder).map(name => join(folder, name));
  const byAge = files.map(path => ({ path, at: statSync(path).mtimeMs })).sort((a, b) => b.at - a.at);
  for (const { path } of byAge.slice(MOST)) rmSync(path, { force: true });
}
