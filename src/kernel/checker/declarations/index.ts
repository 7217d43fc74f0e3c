import { readdirSync } from 'node:fs';
import path, { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached, cacheFolder } from './cache.ts';
import { type JoinedLibrary, joinLibrary } from './join.ts';
import { type Joined, placeIn } from './joined-text.ts';
import { type KnownLibrary, libraryOf } from './known.ts';
import { readLibrary } from './library.ts';
import { NotJoinable } from './module.ts';
import { joinScripts } from './scripts.ts';

export { stampOf } from './cache.ts';
export { PREFIX } from './library.ts';

const LIB = /^(.*\/@typescript\/[^/]+\/lib\/)lib\.[\w.]+\.d\.ts$/;
const TYPES_OF_NODE = /\/@types\/node\/(?:ts[\d.]+\/)?index\.d\.ts$/;

export interface ViewOptions {
  /** Files that exist in memory only: those that a library is put together to become some. */
  files: Map<string, string>;
  /** Files of TypeScript's own libraries that the program is told to have, such as `lib.esnext.d.ts`. */
  libs: readonly string[];
  /** Where what was put together is kept. */
  folder?: string | undefined;
}

/**
 * What TypeScript reads in place of the many files of some libraries: one file for each, that says the same. It puts a
 * program together anew for each cell, from all of its files; so the fewer they are, the sooner it answers.
 */
export class Declarations {
  readonly #files: Map<string, string>;
  readonly #libs: readonly string[];
  readonly #folder: string | undefined;
  /** What is read in place of a file, and where that comes from, by {@link keyOf} its path. */
  readonly #texts = new Map<string, string>();
  readonly #joined = new Map<string, Joined>();
  /** What was read as it is: as part of something else it would be there twice. */
  readonly #read = new Set<string>();
  /** By directory: libraries that were put together, or cannot be. */
  readonly #libraries = new Map<string, KnownLibrary>();

  constructor({ files, libs, folder = cacheFolder() }: ViewOptions) {
    this.#files = files;
    this.#libs = libs;
    this.#folder = folder;
  }

  /** What is to be read in place of a file; undefined for the file itself. */
  read(path: string): string | undefined {
    if (!path.endsWith('.d.ts')) return undefined;
    const key = keyOf(path);
    if (!this.#texts.has(key)) this.#prepare(path);
    const text = this.#texts.get(key);
    if (text === undefined) this.#read.add(key);
    return text;
  }

  /** Where a place in what is read stands on disk. */
  placeOf(path: string, position: number): { file: string; position: number } {
    const joined = this.#joined.get(keyOf(path));
    return (joined && placeIn(joined, position)) ?? { file: path, position };
  }

  /** All files are about to be read again. */
  refresh(): void {
    const libraries = [...this.#libraries.values()];
    for (const { root } of libraries) for (const name of PARTS) this.#files.delete(partOf(root.entry, name));
    for (const state of [this.#texts, this.#joined, this.#libraries, this.#read]) state.clear();
    for (const library of libraries) this.#addLibrary(library);
  }

  #prepare(path: string): void {
    try {
      const folder = LIB.exec(path)?.[1];
      if (folder) for (const name of this.#libs) this.#addScripts(folder + name);
      else if (TYPES_OF_NODE.test(path)) this.#addScripts(path);
      else {
        const library = libraryOf(path);
        if (library && !this.#libraries.has(library.root.directory)) this.#addLibrary(library);
      }
    } catch {
      // Files that cannot be read, for example: TypeScript says what is wrong with them.
    }
  }

  #addScripts(entry: string): void {
    if (this.#texts.has(keyOf(entry))) return;
    const scripts = joinScripts(entry, member => this.#texts.has(keyOf(member)));
    if (!scripts || this.#isRead(scripts.files)) return;
    for (const member of scripts.files) this.#texts.set(keyOf(member), '');
    this.#texts.set(keyOf(entry), scripts.text);
    this.#joined.set(keyOf(entry), scripts);
  }

  #addLibrary(library: KnownLibrary): void {
    const { entry, directory } = library.root;
    this.#libraries.set(directory, library);
    const joined = cached(this.#folder, `library ${entry}`, () => made(library));
    if (!joined || this.#isRead(Object.keys(joined.members))) return;
    for (const name of PARTS) {
      this.#files.set(partOf(entry, name), joined[name].text);
      this.#joined.set(keyOf(partOf(entry, name)), joined[name]);
    }
    for (const [path, { id, hasDefault, bringsAdditions }] of Object.entries(joined.members)) {
      const parts = bringsAdditions ? PARTS : PARTS.slice(0, 1);
      const lines = parts.map(name => `/// <reference path="${partOf(entry, name)}" />`);
      lines.push(`export * from ${JSON.stringify(id)};`);
      if (hasDefault) lines.push(`export { default } from ${JSON.stringify(id)};`);
      const others = path === entry ? joined.open.filter(other => other !== entry) : [];
      lines.push(...others.map(other => `import ${JSON.stringify(other.replace(/\.d\.ts$/, ''))};`));
      this.#texts.set(keyOf(path), lines.join('\n'));
    }
  }

  #isRead(paths: readonly string[]): boolean {
    return paths.some(path => this.#read.has(keyOf(path)));
  }
}

const PARTS = ['modules', 'additions'] as const;

/** The file, in memory only, that holds a part of a library. */
function partOf(entry: string, name: (typeof PARTS)[number]): string {
  return `${dirname(entry)}/joined~${name}.d.ts`;
}

/** Windows writes the same path in several ways. */
function keyOf(path: string): string {
  return process.platform === 'win32' ? path.toLowerCase() : path;
}

/** Null where a library cannot be put together. Made also of our own code: when that changes, it is made again. */
function made({ root, belongs, covariant }: KnownLibrary): { value: JoinedLibrary | null; files: string[] } {
  const folder = dirname(fileURLToPath(import.meta.url));
  const code = readdirSync(folder).map(name => path.join(folder, name));
  try {
    const library = readLibrary(root, belongs);
    return { value: joinLibrary(library, covariant), files: [...library.files, ...code] };
  } catch (error) {
    if (!(error instanceof NotJoinable)) throw error;
    return { value: null, files: [root.entry, path.join(root.directory, 'package.json'), ...code] };
  }
}
