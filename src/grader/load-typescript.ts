import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'oxc-transform';

/** Stands in for the loader of `src/modules` until that is there: one file, package imports only. */
export async function importTypeScript(file: string): Promise<Record<string, unknown>> {
  const source = readFileSync(file, 'utf8');
  const { code, errors } = transform(file, source, {});
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0]!.message}`);
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.learnable', 'loaded');
  mkdirSync(folder, { recursive: true });
  const target = join(folder, `${createHash('sha256').update(code).update(file).digest('hex').slice(0, 16)}.mjs`);
  writeFileSync(`${target}.${process.pid}`, code);
  renameSync(`${target}.${process.pid}`, target);
  return (await import(/* @vite-ignore */ pathToFileURL(target).href)) as Record<string, unknown>;
}
