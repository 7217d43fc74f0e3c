import { SourceMap } from 'node:module';
import { parseTypeScript } from './parse.ts';
import { someNode } from './walk.ts';

/** A line break that a text holds as it is. */
const BREAK_IN_TEXT = /\r(?!$)|[\u2028\u2029]/g;

export type RawSourceMap = ConstructorParameters<typeof SourceMap>[0];

/** Puts each line of compiled code back on the line it came from, as far as the map knows; `total` lines come out. */
export function layOut(code: string, map: RawSourceMap, total: number): string {
  const lookup = new SourceMap(map);
  const templates = templatesOverLines(code);
  let result = '';
  let at = 0;
  let offset = 0;
  for (const [index, line] of code.split('\n').entries()) {
    if (templates.some(({ start, end }) => start < offset && offset <= end)) {
      result += `\n${line}`; // it goes on with a string
      at++;
    } else {
      const entry = lookup.findEntry(index, Math.max(line.search(/\S/), 0));
      const wanted = 'originalLine' in entry && entry.generatedLine === index ? entry.originalLine : at;
      const to = Math.max(at, Math.min(wanted, total - 1));
      result += (to === at && index > 0 ? ' ' : '\n'.repeat(to - at)) + line.trimStart();
      at = to;
    }
    at += line.match(BREAK_IN_TEXT)?.length ?? 0;
    offset += line.length + 1;
  }
  return result + '\n'.repeat(Math.max(0, total - 1 - at));
}

function templatesOverLines(code: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  if (!code.includes('`')) return found;
  const { program } = parseTypeScript('compiled.ts', code);
  someNode(program, node => {
    if (node.type === 'TemplateElement' && code.slice(node.start, node.end).includes('\n')) found.push(node);
    return false;
  });
  return found;
}
