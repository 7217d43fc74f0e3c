import { readFileSync } from 'node:fs';
import type { Diagnostic as Found } from 'typescript/unstable/sync';
import { moduleAdvice } from './candidates.ts';
import type { LoadedCell } from './cell.ts';
import { completeAt, KnownModules, type ScopedCell, scopeFiles } from './completion/index.ts';
import { type CellText, type Declared, toDiagnostics } from './diagnostics.ts';
import { KERNEL_GLOBALS, NODE_GLOBALS } from './globals.ts';
import { inspectAt } from './inspection/index.ts';
import { augmentedModules, type CellNames, declaredNames, mentionedNames } from './names.ts';
import { libraryFile } from './options.ts';
import { NotebookProgram, SCOPE_PATH } from './program.ts';
import { declaredInBrokenCell } from './syntax.ts';
import type { CompletionResult, DetailLevel, Diagnostic, Inspection } from './types.ts';

const SLOTS_AT_ONCE = 128;
/** New slots are made in a pause, before these few are used up. */
const SPARE_SLOTS = 8;
/** Codes of "Cannot find module …" and "Could not find a declaration file for module …". */
const MISSING_MODULE = new Set([2307, 2792, 7016]);

interface Slot extends CellText {
  cell: string;
}

export interface NotebookOptions {
  directory: string;
  /** Declarations of modules that exist in the kernel only: module name → text of its `.d.ts`. */
  libraries?: Record<string, string>;
}

export interface NotebookListener {
  /** Something that the learner should know. */
  onNotice(text: string): void;
  onStart(pid: number | undefined): void;
  isGivenUp(): boolean;
}

/**
 * The cells of a notebook as modules: each is checked in a slot made beforehand, and stays there once it ran. A hub
 * exports every slot as a namespace, and a cell takes from the hub what it mentions. As neither the list of files nor
 * any list of specifiers changes, TypeScript updates one file for each cell, and nothing more.
 */
export class CheckedNotebook {
  readonly #directory: string;
  readonly #program: NotebookProgram;
  readonly #slots: Slot[] = [];
  readonly #latest = new Map<string, { slot: number; isVariable: boolean }>();
  readonly #modules = new KnownModules();
  #room = SLOTS_AT_ONCE;
  /** The last cell whose check failed: not for an error in it, but by itself. */
  #unchecked: string | undefined;

  constructor({ directory, libraries = {} }: NotebookOptions, listener: Partial<NotebookListener> = {}) {
    this.#directory = directory;
    this.#program = new NotebookProgram({
      directory,
      libraries,
      onNotice: text => listener.onNotice?.(text),
      onStart: pid => listener.onStart?.(pid),
      isGivenUp: () => listener.isGivenUp?.() ?? false,
    });
    const { files } = this.#program;
    for (const [name, text] of Object.entries(libraries)) {
      files.set(libraryFile(directory, name).replaceAll('\\', '/'), text);
    }
    files.set(this.#program.path('kernel.d.ts'), KERNEL_GLOBALS);
    files.set(this.#program.path('node.d.ts'), NODE_GLOBALS);
    files.set(this.#hubPath, this.#hub());
    files.set(this.#importsPath, 'export {};');
    files.set(SCOPE_PATH, 'export {};');
    for (let slot = 0; slot < this.#room; slot++) files.set(this.#path(slot), EMPTY_SLOT);
  }

  check(source: string): Diagnostic[] {
    const program = this.#program;
    program.refresh();
    const path = this.#path(this.#slots.length);
    const names = declaredNames(source);
    const text = this.#load(source, names);
    const found = this.#diagnose(source, path, names.isReadable);
    const errors = toDiagnostics(found, path, text, file => this.#cellAt(file), this.#declared);
    for (const error of errors) {
      if (!MISSING_MODULE.has(error.code)) continue;
      program.lookAgain();
      const specifier = /module '([^']+)'/.exec(error.message)?.[1];
      const advice = error.code === 7016 ? undefined : specifier && moduleAdvice(specifier, this.#directory);
      if (advice) error.message = `Cannot find module '${specifier}'. ${advice}`;
    }
    return errors;
  }

  /** Makes the names of the cell known to later ones. It stays in the slot in which it was checked. */
  commit(source: string, cell: string): void {
    if (this.#slots.length === this.#room) this.#grow();
    const names = declaredNames(source);
    const text = source === this.#unchecked ? this.#loadUnchecked(names) : this.#load(source, names);
    const slot = this.#slots.push({ ...text, cell }) - 1;
    for (const name of names.variables) this.#latest.set(name, { slot, isVariable: true });
    for (const name of names.others) this.#latest.set(name, { slot, isVariable: false });
  }

  complete(source: string, offset: number): CompletionResult {
    return this.#askOf(source, loaded =>
      completeAt(loaded, offset, {
        directory: this.#directory,
        slotOf: name => this.#latest.get(name)?.slot,
        modules: this.#modules.of(this.#program.generation),
        scope: cell => this.#scope(cell, offset),
      }),
    );
  }

  inspect(source: string, offset: number, detail: DetailLevel = 0): Inspection | undefined {
    const host = { directory: this.#directory, findCell: (file: string) => this.#cellAt(file), ...this.#declared };
    return this.#askOf(source, cell => inspectAt(cell, offset, detail, host));
  }

  /** What is better done while nobody waits. */
  rest(): void {
    this.#program.rest();
    if (this.#slots.length > this.#room - SPARE_SLOTS) this.#grow();
  }

  get #hubPath(): string {
    return this.#program.path('hub.ts');
  }

  /** What the cell in the scope's file imports. */
  get #importsPath(): string {
    return this.#program.path('imports.ts');
  }

  #path(slot: number): string {
    return this.#program.path(`c${slot}.ts`);
  }

  #cellAt(path: string): Slot | undefined {
    const slot = /notebook~c(\d+)\.ts$/.exec(path)?.[1];
    return slot === undefined ? undefined : this.#slots[Number(slot)];
  }

  get #declared(): Declared {
    return {
      readFile: file => this.#program.files.get(file) ?? readIfThere(file),
      placeOf: (file, position) => this.#program.placeOf(file, position),
    };
  }

  /** Puts a cell into the next free slot. */
  #load(source: string, names = declaredNames(source)): CellText {
    if (this.#slots.length === this.#room) this.#grow();
    const prefix = this.#prefix(mentionedNames(source), names);
    const exported = [...names.variables, ...names.others].filter(name => !names.exported.includes(name));
    // TypeScript adds to modules that it has read for an import.
    const imports = augmentedModules(source).map(specifier => `import ${JSON.stringify(specifier)};\n`);
    const text = `${prefix}${asModule(source)}\nexport { ${exported.join(', ')} };\n${imports.join('')}`;
    this.#program.write(this.#path(this.#slots.length), text);
    return { source, prefixLength: prefix.length };
  }

  /** A cell that TypeScript came to no end with: of its names, only that they exist. */
  #loadUnchecked({ variables, others }: CellNames): CellText {
    const text = [
      ...variables.map(name => `declare let ${name}: any;`),
      ...others.map(name => `declare const ${name}: any; type ${name}<A = any, B = any, C = any, D = any> = any;`),
      `export { ${[...variables, ...others].join(', ')} };`,
    ].join('\n');
    this.#program.write(this.#path(this.#slots.length), text);
    return { source: '', prefixLength: 0 };
  }

  #diagnose(source: string, path: string, isReadable: boolean): readonly Found[] {
    try {
      return this.#program.ask(({ program }) => {
        const semantic = program.getSemanticDiagnostics(path);
        if (semantic.length === 0 && isReadable) return semantic;
        const syntax = program.getSyntacticDiagnostics(path);
        return syntax.length > 0 ? syntax : semantic;
      });
    } catch (error) {
      this.#unchecked = source;
      this.#program.write(path, EMPTY_SLOT);
      throw error;
    }
  }

  /** Asks of a cell that need not be whole. */
  #askOf<T>(source: string, question: (cell: LoadedCell) => T): T {
    this.#program.refresh();
    const path = this.#path(this.#slots.length);
    const names = declaredNames(source);
    let { prefixLength } = this.#load(source, names);
    return this.#program.ask(({ program }) => {
      let file = program.getSourceFile(path)!;
      const found = names.isReadable ? names : declaredInBrokenCell(file, prefixLength);
      if (this.#prefix(mentionedNames(source), found).length !== prefixLength) {
        ({ prefixLength } = this.#load(source, found));
        file = this.#program.project.program.getSourceFile(path)!;
      }
      return question({ project: this.#program.project, path, file, source, prefixLength });
    });
  }

  /** The cell with every earlier name in scope. */
  #scope(cell: LoadedCell, offset: number): ScopedCell {
    const { text, imports, names } = scopeFiles(cell, offset);
    const own = declaredInBrokenCell(cell.file, cell.prefixLength);
    const imported = `import { ${names.join(', ')} } from ${JSON.stringify(this.#importsPath)}; `;
    // Directly behind a declaration of an import TypeScript would go on with it, hence the empty statement.
    const prefix = `${imported}${this.#prefix(this.#latest.keys(), own, this.#hubPath).trimEnd()};\n`;
    this.#program.write(this.#importsPath, imports);
    this.#program.write(SCOPE_PATH, `${prefix}${asModule(text)}\nexport {};\n`);
    const { project } = this.#program;
    const scoped = { ...cell, project, path: SCOPE_PATH, prefixLength: prefix.length };
    return { cell: scoped, offset, isEarlier: name => this.#latest.has(name) };
  }

  /** One line that brings in those earlier names which the cell does not declare itself. */
  #prefix(names: Iterable<string>, { variables, others }: CellNames, hub = './notebook~hub.ts'): string {
    const own = new Set([...variables, ...others]);
    const slots = new Set<string>();
    let declarations = '';
    for (const name of names) {
      const found = own.has(name) ? undefined : this.#latest.get(name);
      if (!found) continue;
      const slot = `notebook$${found.slot}`;
      slots.add(slot);
      declarations += found.isVariable
        ? ` declare let ${name}: typeof ${slot}.${name};`
        : ` import ${name} = ${slot}.${name};`;
    }
    return `import { ${[...slots].join(', ')} } from ${JSON.stringify(hub)};${declarations}\n`;
  }

  #hub(): string {
    const lines = Array.from({ length: this.#room }, (_, i) => `export * as notebook$${i} from "./notebook~c${i}.ts";`);
    return lines.join('\n');
  }

  /** More slots change the hub's list of files: TypeScript looks at everything again. */
  #grow(): void {
    const before = this.#room;
    this.#room += SLOTS_AT_ONCE;
    for (let slot = before; slot < this.#room; slot++) this.#program.files.set(this.#path(slot), EMPTY_SLOT);
    this.#program.write(this.#hubPath, this.#hub());
  }
}

const EMPTY_SLOT = 'import {  } from "./notebook~hub.ts";\n\nexport {  };\n';

/** `export` before a declaration and a shebang mean nothing in a cell; same length without them. */
function asModule(source: string): string {
  return source
    .replace(/^#!/, '//')
    .replace(/^(\s*)export(?=\s+(?!default|type\s*\{|\{|\*|=|import|as)\w)/gm, '$1      ');
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
