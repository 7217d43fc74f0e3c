import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Candidate } from './candidates.ts';

const MODULE = /\.(?:[cm]?[jt]s|json)$/;
const DECLARATIONS = /\.d\.[cm]?ts$/;

/** Files and folders that a path may go on with, from the notebook's folder; `modules` leaves out what no cell can import. */
export function pathCandidates(directory: string, typed: string, what: 'modules' | 'all'): Candidate[] {
  if (/^\.{1,2}$/.test(typed))
    return ['./', '../'].map(text => ({ name: text, text, type: 'folder', rank: `${-text.length}` }));
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const found: Candidate[] = [];
  for (const entry of entriesOf(resolve(directory, folder.replace(/^~(?=\/)/, homedir())))) {
    const isHidden = entry.name.startsWith('.') && !typed.slice(folder.length).startsWith('.');
    if (isHidden || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) {
      found.push({ name: folder + entry.name, text: `${folder}${entry.name}/`, type: 'folder', rank: 'a' });
    } else if (what === 'all' || (MODULE.test(entry.name) && !DECLARATIONS.test(entry.name))) {
      const name = folder + entry.name;
      found.push({ name, text: name, type: 'file', rank: 'b' });
    }
  }
  return found;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).map(entry => ({
      name: entry.name,
      isDirectory: () => entry.isDirectory() || (entry.isSymbolicLink() && isFolder(join(folder, entry.name))),
    }));
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Packages first, then Node's own modules, with `node:` in front where that was not left out on purpose. */
export function packageCandidates(found: Candidate[], typed: string): Candidate[] {
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const whole = found.map(candidate => {
    const name = candidate.name.startsWith(folder) ? candidate.name : folder + candidate.name;
    return { ...candidate, name, text: name, type: 'module' };
  });
  const builtin = new Set(whole.filter(({ name }) => name.startsWith('node:')).map(({ name }) => name.slice(5)));
  return whole.flatMap(candidate => {
    if (candidate.name.startsWith('@types/')) return [];
    if (candidate.name.startsWith('node:')) return { ...candidate, rank: 'b' };
    if (!builtin.has(candidate.name)) return { ...candidate, rank: 'a' };
    return typed === '' ? [] : { ...candidate, rank: 'c' };
  });
}
