import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, from `src/` as from `dist/`. Imports that a notebook's folder cannot answer are looked up here. */
export const packageDirectory = findPackage(dirname(fileURLToPath(import.meta.url)));

function findPackage(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : findPackage(dirname(directory));
}
