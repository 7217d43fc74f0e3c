import { isEnumMember, type Node } from 'typescript/unstable/ast';
import { type Symbol as CheckedSymbol, SignatureKind, SymbolFlags, type Type } from 'typescript/unstable/sync';
import type { LoadedCell } from '../cell.ts';
import { afterName } from '../type-text.ts';
import { signatureText, typeText } from './print.ts';

const MOST = 12;

/** ` { …members… }`, each on its line, the first dozen of them. */
export function body(lines: string[], separator = ';'): string {
  if (lines.length === 0) return ' {}';
  const shown = lines.slice(0, MOST).map(line => `\n  ${line}${separator}`);
  const more = lines.length - MOST;
  return ` {${shown.join('')}${more > 0 ? `\n  // … ${more} more` : ''}\n}`;
}

/** What may be called, and what may be read, of an object. */
export function memberLines(cell: LoadedCell, type: Type, at: Node): string[] {
  const { checker } = cell.project;
  const calls = checker.getSignaturesOfType(type, SignatureKind.Call).map(call => signatureText(cell, call, at));
  const indices = checker
    .getIndexInfosOfType(type)
    .map(({ keyType, valueType }) => `[key: ${typeText(cell, keyType, at)}]: ${typeText(cell, valueType, at)}`);
  const properties = checker.getPropertiesOfType(type).filter(isPublic);
  const types = properties.length > 0 ? checker.getTypeOfSymbol(properties.slice(0, MOST)) : [];
  const lines = properties.map((property, index) => {
    const own = types[index];
    return own ? nameOf(property) + afterName(given(property, typeText(cell, own, at))) : property.name;
  });
  return [...calls, ...indices, ...lines];
}

/** The type of what is optional, where it is given. */
export function given({ flags }: CheckedSymbol, type: string): string {
  if (!(flags & SymbolFlags.Optional)) return type;
  return type.replace(/ \| undefined$/, '').replace(/^\((\(.*\) => .*)\)$/, '$1');
}

function nameOf({ name, flags }: CheckedSymbol): string {
  const key = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
  return flags & SymbolFlags.Optional ? `${key}?` : key;
}

/** Neither `#secret` nor `[Symbol.iterator]`, whose names TypeScript keeps in a form of its own. */
function isPublic({ escapedName }: CheckedSymbol): boolean {
  return !/^__[#@]/.test(escapedName);
}

const MOST_NAMES = 60;

/** The names that a module exports, types behind, or how many they are. */
export function exportLines({ project }: LoadedCell, symbol: CheckedSymbol): string {
  const names = project.checker
    .getExportsOfModule(symbol)
    .map(({ name }) => name)
    .filter(name => name !== 'default' && !name.startsWith('_'))
    .sort((a, b) => Number(/^\p{Lu}/u.test(a)) - Number(/^\p{Lu}/u.test(b)) || collator.compare(a, b));
  if (names.length > MOST_NAMES) return `\n// ${names.length} names`;
  const lines = names.join(', ').match(/\S.{0,74}(?:,|$)/g) ?? [];
  return lines.map(line => `\n// ${line}`).join('');
}

const collator = new Intl.Collator('en', { numeric: true });

export function enumLines({ project }: LoadedCell, symbol: CheckedSymbol): string[] {
  return [...symbol.getExports().values()].map(member => {
    const declaration = member.valueDeclaration?.resolve(project);
    const value = declaration && isEnumMember(declaration) ? project.checker.getConstantValue(declaration) : undefined;
    return value === undefined ? member.name : `${member.name} = ${JSON.stringify(value)}`;
  });
}
