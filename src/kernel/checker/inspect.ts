import { type Checker, SymbolFlags } from 'typescript/unstable/sync';
import type { Inspection } from './types.ts';

/** What a hover shows for the name at the offset, or for the one that ends there. */
export function inspectAt(
  checker: Checker,
  file: string,
  source: string,
  offset: number,
  prefixLength: number,
): Inspection | undefined {
  const isName = (index: number) => /[\p{ID_Continue}$]/u.test(source[index] ?? '');
  let at = isName(offset) ? offset : offset - 1;
  if (source[at] === '(') at--;
  if (!isName(at)) return undefined;
  while (isName(at - 1)) at--;
  let symbol = checker.getSymbolAtPosition(file, prefixLength + at);
  if (!symbol) return undefined;
  const { name } = symbol;
  if (symbol.flags & SymbolFlags.Alias) {
    const target = checker.getAliasedSymbol(symbol);
    if (!checker.isUnknownSymbol(target)) symbol = target;
  }
  const isType = (symbol.flags & (SymbolFlags.Interface | SymbolFlags.TypeAlias)) !== 0;
  const isModule = (symbol.flags & SymbolFlags.ValueModule) !== 0;
  const type = isType ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbol(symbol);
  const text = isModule || !type ? '' : `: ${checker.typeToString(type)}`;
  const tags = symbol
    .getJsDocTags(checker)
    .map(tag => `*@${tag.name}* ${typeof tag.text === 'string' ? tag.text : ''}`);
  return {
    signature: `${kindOf(symbol.flags)} ${name}${text}`,
    documentation: [symbol.getDocumentationComment(checker), ...tags].filter(Boolean).join('\n\n'),
  };
}

function kindOf(flags: number): string {
  if (flags & SymbolFlags.Function) return 'function';
  if (flags & SymbolFlags.Class) return 'class';
  if (flags & SymbolFlags.Method) return '(method)';
  if (flags & (SymbolFlags.Property | SymbolFlags.Accessor)) return '(property)';
  if (flags & SymbolFlags.Interface) return 'interface';
  if (flags & SymbolFlags.TypeAlias) return 'type';
  if (flags & (SymbolFlags.RegularEnum | SymbolFlags.ConstEnum)) return 'enum';
  if (flags & SymbolFlags.ValueModule) return 'module';
  if (flags & SymbolFlags.BlockScopedVariable) return 'const';
  return 'var';
}
