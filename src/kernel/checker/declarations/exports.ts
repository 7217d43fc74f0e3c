import type { LibraryModule } from './library.ts';
import { declared, type Statement } from './module.ts';

/** What a module exports by a name, or, as `*`, all that it exports. */
export interface Origin {
  module: LibraryModule;
  name: string;
}

export type Exports = ReadonlyMap<string, Origin>;

/** It would take types, or modules of another package, to list what a module exports. */
class Unclear extends Error {}

/** Which names modules export, each followed through its package to where it is declared. */
export class ExportLists {
  /** Null for a module whose list is unclear, or not made yet: modules that export each other are unclear. */
  #lists = new Map<LibraryModule, Exports | null>();

  /** Undefined where it is unclear. */
  of(module: LibraryModule): Exports | undefined {
    try {
      return this.#of(module);
    } catch (error) {
      if (error instanceof Unclear) return undefined;
      throw error;
    }
  }

  #of(module: LibraryModule): Exports {
    const known = this.#lists.get(module);
    if (known) return known;
    if (known === null) throw new Unclear();
    this.#lists.set(module, null);
    const list = this.#collect(module);
    this.#lists.set(module, list);
    return list;
  }

  #collect(module: LibraryModule): Exports {
    const exports = new Map<string, Origin>();
    const starred = new Map<string, Origin>();
    const isImplicit = exportsImplicitly(module);
    for (const statement of module.statements) {
      if (statement.type === 'ExportAllDeclaration') {
        const target = module.targets.get(statement.source.value);
        if (statement.exported) {
          const name = nameOf(statement.exported);
          exports.set(name, target ? { module: target, name: '*' } : { module, name });
        } else if (target?.package === module.package) this.#addStarred(target, starred);
        else throw new Unclear();
      } else if (statement.type === 'ExportNamedDeclaration' && !statement.declaration) {
        for (const [name, origin] of this.#specified(statement, module)) exports.set(name, origin);
      } else if (statement.type === 'ExportDefaultDeclaration') {
        exports.set('default', { module, name: 'default' });
      } else if (isImplicit || statement.type === 'ExportNamedDeclaration') {
        for (const name of declared(statement)) exports.set(name, { module, name });
      }
    }
    return new Map([...starred, ...exports]);
  }

  #addStarred(target: LibraryModule, starred: Map<string, Origin>): void {
    for (const [name, origin] of this.#of(target)) {
      if (name === 'default') continue;
      const other = starred.get(name);
      if (other && (other.module !== origin.module || other.name !== origin.name)) throw new Unclear();
      starred.set(name, origin);
    }
  }

  /** The names of `export { a as b }`, with or without `from`. */
  *#specified(
    { specifiers, source, exportKind }: Extract<Statement, { type: 'ExportNamedDeclaration' }>,
    module: LibraryModule,
  ): Iterable<[string, Origin]> {
    for (const { local, exported, exportKind: kind } of specifiers) {
      const name = nameOf(exported);
      const isType = exportKind === 'type' || kind === 'type'; // remains one only if it is taken from here
      const origin = isType
        ? undefined
        : source
          ? this.#from(module, source.value, nameOf(local))
          : this.#imported(module, nameOf(local));
      yield [name, origin ?? { module, name }];
    }
  }

  #from(module: LibraryModule, specifier: string, name: string): Origin | undefined {
    const target = module.targets.get(specifier);
    if (!target) return undefined;
    if (target.package !== module.package) return { module: target, name };
    return this.#of(target).get(name);
  }

  #imported(module: LibraryModule, local: string): Origin | undefined {
    for (const statement of module.statements) {
      if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') continue;
      const specifier = statement.specifiers.find(specifier => specifier.local.name === local);
      const target = module.targets.get(statement.source.value);
      if (!specifier || !target) continue;
      if (specifier.type === 'ImportNamespaceSpecifier') return { module: target, name: '*' };
      if (specifier.type === 'ImportDefaultSpecifier') return this.#from(module, statement.source.value, 'default');
      if (specifier.importKind !== 'type')
        return this.#from(module, statement.source.value, nameOf(specifier.imported));
    }
    return undefined;
  }
}

/** In declarations everything is exported unless an `export { … }` or the like says what is. */
export function exportsImplicitly({ statements }: LibraryModule): boolean {
  return !statements.some(
    statement =>
      statement.type === 'ExportAllDeclaration' ||
      (statement.type === 'ExportNamedDeclaration' && !statement.declaration) ||
      (statement.type === 'ExportDefaultDeclaration' && statement.declaration.type === 'Identifier'),
  );
}

function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.name ?? String(node.value);
}
