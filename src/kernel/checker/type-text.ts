import { NodeBuilderFlags } from 'typescript/unstable/sync';

/** How types are printed for readers. */
export const READABLE =
  NodeBuilderFlags.UseAliasDefinedOutsideCurrentScope |
  NodeBuilderFlags.AllowUniqueESSymbolType |
  NodeBuilderFlags.IgnoreErrors |
  NodeBuilderFlags.OmitThisParameter;

/** A type as it is written behind a name: `(x: A) => B` as `(x: A): B`, one of several overloads for all of them. */
export function afterName(type: string): string {
  const overloads = /^\{ ((?:<|\().*); \}$/.exec(type);
  if (overloads) {
    const each = splitAt(overloads[1]!, ';');
    if (each.every(text => /^[<(]/.test(text))) {
      const more = each.length - 1;
      return more === 0 ? each[0]! : `${each[0]} (+${more} overload${more === 1 ? '' : 's'})`;
    }
  }
  const arrow = /^[<(]/.test(type) ? topLevel(type, '=>') : -1;
  return arrow > 0 ? `${type.slice(0, arrow).trimEnd()}: ${type.slice(arrow + 2).trimStart()}` : `: ${type}`;
}

/** Parts between separators that stand in no brackets and no quotes. */
export function splitAt(text: string, separator: string): string[] {
  const parts: string[] = [];
  let rest = text;
  for (let at = topLevel(rest, separator); at >= 0; at = topLevel(rest, separator)) {
    parts.push(rest.slice(0, at).trim());
    rest = rest.slice(at + separator.length);
  }
  return [...parts, rest.trim()].filter(Boolean);
}

export function topLevel(text: string, wanted: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (depth === 0 && text.startsWith(wanted, at)) return at;
    if (character === '"' || character === "'" || character === '`') {
      const end = text.indexOf(character, at + 1);
      if (end < 0) return -1;
      at = end;
    } else if ('([{<'.includes(character)) depth++;
    else if (')]}'.includes(character) || (character === '>' && text[at - 1] !== '=')) depth--;
  }
  return -1;
}
