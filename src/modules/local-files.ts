import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageDirectory } from './package.ts';
import { parseTypeScript } from './typescript/parse.ts';

const TYPESCRIPT = /\.[mc]?ts$/;
const VERSIONED = /\.(?:[mc]?ts|m?js)$/;
/** What may stand behind a name without extension, in this order. */
const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'];
const SOURCES: Record<string, string[]> = { '.js': ['.ts'], '.mjs': ['.mts'], '.cjs': ['.cts'] };

export function isTypeScript(file: string): boolean {
  return TYPESCRIPT.test(file);
}

/** The file that a path means: itself, `x.ts` for `x.js` or `x`, `x/index.ts` for a folder. */
export function findFile(path: string): string | undefined {
  if (isFile(path)) return path;
  const extension = extname(path);
  for (const other of SOURCES[extension] ?? []) {
    const source = path.slice(0, -extension.length) + other;
    if (isFile(source)) return source;
  }
  for (const base of [path, join(path, 'index')]) {
    for (const ending of EXTENSIONS) if (isFile(base + ending)) return base + ending;
  }
  return undefined;
}

/** True for the learner's files: they are read again when they change. Packages, this one included, are not. */
export function isLearnersFile(file: string): boolean {
  if (!VERSIONED.test(file) || file.includes(`${sep}node_modules${sep}`)) return false;
  return !['dist', 'src', 'packages'].some(folder => file.startsWith(join(packageDirectory, folder) + sep));
}

interface Known {
  stamp: string;
  hash: string;
  imports: string[];
}

const known = new Map<string, Known>();

/** Changes when the file, or a local file that it imports, directly or not, changes. */
export function fileVersion(file: string): string {
  const hash = createHash('sha1');
  const seen = new Set<string>();
  const add = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const { hash: own, imports } = read(path);
    hash.update(path).update(own);
    for (const specifier of imports) {
      const target = findFile(join(dirname(path), specifier));
      if (target && isLearnersFile(target)) add(target);
    }
  };
  add(file);
  return hash.digest('hex').slice(0, 12);
}

function read(file: string): Known {
  const { mtimeMs, size } = statSync(file);
  const stamp = `${mtimeMs}:${size}`;
  const before = known.get(file);
  if (before?.stamp === stamp) return before;
  const text = readFileSync(file, 'utf8');
  const { module } = parseTypeScript(file, text);
  const requests = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value)),
  ];
  const entry = {
    stamp,
    hash: createHash('sha1').update(text).digest('hex'),
    imports: requests.filter(request => request !== undefined && /^\.\.?\//.test(request)) as string[],
  };
  known.set(file, entry);
  return entry;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

export function filePath(url: string): string {
  return fileURLToPath(url.replace(/[?#].*$/, ''));
}
