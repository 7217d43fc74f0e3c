import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NotJoinable } from './module.ts';

/** Where a library's own files lie. */
export interface Package {
  name: string;
  directory: string;
  /** What an import of its name reads. */
  entry: string | undefined;
}

/** Looks modules up as TypeScript does, where that is plain; throws {@link NotJoinable} where it is not. */
export class Resolver {
  #belongs: (packageName: string) => boolean;
  #packages = new Map<string, Package | undefined>();

  /** `belongs` says which packages make up the library. */
  constructor(belongs: (packageName: string) => boolean) {
    this.#belongs = belongs;
  }

  /** The file that a specifier means; undefined where it is no part of the library. */
  resolve(specifier: string, from: string): string | undefined {
    if (/^\.{1,2}(?:\/|$)/.test(specifier)) return declarationFile(join(dirname(from), specifier));
    const [name, rest] = split(specifier);
    if (!this.#belongs(name)) return undefined;
    const found = this.package(name, dirname(from));
    if (!found) throw new NotJoinable(`${name} is not installed for ${from}`);
    if (rest) return declarationFile(join(found.directory, rest));
    if (!found.entry) throw new NotJoinable(`${name} has no types`);
    return found.entry;
  }

  /** The package that an import of that name finds from a folder. */
  package(name: string, folder: string): Package | undefined {
    for (let directory = folder; ; directory = dirname(directory)) {
      const found = this.#read(name, join(directory, 'node_modules', name));
      if (found) return found;
      if (dirname(directory) === directory) return undefined;
    }
  }

  #read(name: string, directory: string): Package | undefined {
    if (this.#packages.has(directory)) return this.#packages.get(directory);
    const found = readPackage(name, directory);
    this.#packages.set(directory, found);
    return found;
  }
}

export function split(specifier: string): [name: string, rest: string] {
  const parts = specifier.split('/');
  const count = specifier.startsWith('@') ? 2 : 1;
  return [parts.slice(0, count).join('/'), parts.slice(count).join('/')];
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

export function readPackage(name: string, link: string): Package | undefined {
  if (!isFile(join(link, 'package.json'))) return undefined;
  const directory = realpathSync(link).replaceAll('\\', '/');
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Record<string, unknown>;
  const types = manifest.types ?? manifest.typings;
  const isPlain = manifest.exports === undefined && manifest.typesVersions === undefined && typeof types === 'string';
  return { name, directory, entry: isPlain ? declarationFile(join(directory, types)) : undefined };
}

/** The `.d.ts` file that a path means; where other kinds of files lie beside it, TypeScript might take those. */
function declarationFile(path: string): string {
  const stem = path.replaceAll('\\', '/').replace(/(?:\.d)?\.ts$|\.js$/, '');
  const file = [`${stem}.d.ts`, `${stem}/index.d.ts`].find(isFile);
  if (!file) throw new NotJoinable(`${path} has no declarations`);
  const rivals = [`${stem}.ts`, `${stem}.tsx`];
  if (file.endsWith('/index.d.ts')) rivals.push(`${stem}/package.json`, `${stem}/index.ts`, `${stem}/index.tsx`);
  const rival = rivals.find(isFile);
  if (rival) throw new NotJoinable(`${path} may mean ${rival}`);
  return file;
}
