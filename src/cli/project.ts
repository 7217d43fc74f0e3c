import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, the notebooks and the exercises. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
