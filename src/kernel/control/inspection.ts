/** How what is known of a name or a call is shown: in an `inspect_reply`, and in a page of help. */
import type { Checker, Definition, Description, DetailLevel, Documentation, Inspection } from '../checker/types.ts';
import { cellTitle } from '../frame.ts';
import type { Executor } from './execution.ts';

/** Of what is known at a place of a cell, all forms; at detail level 1 with the source, and with the value that it holds now. */
export async function inspect(
  { checker, executor }: { checker: Checker; executor: Executor },
  code: string,
  offset: number,
  detail: DetailLevel,
): Promise<Record<string, string> | undefined> {
  const found = await checker.inspect(code, offset, detail);
  if (!found) return undefined;
  const path = found.name?.path;
  return inspectionBundle(found, path && (await executor.peek(path)));
}

export function inspectionBundle({ name, call }: Inspection, value?: string): Record<string, string> {
  const parts: Part[] = [...(name ? [{ ...name, value }] : []), ...(call ? [call] : [])];
  return {
    'text/plain': parts.map(part => shown(part, PLAIN)).join('\n\n'),
    'text/markdown': parts.map(part => shown(part, MARKDOWN)).join('\n\n---\n\n'),
  };
}

type Part = Description & { parameter?: string | undefined; value?: string | undefined };

/** How pieces are written; all but `code` take Markdown. */
interface Style {
  text(markdown: string): string;
  code(text: string): string;
  parameter(declared: string, text: string): string;
  list(title: string, entries: { name: string; text: string }[]): string;
  note(title: string, text: string): string;
  place(text: string): string;
}

const MARKDOWN: Style = {
  text: markdown => markdown,
  code: fenced,
  parameter: (declared, text) => `▸ \`${declared}\`${text && ` — ${text}`}`,
  list: (title, entries) =>
    [`**${title}**`, '', ...entries.map(({ name, text }) => `- \`${name}\`${text && ` — ${indented(text)}`}`)].join(
      '\n',
    ),
  note: (title, text) => `**${title}**${text && ` ${text}`}`,
  place: text => `*${text}*`,
};

const PLAIN: Style = {
  text: unfenced,
  code: text => indented(`  ${text}`),
  parameter: (declared, text) => `▸ ${declared}${text && ` — ${text}`}`,
  list: (title, entries) => {
    const width = Math.max(...entries.map(({ name }) => name.length));
    const lines = entries.map(
      ({ name, text }) => `  ${name.padEnd(width)}  ${text.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`,
    );
    return [title, ...lines.map(line => line.trimEnd())].join('\n');
  },
  note: (title, text) => `${title}${text && ` ${text}`}`,
  place: text => text,
};

function shown({ text, parameter, documentation, definition, value }: Part, style: Style): string {
  const { parameters } = documentation;
  const name = parameter && /^(?:\.\.\.)?([\p{ID_Continue}$]+)/u.exec(parameter)?.[1];
  return [
    style === PLAIN ? text : style.code(text),
    parameter && style.parameter(parameter, parameters.find(known => known.name === name)?.text ?? ''),
    ...documented(documentation, style),
    value && style.note('Value', ''),
    value && style.code(value),
    definition && defined(definition, style),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function documented(documentation: Documentation, style: Style): (string | undefined)[] {
  const { text, deprecated, parameters, returns, throws, examples, tags } = documentation;
  return [
    deprecated === undefined ? undefined : style.note('Deprecated.', deprecated),
    style.text(text),
    parameters.length > 0 ? style.list('Parameters', parameters) : undefined,
    returns && style.note('Returns', returns),
    ...throws.map(each => style.note('Throws', each)),
    ...examples.flatMap(example => [
      style.note('Example', ''),
      example.includes('```') ? style.text(example) : style.code(example),
    ]),
    ...tags.map(tag => style.note(`${tag.name[0]?.toUpperCase()}${tag.name.slice(1)}`, tag.text)),
  ];
}

function defined({ cell, file, line, code }: Definition, style: Style): string {
  const place =
    cell === undefined ? `${file}${line ? `:${line}` : ''}` : `${cell ? cellTitle(cell) : 'This cell'}, line ${line}`;
  return [style.place(place), code && style.code(code)].filter(Boolean).join('\n\n');
}

function fenced(code: string): string {
  const ticks = Math.max(3, ...[...code.matchAll(/`{3,}/g)].map(([found]) => found.length + 1));
  return `${'`'.repeat(ticks)}typescript\n${code}\n${'`'.repeat(ticks)}`;
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

/** Code in Markdown as indented code. */
function unfenced(text: string): string {
  return text.replace(/^[ \t]*```\w*\n([\s\S]*?)\n?[ \t]*```[ \t]*$/gm, (_, code: string) => `  ${indented(code)}`);
}
