import { ExportLists, type Exports } from './exports.ts';
import type { Library, LibraryModule } from './library.ts';
import { mentioned } from './mentioned.ts';
import { declared, type Statement } from './module.ts';

/** The entry of a package, with modules whose declarations it takes in. */
export interface Host {
  exports: Exports;
  guests: ReadonlySet<LibraryModule>;
}

/**
 * Entries that declare themselves what they would only hand on: so TypeScript need not follow each of some hundred names
 * through several modules in every cell. They do so for modules all of whose exports are theirs too, by the same name.
 */
export function hosts({ entry, modules }: Library): Map<LibraryModule, Host> {
  const lists = new ExportLists();
  const all = [...modules.values()];
  const augmented = new Set(
    all.flatMap(({ augmentations, targets }) =>
      augmentations.map(({ id }) => ('value' in id ? targets.get(id.value) : undefined)),
    ),
  );
  const found = new Map<LibraryModule, Host>();
  for (const host of all) {
    if (host !== entry && host.package.entry !== host.file) continue;
    const exports = lists.of(host);
    if (!exports || !canHost(host, exports)) continue;
    const kept = new Set(host.statements.filter(statement => !isReexport(statement, host)).flatMap(exportedNames));
    const guests = all.filter(guest => {
      if (guest === host || guest.package !== host.package || augmented.has(guest)) return false;
      const own = lists.of(guest);
      return own !== undefined && isWhole(own, guest, exports, kept) && meansTheSame(guest, exports);
    });
    if (guests.length > 0) found.set(host, { exports, guests: new Set(guests) });
  }
  return found;
}

/** `export … from` a module of the same package: what it hands on is written otherwise. */
export function isReexport(statement: Statement, { targets, package: owner }: LibraryModule): boolean {
  if (statement.type === 'ExportAllDeclaration' && statement.exported) return false;
  const source =
    statement.type === 'ExportAllDeclaration' || statement.type === 'ExportNamedDeclaration' ? statement.source : null;
  return source !== null && targets.get(source.value)?.package === owner;
}

/** Names that a statement of a module exports itself. */
export function exportedNames(statement: Statement): string[] {
  if (statement.type === 'ExportAllDeclaration') return statement.exported ? [nameOf(statement.exported)] : [];
  if (statement.type !== 'ExportNamedDeclaration') return [];
  return statement.declaration ? declared(statement) : statement.specifiers.map(({ exported }) => nameOf(exported));
}

/** All that it hands on can be named where it comes from: a type that is no longer a value cannot. */
function canHost(host: LibraryModule, exports: Exports): boolean {
  return host.statements.every(
    statement =>
      !isReexport(statement, host) || exportedNames(statement).every(name => exports.get(name)!.module !== host),
  );
}

/** The host exports all that the guest does, and not in words of its own. */
function isWhole(own: Exports, guest: LibraryModule, exports: Exports, kept: Set<string>): boolean {
  return (
    own.size > 0 &&
    [...own].every(([name, origin]) => {
      const handedOn = exports.get(name);
      const isOwn = origin.module === guest && origin.name === name;
      return isOwn && handedOn?.module === guest && handedOn.name === name && !kept.has(name);
    })
  );
}

/** A guest speaks of nothing that means something else among the names of the host. */
function meansTheSame(guest: LibraryModule, exports: Exports): boolean {
  return guest.statements.every(statement => {
    if (statement.type === 'ImportDeclaration') return true;
    if (statement.type === 'ExportAllDeclaration' || statement.type === 'ExportDefaultDeclaration') return false;
    if (statement.type === 'ExportNamedDeclaration' && statement.source) return false;
    if (statement.type === 'TSModuleDeclaration' && statement.id.type === 'Literal') return false;
    return [...mentioned(statement)].every(name => guest.bound.has(name) || !exports.has(name));
  });
}

function nameOf(node: { name?: string; value?: unknown }): string {
  return node.name ?? String(node.value);
}
