// What the packed front end was built from, as one hash: a test compares it without any package of lab/ installed.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FILES = ['package-lock.json', 'rspack.config.mjs', '../scripts/build-lab.mjs'];
const FOLDERS = ['src', 'scripts'];

export function hashSources(lab) {
  const inFolders = FOLDERS.flatMap(folder =>
    readdirSync(path.join(lab, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => path.relative(lab, path.join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/')),
  );
  const hash = createHash('sha256');
  for (const name of [...FILES, ...inFolders].sort()) {
    // Line ends differ between check-outs on Windows and elsewhere; the build does not depend on them.
    hash.update(`${name}\n${readFileSync(path.join(lab, name), 'utf8').replaceAll('\r\n', '\n')}\n`);
  }
  return hash.digest('hex');
}
