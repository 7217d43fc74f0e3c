import { augmented, writeAugmentation } from './augmentation.ts';
import { type Covariant, covariance } from './covariance.ts';
import { copyEdited, type Edit, linksById } from './edits.ts';
import { exportedNames, type Host, hosts, isReexport } from './hosting.ts';
import { type Joined, JoinedText } from './joined-text.ts';
import type { Library, LibraryModule } from './library.ts';
import { NotJoinable } from './module.ts';
import { importersOf, reachable } from './reach.ts';

export interface JoinedLibrary {
  /** Every module of the library, as a `declare module` of one script. */
  modules: Joined;
  /** What modules add to those of others, for whoever imports them. */
  additions: Joined;
  /** What stands for each file. */
  members: Record<string, Member>;
  /** Files to which others add: entries, and those to which the library itself does. TypeScript must have read them for that. */
  open: string[];
}

export interface Member {
  /** The name of its module. */
  id: string;
  hasDefault: boolean;
  /** Whoever imports it has the additions. */
  bringsAdditions: boolean;
}

const LICENCE = /^\s*\/\*(?:(?!\*\/)[\s\S])*@license(?:(?!\*\/)[\s\S])*\*\//;

/**
 * Puts a library of some hundred files into one that says the same: TypeScript then has far less to put together for each
 * cell anew. Throws {@link NotJoinable}.
 */
export function joinLibrary(library: Library, covariant: Covariant = {}): JoinedLibrary {
  const modules = new JoinedText();
  const additions = new JoinedText();
  const references = new Set<string>();
  const adding: LibraryModule[] = [];
  const open = new Set([...library.modules.values()].filter(({ file, package: { entry } }) => file === entry));
  const entries = hosts(library);
  for (const module of library.modules.values()) {
    for (const reference of module.references) references.add(`${reference}\n`);
    const edits = [...linksById(module), ...covariance(module, covariant)];
    for (const statement of module.augmentations) {
      const target = augmented(module, statement);
      open.add(target);
      const entry = library.modules.get(target.package.entry ?? '') ?? library.entry;
      const isAlwaysThere = reachable(entry).has(module);
      if (!isAlwaysThere) adding.push(module);
      writeAugmentation(isAlwaysThere ? modules : additions, module, statement);
      edits.push({ start: statement.start, end: statement.end, text: '' });
    }
    writeModule(modules, module, edits, entries);
  }
  const bringing = importersOf(adding, library.modules.values());
  const members = [...library.modules.values()].map((module): [string, Member] => [
    module.file,
    { id: module.id, hasDefault: hasDefault(module), bringsAdditions: bringing.has(module) },
  ]);
  return {
    modules: modules.joined([...references].join('')),
    additions: additions.joined(),
    members: Object.fromEntries(members),
    open: [...open].map(({ file }) => file),
  };
}

function writeModule(
  out: JoinedText,
  module: LibraryModule,
  edits: Edit[],
  entries: ReadonlyMap<LibraryModule, Host>,
): void {
  const own = entries.get(module);
  const [host, hosting] = [...entries].find(([, { guests }]) => guests.has(module)) ?? [];
  const start = LICENCE.exec(module.text)?.[0].length ?? 0;
  out.write(`declare module ${JSON.stringify((host ?? module).id)} {\n`);
  copyEdited(out, module, [start, module.text.length], own ? [...withoutReexports(module), ...edits] : edits);
  out.write(`${own ? `\n${reexports(module, own)}` : ''}\n}\n`);
  if (!host || !hosting) return;
  const names = [...hosting.exports].flatMap(([name, origin]) => (origin.module === module ? [name] : []));
  out.write(`declare module ${JSON.stringify(module.id)} { export { ${names} } from ${JSON.stringify(host.id)}; }\n`);
}

function withoutReexports(host: LibraryModule): Edit[] {
  return host.statements
    .filter(statement => isReexport(statement, host))
    .map(({ start, end }) => ({ start, end, text: '' }));
}

/** What a host hands on, each from where it is declared. */
function reexports(host: LibraryModule, { exports, guests }: Host): string {
  const kept = new Set(host.statements.filter(statement => !isReexport(statement, host)).flatMap(exportedNames));
  const lines = ['export {};']; // else all would be exported
  for (const [name, { module, name: original }] of exports) {
    if (kept.has(name) || guests.has(module)) continue;
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) throw new NotJoinable(`${host.file} exports ${name}`);
    const what = original === '*' ? `* as ${name}` : `{ ${original} as ${name} }`;
    lines.push(`export ${what} from ${JSON.stringify(module.id)};`);
  }
  return lines.join('\n');
}

function hasDefault(module: LibraryModule): boolean {
  return module.statements.some(
    statement => statement.type === 'ExportDefaultDeclaration' || exportedNames(statement).includes('default'),
  );
}
