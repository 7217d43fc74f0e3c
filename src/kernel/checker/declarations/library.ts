import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, relative } from 'node:path';
import { type DeclarationModule, NotJoinable, readModule } from './module.ts';
import { type Package, Resolver, split } from './resolve.ts';

/** Of names of modules: as if it were an address, of which TypeScript knows that there is no file. */
export const PREFIX = 'joined:';

/** A module of a library, and which others its links mean; links that are not in the map leave the library. */
export interface LibraryModule extends DeclarationModule {
  /** The name under which the joined text declares it. */
  id: string;
  package: Package;
  targets: Map<string, LibraryModule>;
}

/** All modules that can be reached from an entry. */
export interface Library {
  entry: LibraryModule;
  /** By file. */
  modules: Map<string, LibraryModule>;
  /** All that was read for it. */
  files: string[];
}

/** Reads a library, whose packages are those that `belongs` names. Throws {@link NotJoinable}. */
export function readLibrary(root: Package, belongs: (packageName: string) => boolean): Library {
  if (!root.entry) throw new NotJoinable(`${root.name} has no types`);
  const resolver = new Resolver(belongs);
  const modules = new Map<string, LibraryModule>();
  const directories = new Map([[root.name, root.directory]]);

  function read(file: string, owner: Package): LibraryModule {
    const known = modules.get(file);
    if (known) return known;
    const path = relative(owner.directory, file).replaceAll('\\', '/');
    if (path.startsWith('../')) throw new NotJoinable(`${file} lies outside of ${owner.name}`);
    const module: LibraryModule = {
      ...readModule(file, readFileSync(file, 'utf8')),
      id: `${PREFIX}${owner.name}/${path.replace(/\.d\.ts$/, '')}`,
      package: owner,
      targets: new Map(),
    };
    modules.set(file, module);
    for (const { specifier } of module.links) {
      const target = resolver.resolve(specifier, file);
      if (target === undefined) checkOutside(split(specifier)[0], file);
      else module.targets.set(specifier, read(target, ownerOf(specifier, module)));
    }
    for (const reference of module.references) {
      const name = /types *= *["']([^"']+)["']/.exec(reference)?.[1];
      if (name === undefined) throw new NotJoinable(`${file}: ${reference}`);
      checkOutside(split(name)[0], file);
    }
    return module;
  }

  function ownerOf(specifier: string, from: LibraryModule): Package {
    if (specifier.startsWith('.')) return from.package;
    const [name] = split(specifier);
    const owner = resolver.package(name, dirname(from.file))!;
    if ((directories.get(name) ?? owner.directory) !== owner.directory) throw new NotJoinable(`${name} is there twice`);
    directories.set(name, owner.directory);
    return owner;
  }

  /** The joined text lies beside the entry: what is looked up from there must be what the module finds. */
  function checkOutside(name: string, file: string): void {
    if (isBuiltin(name)) return;
    for (const candidate of [name, `@types/${name.replace(/^@(.*)\//, '$1__')}`]) {
      const found = resolver.package(candidate, dirname(file))?.directory;
      if (found !== resolver.package(candidate, dirname(root.entry!))?.directory) {
        throw new NotJoinable(`${name} is not the same for ${file} as for ${root.name}`);
      }
    }
  }

  const entry = read(root.entry, root);
  const manifests = [...directories.values()].map(directory => `${directory}/package.json`);
  return { entry, modules, files: [...modules.keys(), ...manifests] };
}
