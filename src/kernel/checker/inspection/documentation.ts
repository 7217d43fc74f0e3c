import { getTextOfJSDocComment, type JSDocComment, type Node, type NodeArray } from 'typescript/unstable/ast';
import type { Symbol as CheckedSymbol } from 'typescript/unstable/sync';
import type { LoadedCell } from '../cell.ts';
import type { Documentation } from '../types.ts';

interface Tag {
  name: string;
  text?: string | undefined;
}

/** Tags for tools, which tell a reader nothing. */
const SHOWN = new Set([
  'see',
  'since',
  'remarks',
  'default',
  'defaultvalue',
  'defaultValue',
  'todo',
  'version',
  'beta',
  'alpha',
  'experimental',
]);

/** The doc comment of what is called or named: of the overload that is meant, where that has its own; else of all, or of what it overrides. */
export function documentationOf(cell: LoadedCell, symbol: CheckedSymbol, declaration?: Node): Documentation {
  const own = symbol.declarations.length > 1 ? ownComment(declaration) : undefined;
  if (own) return toDocumentation(own.text, own.tags);
  const { checker } = cell.project;
  const found = toDocumentation(symbol.getDocumentationComment(checker), symbol.getJsDocTags(checker));
  return isEmpty(found) ? (inherited(cell, symbol) ?? found) : found;
}

export function isEmpty({ text, tags, deprecated, ...lists }: Documentation): boolean {
  const { parameters, throws, examples, returns } = lists;
  return (
    !text &&
    deprecated === undefined &&
    !returns &&
    [parameters, throws, examples, tags].every(list => list.length === 0)
  );
}

export function noDocumentation(): Documentation {
  return toDocumentation('', []);
}

function ownComment(declaration: Node | undefined): { text: string; tags: Tag[] } | undefined {
  const comment = declaration?.jsDoc?.at(-1) as JSDocNode | undefined;
  if (!comment) return undefined;
  const tags = (comment.tags ?? []).map(tag => ({
    name: tag.tagName.getText(),
    text: [tag.name?.getText(), getTextOfJSDocComment(tag.comment)].filter(Boolean).join(' '),
  }));
  return { text: getTextOfJSDocComment(comment.comment) ?? '', tags };
}

interface JSDocNode extends Node {
  comment?: string | NodeArray<JSDocComment>;
  tags?: readonly (JSDocNode & { tagName: Node; name?: Node })[];
}

/** Of the member with that name in what the class extends or implements. */
function inherited({ project }: LoadedCell, symbol: CheckedSymbol): Documentation | undefined {
  const { checker } = project;
  for (const handle of symbol.getParent()?.declarations ?? []) {
    const { heritageClauses } = (handle.resolve(project) ?? {}) as {
      heritageClauses?: readonly { types: readonly Node[] }[];
    };
    for (const node of (heritageClauses ?? []).flatMap(({ types }) => types)) {
      const type = checker.getTypeAtLocation(node);
      const member = type && checker.getPropertyOfType(type, symbol.name);
      if (!member) continue;
      const found = toDocumentation(member.getDocumentationComment(checker), member.getJsDocTags(checker));
      if (!isEmpty(found)) return found;
    }
  }
  return undefined;
}

function toDocumentation(text: string, tags: readonly Tag[]): Documentation {
  const of = (...names: string[]) => tags.filter(({ name }) => names.includes(name)).map(tag => linked(tag.text ?? ''));
  return {
    text: linked(text),
    deprecated: of('deprecated')[0],
    parameters: of('param', 'parameter', 'arg', 'template', 'typeParam').flatMap(toParameter),
    returns: of('returns', 'return')[0] || undefined,
    throws: of('throws', 'exception'),
    examples: of('example').map(toExample).filter(Boolean),
    tags: tags.flatMap(({ name, text = '' }) => (SHOWN.has(name) ? [{ name, text: linked(text) }] : [])),
  };
}

/** `name - what it is`, with or without the dash. */
function toParameter(text: string): Documentation['parameters'] {
  const [, name = '', rest = ''] = /^\[?([^\s\]=]+)[^\s\]]*\]?\s*(?:[-–—:]\s+)?([\s\S]*)$/.exec(text.trim()) ?? [];
  return name ? [{ name, text: rest.trim() }] : [];
}

/** Code without the fence that some write around it. */
function toExample(text: string): string {
  return text
    .replace(/<caption>([\s\S]*?)<\/caption>/, (_, caption: string) => `// ${caption.trim()}`)
    .replace(/^```\w*\n([\s\S]*?)\n?```\s*$/m, '$1')
    .trim();
}

/** `{@link name}` as code, `{@link address text}` as a link. */
function linked(text: string): string {
  return text.replace(/\{@link(?:code|plain)?\s+([^\s|}]+)\s*\|?\s*([^}]*)\}/g, (_, target: string, label: string) => {
    const shown = label.trim();
    if (/^https?:/.test(target)) return shown ? `[${shown}](${target})` : target;
    return `\`${shown || target}\``;
  });
}
