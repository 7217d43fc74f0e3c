import { type Symbol as CheckedSymbol, SymbolFlags } from 'typescript/unstable/sync';
import type { LoadedCell } from '../cell.ts';
import { type Candidate, candidatesAt } from './candidates.ts';
import { withSignatures } from './items.ts';

/** Enough for all that the largest package exports, once. */
const LIMIT_MS = 1000;

/** What is no module. */
const NONE: Candidate[] = [];

/** What modules export that earlier cells imported: a package's hundreds of names are asked for once. */
export class KnownModules {
  #generation = 0;
  readonly #members = new Map<string, Candidate[]>();

  /** What was known before files changed holds no longer. */
  of(generation: number): Map<string, Candidate[]> {
    if (generation !== this.#generation) this.#members.clear();
    this.#generation = generation;
    return this.#members;
  }
}

export interface ModuleHost {
  /** The number of the cell's slot that declared a name last. */
  slotOf(name: string): number | undefined;
  /** Of {@link KnownModules}. */
  modules: Map<string, Candidate[]>;
}

/** What may stand after the dot behind the name of a module; undefined behind anything else. */
export function moduleMembers(cell: LoadedCell, dotAt: number, host: ModuleHost): Candidate[] | undefined {
  const before = cell.file.text.slice(0, dotAt).trimEnd();
  const name = /(?<![\p{ID_Continue}$.#])[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(before)?.[0];
  const slot = name && host.slotOf(name);
  if (!name || slot === undefined) return undefined;
  // Much faster than to ask for the symbol at that place.
  const place = { document: cell.path, position: before.length };
  const symbol = cell.project.checker.resolveName(name, SymbolFlags.Value | SymbolFlags.Alias, place);
  const declaration = symbol?.declarations[0]?.resolve(cell.project);
  if (!symbol || !declaration || declaration.end > cell.prefixLength) return undefined; // not the earlier cell's
  const key = `${slot}.${name}`;
  const known = host.modules.get(key);
  if (known) return known === NONE ? undefined : known;
  const members = membersOf(cell, symbol, dotAt);
  host.modules.set(key, members);
  return members === NONE ? undefined : members;
}

function membersOf(cell: LoadedCell, symbol: CheckedSymbol, dotAt: number): Candidate[] {
  const { checker } = cell.project;
  if (!(symbol.flags & SymbolFlags.Alias)) return NONE;
  const module = checker.getAliasedSymbol(symbol);
  const path = module.declarations[0]?.path;
  if (!path || !(module.flags & SymbolFlags.ValueModule) || /notebook~c\d+\.ts$/.test(path)) return NONE;
  const dot = /^\s*\??\./.exec(cell.file.text.slice(dotAt))![0].length;
  return withSignatures(checker, candidatesAt(cell, dotAt + dot), LIMIT_MS);
}
