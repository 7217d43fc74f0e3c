import { SymbolFlags as Flags } from 'typescript/unstable/sync';

/** Values of the language that are no classes, though they are declared like them. */
const NAMESPACES = new Set(['Atomics', 'Intl', 'JSON', 'Math', 'Reflect', 'Temporal', 'WebAssembly', 'globalThis']);

/** As Lab and other clients name kinds, in the words of TypeScript where they have none. */
export function typeOfSymbol(name: string, flags: number): string {
  if (flags & (Flags.Function | Flags.Method | Flags.Constructor)) return 'function';
  if (flags & Flags.Class) return 'class';
  if (flags & Flags.Enum) return 'enum';
  if (flags & Flags.EnumMember) return 'constant';
  if (NAMESPACES.has(name) && flags & (Flags.Interface | Flags.Module)) return 'module';
  // `declare var Map: MapConstructor; interface Map<K, V> {…}`
  if (flags & Flags.Variable) return flags & Flags.Interface ? 'class' : 'variable';
  if (flags & Flags.Interface) return 'interface';
  if (flags & (Flags.TypeAlias | Flags.TypeParameter)) return 'type';
  if (flags & Flags.Module) return 'module';
  return flags & (Flags.Property | Flags.Accessor) ? 'property' : 'variable';
}

/** A type that was printed tells more of a value than how it was declared. */
export function typeOfValue(type: string, name: string, signature: string): string {
  if (/^[(<]/.test(signature)) return 'function';
  if (signature === `: typeof ${name}` || signature === `: ${name}Constructor`) return 'class';
  return /^: typeof import\(/.test(signature) ? 'module' : type;
}
