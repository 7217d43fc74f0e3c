import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join, relative, sep } from 'node:path';
import { packageDirectory } from '../../modules/index.ts';

const SOURCE = /(?:\.d)?\.(?:[cm]?[jt]sx?|json)$/;
/** How many letters may be wrong in a name that was meant. */
const FEW = 2;

/** What to do about a module that is not found: the files or packages whose names are nearly the same, or an install. */
export function moduleAdvice(specifier: string, directory: string): string | undefined {
  if (/^\.{0,2}\//.test(specifier)) {
    const folder = join(directory, dirname(specifier));
    const names = namesIn(folder).filter(name => SOURCE.test(name) && isNear(stem(name), stem(basename(specifier))));
    const paths = names.map(name => relative(directory, join(folder, name)).split(sep).join('/'));
    return didYouMean(paths.map(path => (path.startsWith('.') ? path : `./${path}`)));
  }
  if (specifier.startsWith('node:') || specifier.includes('/')) {
    const wanted = specifier.replace('node:', '');
    const near = builtinModules.filter(name => !name.startsWith('_') && isNear(name, wanted));
    if (near.length > 0 || specifier.startsWith('node:')) return didYouMean(near.map(name => `node:${name}`));
  }
  if (/^[a-z][a-z\d+.-]+:/i.test(specifier)) return undefined; // an address
  const packages = installed(directory);
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
  if (name && name !== specifier && [...packages, ...installed(packageDirectory), 'learnable'].includes(name)) {
    return `The package ${name} is there, but has no such part.`;
  }
  const near = packages.filter(other => other !== specifier && isNear(other, specifier));
  return didYouMean(near) ?? (name && `Install it in the notebook's folder: npm install ${name}`);
}

function didYouMean(names: string[]): string | undefined {
  return names.length > 0
    ? `Did you mean ${names
        .slice(0, 3)
        .map(name => `'${name}'`)
        .join(' or ')}?`
    : undefined;
}

function installed(directory: string): string[] {
  const names: string[] = [];
  for (let folder = directory; ; folder = dirname(folder)) {
    const packages = join(folder, 'node_modules');
    for (const name of namesIn(packages)) {
      if (name.startsWith('@')) names.push(...namesIn(join(packages, name)).map(inner => `${name}/${inner}`));
      else if (!name.startsWith('.')) names.push(name);
    }
    if (dirname(folder) === folder) return names;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function stem(name: string): string {
  return name.replace(SOURCE, '');
}

/** At most {@link FEW} letters differ, and not most of them. */
function isNear(one: string, other: string): boolean {
  const limit = Math.min(FEW, Math.floor(Math.max(one.length, other.length) / 3));
  return Math.abs(one.length - other.length) <= limit && distance(one.toLowerCase(), other.toLowerCase()) <= limit;
}

/** Levenshtein's: how many letters must be added, left out or replaced. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
