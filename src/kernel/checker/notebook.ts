import { join } from 'node:path';
import { DiagnosticCategory, type Diagnostic as Found } from 'typescript/unstable/sync';
import { completeAt } from './complete.ts';
import { inspectAt } from './inspect.ts';
import { type CellNames, declaredNames, mentionedNames } from './names.ts';
import { libraryFile, projectConfig } from './options.ts';
import { NotebookProgram } from './program.ts';
import type { CompletionResult, Diagnostic, Inspection } from './types.ts';

const SLOTS_AT_ONCE = 128;

interface Slot {
  cell: string;
  names: CellNames;
  prefixLength: number;
}

export interface NotebookOptions {
  directory: string;
  /** Declarations of modules that exist in the kernel only: module name → text of its `.d.ts`. */
  libraries?: Record<string, string>;
}

/**
 * The cells of a notebook as modules: each executed cell fills a slot made beforehand, a hub exports every slot's names
 * with the slot's number, and the current cell imports from the hub what it mentions. As no file is added and no list of
 * specifiers changes, TypeScript updates one file at a time.
 */
export class CheckedNotebook {
  readonly #program: NotebookProgram;
  readonly #slots: Slot[] = [];
  readonly #latest = new Map<string, { slot: number; isVariable: boolean }>();
  #room = SLOTS_AT_ONCE;

  constructor({ directory, libraries = {} }: NotebookOptions) {
    this.#program = new NotebookProgram(directory);
    const files: Record<string, string> = { [this.#cellPath]: this.#hubImport([]), [this.#hubPath]: this.#hub() };
    for (const [name, text] of Object.entries(libraries)) files[libraryFile(directory, name)] = text;
    for (let slot = 0; slot < this.#room; slot++) files[this.#slotPath(slot)] = this.#hubImport([]);
    const roots = ['cell.ts', 'hub.ts'].map(name => `notebook~${name}`);
    files[this.#program.path('tsconfig.json')] = JSON.stringify(projectConfig(directory, roots, libraries));
    this.#program.write(files);
  }

  check(source: string): Diagnostic[] {
    const prefix = this.#load(source);
    const path = this.#cellPath;
    const found = this.#program.ask(({ program }) => {
      const syntax = program.getSyntacticDiagnostics(path);
      return syntax.length > 0 ? syntax : program.getSemanticDiagnostics(path);
    });
    return found
      .filter(({ pos, category }) => pos >= prefix.length && category === DiagnosticCategory.Error)
      .map(diagnostic => this.#diagnostic(diagnostic, source, prefix.length));
  }

  commit(source: string, cell: string): void {
    if (this.#slots.length === this.#room) this.#grow();
    const slot = this.#slots.length;
    const names = declaredNames(source);
    const prefix = this.#prefix(source);
    this.#slots.push({ cell, names, prefixLength: prefix.length });
    const all = [...names.variables, ...names.others];
    this.#program.write({
      [this.#slotPath(slot)]: `${prefix}${asModule(source)}\nexport { ${all.join(', ')} };\n`,
      [this.#hubPath]: this.#hub(),
    });
    for (const name of names.variables) this.#latest.set(name, { slot, isVariable: true });
    for (const name of names.others) this.#latest.set(name, { slot, isVariable: false });
  }

  complete(source: string, offset: number): CompletionResult {
    const prefix = this.#load(source);
    const known = [...this.#latest.keys()];
    return this.#program.ask(({ checker }) =>
      completeAt(checker, this.#cellPath, source, offset, prefix.length, known),
    );
  }

  inspect(source: string, offset: number): Inspection | undefined {
    const prefix = this.#load(source);
    return this.#program.ask(({ checker }) => {
      const found = inspectAt(checker, this.#cellPath, source, offset, prefix.length);
      return found && { ...found, signature: plainNames(found.signature) };
    });
  }

  close(): void {
    this.#program.close();
  }

  get #cellPath(): string {
    return this.#program.path('cell.ts');
  }

  get #hubPath(): string {
    return this.#program.path('hub.ts');
  }

  #slotPath(slot: number): string {
    return this.#program.path(`c${slot}.ts`);
  }

  #load(source: string): string {
    const prefix = this.#prefix(source);
    this.#program.write({ [this.#cellPath]: prefix + asModule(source) });
    return prefix;
  }

  /** One line that brings in the earlier names which the cell mentions and does not declare itself. */
  #prefix(source: string): string {
    const { variables, others } = declaredNames(source);
    const own = new Set([...variables, ...others]);
    const imports: string[] = [];
    let declarations = '';
    for (const name of mentionedNames(source)) {
      const found = own.has(name) ? undefined : this.#latest.get(name);
      if (!found) continue;
      const internal = `${name}$${found.slot}`;
      imports.push(found.isVariable ? internal : `${internal} as ${name}`);
      if (found.isVariable) declarations += ` declare let ${name}: typeof ${internal};`;
    }
    return `${this.#hubImport(imports)}${declarations}\n`;
  }

  #hubImport(names: string[]): string {
    return `import { ${names.join(', ')} } from "./notebook~hub.ts";`;
  }

  #hub(): string {
    let text = '';
    for (let slot = 0; slot < this.#room; slot++) {
      const names = this.#slots[slot]?.names;
      const exported = names ? [...names.variables, ...names.others].map(name => `${name} as ${name}$${slot}`) : [];
      text += `export { ${exported.join(', ')} } from "./notebook~c${slot}.ts";\n`;
    }
    return text;
  }

  /** More slots change the hub's list of files: TypeScript looks at everything again, once in a long while. */
  #grow(): void {
    for (let slot = this.#room; slot < this.#room + SLOTS_AT_ONCE; slot++) {
      this.#program.files.set(this.#slotPath(slot), this.#hubImport([]));
    }
    this.#room += SLOTS_AT_ONCE;
    this.#program.write({ [this.#hubPath]: this.#hub() });
  }

  #diagnostic(found: Found, source: string, prefixLength: number): Diagnostic {
    const start = Math.min(found.pos - prefixLength, source.length);
    return {
      code: found.code,
      category: 'error',
      message: message(found),
      start,
      length: Math.min(found.end - prefixLength, source.length) - start,
      ...position(source, start),
      related: (found.relatedInformation ?? []).map(other => {
        if (other.fileName?.endsWith(join('/', 'notebook~cell.ts'))) {
          return { message: message(other), ...position(source, other.pos - prefixLength) };
        }
        const slot = this.#slots[Number(/notebook~c(\d+)\.ts$/.exec(other.fileName ?? '')?.[1])];
        return { message: message(other), ...(slot ? { cell: slot.cell } : {}) };
      }),
    };
  }
}

/** `export` before a declaration and a shebang mean nothing in a cell; same length without them. */
function asModule(source: string): string {
  return source
    .replace(/^#!/, '//')
    .replace(/^(\s*)export(?=\s+(?!default|type\s*\{|\{|\*|=|import|as)\w)/gm, '$1      ');
}

function message(found: Found, depth = 0): string {
  const chain = (found.messageChain ?? []).map(next => `\n${'  '.repeat(depth + 1)}${message(next, depth + 1)}`);
  return plainNames(found.text).replace(/ because it is an import\b/, ' because it is a constant') + chain.join('');
}

/** `x$7`, as the hub calls it, is the learner's `x`. */
function plainNames(text: string): string {
  return text.replace(/\b([\p{ID_Start}$_][\p{ID_Continue}$]*)\$\d+\b/gu, '$1');
}

function position(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
