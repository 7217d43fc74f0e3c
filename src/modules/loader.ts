import * as nodeModule from 'node:module';
import { resolve as resolvePath } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FROM, load, resolve } from './hooks.ts';
import { findFile } from './local-files.ts';
import { nativeImport } from './native-import.ts';
import { packageDirectory } from './package.ts';

const KEY = Symbol.for('learnable.modules');

/**
 * Lets `import()` read local TypeScript files: once for the whole process, however often it is called. Relative imports
 * may end in `.ts`, in `.js` or in nothing; a file that was edited is read again; `learnable` and its dependencies are
 * found from any folder.
 */
export function installTypeScriptLoader(): void {
  const registry = globalThis as Record<symbol, unknown>;
  if (registry[KEY]) return;
  registry[KEY] = true;
  const { registerHooks } = nodeModule as { registerHooks?: (hooks: object) => void };
  if (registerHooks) registerHooks({ resolve, load });
  else nodeModule.register(hooksFile());
}

/** Imports the present content of a TypeScript or JavaScript file; `file` is a path, relative to the working directory. */
export async function importTypeScript<T = Record<string, unknown>>(file: string): Promise<T> {
  installTypeScriptLoader();
  return (await nativeImport(pathToFileURL(resolvePath(file)).href)) as T;
}

/** Imports a specifier as a module of `directory` would. */
export async function importFrom(
  directory: string,
  specifier: string,
  options?: ImportCallOptions,
): Promise<Record<string, unknown>> {
  installTypeScriptLoader();
  const parent = pathToFileURL(resolvePath(directory, 'notebook.ts')).href;
  return nativeImport(`${FROM}?${new URLSearchParams({ parent, specifier })}`, options);
}

/** The URL that a specifier means in a module of `directory`, as `import.meta.resolve` tells it. */
export function resolveFrom(directory: string, specifier: string): string {
  if (nodeModule.isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
  if (/^[a-z][a-z\d+.-]+:/i.test(specifier)) return new URL(specifier).href;
  const parent = resolvePath(directory, 'notebook.ts');
  if (/^(?:\.\.?(?:\/|$)|\/)/.test(specifier)) {
    const path = specifier.startsWith('/') ? specifier : fileURLToPath(new URL(specifier, pathToFileURL(parent)));
    return pathToFileURL(findFile(path) ?? path).href;
  }
  for (const from of [parent, resolvePath(packageDirectory, 'package.json')]) {
    const found = resolvePackage(specifier, from);
    if (found) return found;
  }
  throw Object.assign(new Error(`Cannot find package '${specifier}' from ${directory}.`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
}

function resolvePackage(specifier: string, parent: string): string | undefined {
  try {
    return pathToFileURL(nodeModule.createRequire(parent).resolve(specifier)).href;
  } catch {
    return undefined;
  }
}

/** The hooks' thread cannot run TypeScript: from source, the built file serves. */
function hooksFile(): string {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../dist/modules/hooks.js', import.meta.url).href
    : new URL('./hooks.js', import.meta.url).href;
}
