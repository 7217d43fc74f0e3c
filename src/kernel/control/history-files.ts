import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Entry {
  line: number;
  input: string;
  output: string | null;
}

/** What is appended: a cell as it begins, its output once it is known. */
type Addition = { line: number; input: string } | { line: number; output: string };

/** Older sessions are removed when a new one begins. */
const MOST_SESSIONS = 500;
const MOST_BYTES = 20_000_000;
/** Nobody presses arrow-up for more; and a file that is read whole stays small. */
const LONGEST_INPUT = 50_000;
const LONGEST_OUTPUT = 5_000;
const MOST_CHARACTERS_OF_A_SESSION = 2_000_000;
const FILE = /^(\d+)\.jsonl$/;

type Environment = Record<string, string | undefined>;

/**
 * Where cells are kept from session to session, or undefined if they are not. `LEARNABLE_HISTORY` is `off`, or a folder
 * other than the usual one of the platform.
 */
export function historyFolder(
  env: Environment = process.env,
  { platform = process.platform as string, home = homedir as () => string } = {},
): string | undefined {
  const wish = env.LEARNABLE_HISTORY;
  if (wish === 'off') return undefined;
  if (wish) return resolve(wish);
  try {
    return join(stateFolder(env, platform, home), 'learnable', 'history');
  } catch {
    return undefined; // in a container a user may have no home
  }
}

function stateFolder(env: Environment, platform: string, home: () => string): string {
  if (platform === 'win32') return env.LOCALAPPDATA || join(home(), 'AppData', 'Local');
  if (platform === 'darwin') return join(home(), 'Library', 'Application Support');
  return env.XDG_STATE_HOME || join(home(), '.local', 'state');
}

/**
 * The sessions on disk: a file each, named by its number, to which one kernel appends a line of JSON at a time. So several
 * kernels never write to one file, and one that is killed leaves at worst half a line, which is skipped.
 */
export class HistoryFiles {
  #folder: string;
  #session: number | undefined;
  #length = 0;
  #pending: Promise<void> = Promise.resolve();
  #onProblem: ((text: string) => void) | undefined;

  /** `onProblem` hears once that nothing can be kept. */
  constructor(folder: string, onProblem?: (text: string) => void) {
    this.#folder = folder;
    this.#onProblem = onProblem;
  }

  /** Written later, in order; a disk that is full or not ours loses history only. */
  append(addition: Addition): void {
    const bounded =
      'input' in addition
        ? { ...addition, input: addition.input.slice(0, LONGEST_INPUT) }
        : { ...addition, output: addition.output.slice(0, LONGEST_OUTPUT) };
    const text = `${JSON.stringify(bounded)}\n`;
    this.#length += text.length;
    if (this.#length > MOST_CHARACTERS_OF_A_SESSION) return;
    this.#pending = this.#pending
      .then(async () => {
        this.#session ??= await this.#begin();
        await appendFile(this.#path(this.#session), text, { mode: 0o600 });
      })
      .catch(error => {
        this.#onProblem?.(
          `cells are not kept for later sessions: ${(error as Error).message}. LEARNABLE_HISTORY names another folder, or is off.`,
        );
        this.#onProblem = undefined;
      });
  }

  /** Resolves once all is written. */
  async settle(): Promise<void> {
    await this.#pending;
  }

  /** The number of this session: the next one, as long as no cell ran. */
  async session(): Promise<number> {
    await this.#pending;
    return this.#session ?? ((await this.#numbers()).at(-1) ?? 0) + 1;
  }

  /** The numbers of the sessions other than this one, ascending. */
  async others(): Promise<number[]> {
    return (await this.#numbers()).filter(number => number !== this.#session);
  }

  async read(session: number): Promise<Entry[]> {
    const text = await readFile(this.#path(session), 'utf8').catch(() => '');
    const entries = new Map<number, Entry>();
    for (const line of text.split('\n')) {
      const addition = parse(line);
      if (!addition) continue;
      if ('input' in addition) entries.set(addition.line, { ...addition, output: null });
      else {
        const entry = entries.get(addition.line);
        if (entry) entry.output = addition.output;
      }
    }
    return [...entries.values()];
  }

  /** Takes the next number that no other kernel takes at the same moment. */
  async #begin(): Promise<number> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const numbers = await this.#numbers();
    for (let number = (numbers.at(-1) ?? 0) + 1; ; number++) {
      try {
        await writeFile(this.#path(number), '', { flag: 'wx', mode: 0o600 });
        await this.#prune(numbers);
        return number;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }

  async #prune(numbers: number[]): Promise<void> {
    let bytes = 0;
    let count = 1;
    for (const number of numbers.toReversed()) {
      bytes += (await stat(this.#path(number)).catch(() => undefined))?.size ?? 0;
      count++;
      if (count > MOST_SESSIONS || bytes > MOST_BYTES) await rm(this.#path(number), { force: true }).catch(() => {});
    }
  }

  async #numbers(): Promise<number[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names
      .flatMap(name => FILE.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  #path(session: number): string {
    return join(this.#folder, `${session}.jsonl`);
  }
}

function parse(line: string): Addition | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('line' in value) || typeof value.line !== 'number')
    return undefined;
  const { line: number } = value;
  if ('input' in value && typeof value.input === 'string') return { line: number, input: value.input };
  if ('output' in value && typeof value.output === 'string') return { line: number, output: value.output };
  return undefined;
}
