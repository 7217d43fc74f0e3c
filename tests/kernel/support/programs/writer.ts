import type { Choices } from './choices.ts';

/** What a name holds, so that programs mostly use it in a way that works. */
export type Kind = 'number' | 'string' | 'array' | 'object' | 'function' | 'async' | 'generator' | 'class';

export interface Variable {
  name: string;
  kind: Kind;
  isWritable: boolean;
}

interface Scope {
  variables: Variable[];
  /** Where `await`, `yield`, `return` may stand. */
  isAsync: boolean;
  isGenerator: boolean;
  isFunction: boolean;
  isTopLevel: boolean;
  labels: string[];
  inLoop: boolean;
}

/** Names that a careless transform trips over: contextual keywords, its own names, letters beyond ASCII and the BMP. */
const ODD_NAMES = [
  'run', 'async', 'of', 'get', 'set', 'type', 'as', 'from', 'declare', 'namespace', 'module', 'abstract', 'm', 'error',
  'value', 'readonly', 'accessor', 'using', 'satisfies', 'keyof', 'infer', 'is', 'asserts', 'override', 'out',
  'any', 'number', 'unique', 'ünï', '𝒳y', '$', '_', 'ℵ', 'constructor_', 'meta', 'target', 'enter', 'e', 'defer',
]; // biome-ignore format: a list to be read

/**
 * Writes the tokens, gaps and names of a program. A gap is where a comment, a space or a line break may stand, so that no
 * transform may count on what lies between two tokens.
 */
export class Writer {
  readonly choices: Choices;
  readonly eol: string;
  /** Appended to each name, so that programs which run in one process do not meet. */
  readonly #suffix: string;
  readonly #scopes: Scope[] = [];
  #count = 0;
  #logs = 0;

  constructor(choices: Choices, suffix: string) {
    this.choices = choices;
    this.#suffix = suffix;
    this.eol = choices.pick(['\n', '\n', '\n', '\r\n']);
    this.#scopes.push({
      variables: [], isAsync: true, isGenerator: false, isFunction: false, isTopLevel: true, labels: [], inLoop: false,
    }); // biome-ignore format: flags
  }

  get scope(): Scope {
    return this.#scopes.at(-1)!;
  }

  /** Writes something in a scope of its own. */
  within<T>(change: Partial<Scope>, write: () => T): T {
    this.#scopes.push({ ...this.scope, isTopLevel: false, ...change, variables: [] });
    try {
      return write();
    } finally {
      this.#scopes.pop();
    }
  }

  /** A function of its own: no label, loop or `await` of the outside is in reach. */
  withinFunction<T>(change: Partial<Scope>, write: () => T): T {
    return this.within(
      { isAsync: false, isGenerator: false, isFunction: true, labels: [], inLoop: false, ...change },
      write,
    );
  }

  declare(name: string, kind: Kind, isWritable = false): string {
    this.scope.variables.push({ name, kind, isWritable });
    return name;
  }

  /** Makes what an inner block declared with `var` known further out. */
  declareInFunction(name: string, kind: Kind): string {
    const at = this.#scopes.findLastIndex(
      (scope, index) => index === 0 || (scope.isFunction && !this.#scopes[index - 1]!.isFunction),
    );
    this.#scopes[Math.max(0, at)]!.variables.push({ name, kind, isWritable: false });
    return name;
  }

  /** A name in reach; undefined when there is none of the kind. */
  known(kind: Kind, isWritable = false): string | undefined {
    const seen = new Set<string>();
    const found: string[] = [];
    for (const scope of this.#scopes.toReversed()) {
      for (const variable of scope.variables.toReversed()) {
        if (!seen.has(variable.name) && variable.kind === kind && (!isWritable || variable.isWritable))
          found.push(variable.name);
        seen.add(variable.name);
      }
    }
    return found.length === 0 ? undefined : this.choices.pick(found);
  }

  /** A name that nothing in this scope has yet. Odd names only where they end with the program. */
  fresh(base = 'v'): string {
    const odd = this.choices.oneIn(6) ? this.choices.pick(ODD_NAMES) : undefined;
    if (odd && base === 'v' && !this.#scopes.some(({ variables }) => variables.some(({ name }) => name === odd)))
      return odd;
    return `${base}${++this.#count}${this.#suffix}`;
  }

  /** A gap in a line: often nothing. */
  gap(): string {
    return this.choices.pick(['', '', '', '', ' ', ' ', '/* c */', ' /*!?:;(*/ ', '\t']);
  }

  /** A gap that may break the line. */
  wide(): string {
    return this.choices.pick([
      '',
      '',
      '',
      ' ',
      ' ',
      '/* , */',
      `${this.eol}  `,
      ` // c (${this.eol}`,
      `/* a${this.eol}b */`,
    ]);
  }

  /** Between two words. */
  space(): string {
    return this.choices.pick([' ', ' ', ' ', '  ', ' /* c */ ', '\t']);
  }

  /** The end of a statement: with a semicolon, or with a line break that may or may not end it. */
  end(): string {
    const { eol } = this;
    return this.choices.pick([
      `;${eol}`,
      eol,
      `;${eol}`,
      `${eol}${eol}`,
      '; ',
      `; // end${eol}`,
      ` // no semicolon${eol}`,
      `;/* e */${eol}`,
      `;;${eol}`,
    ]);
  }

  /** The end of a statement that ends by itself, as a block does. */
  close(): string {
    return this.choices.pick([this.eol, this.eol, ' ', '', `;${this.eol}`, ` // }${this.eol}`]);
  }

  log(...values: string[]): string {
    return `$log(${[String(++this.#logs), ...values].join(', ')})`;
  }

  /** A number that no other place has. */
  mark(): number {
    return ++this.#logs;
  }
}
