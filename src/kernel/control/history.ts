import { type Entry, HistoryFiles } from './history-files.ts';

type Row = [session: number, line: number, input: string | [string, string | null]];
type Found = Entry & { session: number };

/** What was executed, now and in earlier sessions, as `history_request` asks for it. */
export class History {
  #entries: Entry[] = [];
  #files: HistoryFiles | undefined;

  /** Without a folder only this session is known, as session 0. */
  constructor(folder?: string, onProblem?: (text: string) => void) {
    this.#files = folder === undefined ? undefined : new HistoryFiles(folder, onProblem);
  }

  add(line: number, input: string): void {
    this.#entries.push({ line, input, output: null });
    this.#files?.append({ line, input });
  }

  setOutput(line: number, output: string): void {
    const entry = this.#entries.findLast(entry => entry.line === line);
    if (!entry) return;
    entry.output = output;
    this.#files?.append({ line, output });
  }

  /** Resolves once the next session can read all of this one. */
  async settle(): Promise<void> {
    await this.#files?.settle();
  }

  /** Answers the content of a `history_request`; an unknown access type gives no rows. */
  async select(content: Record<string, unknown>): Promise<Row[]> {
    const withOutput = content.output === true;
    const found = await this.#choose(content);
    return found.map(({ session, line, input, output }) => [session, line, withOutput ? [input, output] : input]);
  }

  async #choose(content: Record<string, unknown>): Promise<Found[]> {
    const count = typeof content.n === 'number' && content.n > 0 ? Math.floor(content.n) : Number.POSITIVE_INFINITY;
    switch (content.hist_access_type) {
      case 'tail':
        return last(await this.#all(count), count);
      case 'range': {
        const start = typeof content.start === 'number' ? content.start : 0;
        const stop = typeof content.stop === 'number' ? content.stop : Number.POSITIVE_INFINITY;
        const entries = await this.#ofSession(typeof content.session === 'number' ? content.session : 0);
        return entries.filter(({ line }) => line >= start && line < stop);
      }
      case 'search': {
        const pattern = globPattern(typeof content.pattern === 'string' ? content.pattern : '*');
        let found = (await this.#all()).filter(({ input }) => pattern.test(input));
        if (content.unique === true) {
          const latest = new Map(found.map((entry, index) => [entry.input, index]));
          found = found.filter(({ input }, index) => latest.get(input) === index);
        }
        return last(found, count);
      }
      default:
        return [];
    }
  }

  /** Oldest first. Earlier sessions are read, the newest first, until there are `atLeast` entries. */
  async #all(atLeast = Number.POSITIVE_INFINITY): Promise<Found[]> {
    const session = (await this.#files?.session()) ?? 0;
    let found = this.#entries.map(entry => ({ ...entry, session }));
    for (const other of (await this.#files?.others())?.reverse() ?? []) {
      if (found.length >= atLeast) break;
      found = [...(await this.#read(other)), ...found];
    }
    return found;
  }

  /** 0 is this session, -1 the one before it, a positive number that one. */
  async #ofSession(wanted: number): Promise<Found[]> {
    const own = (await this.#files?.session()) ?? 0;
    const session = wanted < 0 ? own + wanted : wanted;
    if (wanted === 0 || session === own) return this.#entries.map(entry => ({ ...entry, session: wanted }));
    return session > 0 ? this.#read(session) : [];
  }

  async #read(session: number): Promise<Found[]> {
    const entries = (await this.#files?.read(session)) ?? [];
    return entries.map(entry => ({ ...entry, session }));
  }
}

function last<T>(items: T[], count: number): T[] {
  return count < items.length ? items.slice(-count) : items;
}

/** `*` and `?` as in a shell, over the whole text. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
