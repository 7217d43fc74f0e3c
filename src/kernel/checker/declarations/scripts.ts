import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Joined, JoinedText } from './joined-text.ts';

const REFERENCE = /^\/\/\/ *<reference +(path|lib) *= *["']([^"']+)["'][^\n]*\n?/gm;
/** One such line makes a file a module: what it declares is its own. */
const IS_MODULE = /^(?:export|import)\b/m;

/**
 * A file of global declarations with all that it refers to, in the order in which TypeScript reads them. Where several files
 * add to one name, TypeScript puts it together anew for every cell, but within one file once. Modules stay apart, and so do
 * files that are part of another text already. Undefined for a module.
 */
export function joinScripts(entry: string, isElsewhere: (file: string) => boolean): Joined | undefined {
  const members = new Set<string>();
  const kept = new Set<string>();
  const body = new JoinedText();

  function add(file: string): boolean {
    if (members.has(file) || isElsewhere(file)) return true;
    const text = readFileSync(file, 'utf8');
    if (IS_MODULE.test(text)) return false;
    members.add(file);
    const references = [...text.matchAll(REFERENCE)];
    for (const [line, kind, name] of references) {
      const target = kind === 'path' ? join(dirname(file), name!).replaceAll('\\', '/') : siblingLibrary(file, name!);
      if (target === undefined) kept.add(`${line.trimEnd()}\n`);
      else if (!add(target)) kept.add(kind === 'lib' ? `${line.trimEnd()}\n` : `/// <reference path="${target}" />\n`);
    }
    let start = 0;
    for (const { index, 0: line } of references) {
      body.copy(file, text, start, index);
      start = index + line.length;
    }
    body.copy(file, text, start);
    body.write('\n');
    return true;
  }

  return add(entry) ? body.joined([...kept].join('')) : undefined;
}

/** Libraries of ECMAScript refer to others beside them; what refers to them from elsewhere leaves them where they are. */
function siblingLibrary(file: string, name: string): string | undefined {
  const folder = /^(.*\/)lib(?:\.[\w.]+)?\.d\.ts$/.exec(file)?.[1];
  return folder === undefined ? undefined : `${folder}lib.${name}.d.ts`;
}
