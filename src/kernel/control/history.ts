interface Entry {
  line: number;
  input: string;
  output: string | null;
}

type Row = [session: number, line: number, input: string | [string, string | null]];

/** What was executed since the kernel started, as `history_request` asks for it. */
export class History {
  #entries: Entry[] = [];

  add(line: number, input: string): void {
    this.#entries.push({ line, input, output: null });
  }

  setOutput(line: number, output: string): void {
    const entry = this.#entries.findLast(entry => entry.line === line);
    if (entry) entry.output = output;
  }

  /** Answers the content of a `history_request`; an unknown access type gives no rows. */
  select(content: Record<string, unknown>): Row[] {
    const withOutput = content.output === true;
    return this.#choose(content).map(({ line, input, output }) => [0, line, withOutput ? [input, output] : input]);
  }

  #choose(content: Record<string, unknown>): Entry[] {
    const count = typeof content.n === 'number' && content.n > 0 ? Math.floor(content.n) : this.#entries.length;
    switch (content.hist_access_type) {
      case 'tail':
        return this.#entries.slice(-count);
      case 'range': {
        if (typeof content.session === 'number' && content.session !== 0) return [];
        const start = typeof content.start === 'number' ? content.start : 0;
        const stop = typeof content.stop === 'number' ? content.stop : Number.POSITIVE_INFINITY;
        return this.#entries.filter(({ line }) => line >= start && line < stop);
      }
      case 'search': {
        const pattern = globPattern(typeof content.pattern === 'string' ? content.pattern : '*');
        let found = this.#entries.filter(({ input }) => pattern.test(input));
        if (content.unique === true) {
          found = found.filter(({ input }, index) => found.findLastIndex(other => other.input === input) === index);
        }
        return found.slice(-count);
      }
      default:
        return [];
    }
  }
}

/** `*` and `?` as in a shell, over the whole text. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
