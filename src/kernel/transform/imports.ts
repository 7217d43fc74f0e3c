import type { ImportDeclaration } from 'oxc-parser';
import type { NameUses } from '../../modules/index.ts';
import { awaiting } from './awaits.ts';
import { RUNTIME } from './parse.ts';
import type { DeferredImport } from './types.ts';

/** An import as code that awaits. */
export interface ImportCode {
  /** Before the call that loads the module, the call, and what binds its names. */
  parts: [before: string, call: string, after: string] | undefined;
  names: string[];
  deferred: DeferredImport[];
}

/** Translates a static import. `undefined` when nothing of it is left at run time. */
export function translateImport(node: ImportDeclaration, uses: NameUses): ImportCode | undefined {
  if (node.importKind === 'type') return undefined;
  const names: string[] = [];
  const deferred: DeferredImport[] = [];
  const assignments: string[] = [];
  const source = node.source.value;
  for (const specifier of node.specifiers) {
    if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') continue;
    const name = specifier.local.name;
    const imported =
      specifier.type === 'ImportNamespaceSpecifier'
        ? '*'
        : specifier.type === 'ImportDefaultSpecifier'
          ? 'default'
          : 'name' in specifier.imported
            ? specifier.imported.name
            : specifier.imported.value;
    if (uses.types.has(name) && !uses.values.has(name)) {
      deferred.push({ name, source, imported });
      continue;
    }
    names.push(name);
    assignments.push(
      `${RUNTIME}.bind(${JSON.stringify(name)},m,${JSON.stringify(source)},${JSON.stringify(imported)});`,
    );
  }
  if (node.specifiers.length > 0 && assignments.length === 0) return { parts: undefined, names, deferred };
  const attributes = node.attributes.map(
    ({ key, value }) => `${JSON.stringify('name' in key ? key.name : key.value)}:${JSON.stringify(value.value)}`,
  );
  const options = attributes.length > 0 ? `,{with:{${attributes.join()}}}` : '';
  const [before, call] = awaiting(`${RUNTIME}.import(${JSON.stringify(source)}${options})`, node.source.start);
  return {
    parts: [`{const m=${before}`, call, `;${assignments.join('')}}`],
    names,
    deferred,
  };
}
