import type { LibraryModule } from './library.ts';

/** All that is read with a module. */
export function reachable(from: LibraryModule): Set<LibraryModule> {
  const found = new Set([from]);
  for (const module of found) for (const target of module.targets.values()) found.add(target);
  return found;
}

/** All modules with which one of these is read. */
export function importersOf(wanted: Iterable<LibraryModule>, all: Iterable<LibraryModule>): Set<LibraryModule> {
  const importers = new Map<LibraryModule, LibraryModule[]>();
  for (const module of all) {
    for (const target of module.targets.values()) {
      const list = importers.get(target) ?? [];
      importers.set(target, list);
      list.push(module);
    }
  }
  const found = new Set(wanted);
  for (const module of found) for (const importer of importers.get(module) ?? []) found.add(importer);
  return found;
}
