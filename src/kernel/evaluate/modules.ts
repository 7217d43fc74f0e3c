import { createRequire } from 'node:module';
import { join } from 'node:path';
import { types } from 'node:util';
import { importFrom, packageDirectory } from '../../modules/index.ts';
import { importError } from './import-errors.ts';

type Exports = Record<string, unknown>;

/** What a cell's imports and `require` find. */
export interface ModuleSource {
  import(specifier: string, options?: ImportCallOptions): Promise<Exports>;
  require: NodeJS.Require;
}

export function createModuleSource(
  directory: string,
  virtualModules: Record<string, object>,
  onLoad: (module: object) => void = () => {},
): ModuleSource {
  const local = createRequire(join(directory, 'notebook.js'));
  const own = createRequire(join(packageDirectory, 'package.json'));
  const find = (id: string): unknown => {
    if (Object.hasOwn(virtualModules, id)) return virtualModules[id];
    try {
      return local(id);
    } catch (error) {
      if (!isMissing(error, id) || /^[./]/.test(id)) throw importError(error, id, directory);
      try {
        return own(id);
      } catch {
        throw importError(error, id, directory);
      }
    }
  };
  const require = (id: string): unknown => {
    const found = find(id);
    if (found !== null && typeof found === 'object') onLoad(found);
    return found;
  };
  return {
    async import(specifier, options) {
      if (Object.hasOwn(virtualModules, specifier)) return asNamespace(virtualModules[specifier] as object);
      try {
        const module = withCommonJsNames(await importFrom(directory, specifier, options));
        onLoad(module);
        return module;
      } catch (error) {
        throw importError(error, specifier, directory);
      }
    },
    require: Object.assign(require, { resolve: local.resolve, cache: local.cache, main: undefined }) as NodeJS.Require,
  };
}

/**
 * An import of a cell, as bundlers and TypeScript's types see it: CommonJS modules give the members of their object. What
 * a local file exports is looked up each time, as its variables may change; a package's is kept, which is faster.
 */
export function exportDescriptor(module: Exports, specifier: string, name: string): PropertyDescriptor {
  if (name !== '*' && name !== 'default' && !(name in module) && !hasMember(module.default, name)) {
    // It may be a type, which nothing ever reads.
    return {
      get: () => {
        throw new SyntaxError(`The requested module '${specifier}' does not provide an export named '${name}'`);
      },
    };
  }
  const isLive = types.isModuleNamespaceObject(module) && /^(?:\.\.?\/|\/|file:|#)/.test(specifier);
  if (!isLive || name === '*') return { value: getExport(module, name), writable: false };
  return {
    get: () => getExport(module, name),
    set: () => {
      throw new TypeError('Assignment to constant variable.');
    },
  };
}

function hasMember(value: unknown, name: string): boolean {
  return value !== null && (typeof value === 'object' || typeof value === 'function') && name in value;
}

function getExport(module: Exports, name: string): unknown {
  if (name === '*') return module;
  if (name === 'default') {
    const exported = module.default as (Exports & { __esModule?: boolean }) | undefined;
    return exported?.__esModule && 'default' in exported ? exported.default : module.default;
  }
  return name in module ? module[name] : (module.default as Exports | undefined)?.[name];
}

/** Node finds the names of a CommonJS module by reading its text, and misses some. */
function withCommonJsNames(module: Exports): Exports {
  const exported = module.default as Exports | undefined;
  const isCommonJs =
    exported !== null &&
    (typeof exported === 'object' || typeof exported === 'function') &&
    Object.keys(module).every(name => name === 'default' || name === 'module.exports' || name in exported);
  if (!isCommonJs) return module;
  const missing = Object.keys(exported).filter(name => !(name in module));
  if (missing.length === 0) return module;
  const namespace: Exports = Object.create(null);
  for (const name of Object.keys(module)) define(namespace, name, () => module[name]);
  for (const name of missing) define(namespace, name, () => exported[name]);
  return namespace;
}

function define(target: Exports, name: string, get: () => unknown): void {
  Object.defineProperty(target, name, { get, enumerable: true, configurable: true });
}

function asNamespace(module: object): Exports {
  return 'default' in module ? (module as Exports) : { ...module, default: module };
}

function isMissing(error: unknown, id: string): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'MODULE_NOT_FOUND' && message.includes(`'${id}'`);
}
