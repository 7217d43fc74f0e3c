import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filePath, fileVersion, findFile, isLearnersFile, isTypeScript } from './local-files.ts';
import { packageDirectory } from './package.ts';
import { moduleCode } from './typescript/module-code.ts';

/** `learnable-from:?parent=…&specifier=…` imports a specifier as a file of another folder would. */
export const FROM = 'learnable-from:';

interface Context {
  /** `import` or `require` is among them; the synchronous hooks see both. */
  conditions?: readonly string[];
  parentURL?: string | undefined;
  importAttributes?: Record<string, string>;
}
interface Resolved {
  url: string;
  format?: string | null;
  shortCircuit?: boolean;
}
interface Loaded {
  format: string;
  source: string;
  shortCircuit: boolean;
}
type Maybe<T> = T | Promise<T>;

const packageParent = pathToFileURL(join(packageDirectory, 'package.json')).href;

/** A resolve hook, for Node's synchronous hooks as for those in a thread. */
export function resolve<R extends Maybe<Resolved>>(
  specifier: string,
  context: Context,
  next: (specifier: string, context?: Context) => R,
): R {
  if (specifier.startsWith(FROM)) {
    const asked = new URL(specifier).searchParams;
    const parentURL = asked.get('parent') ?? packageParent;
    return resolve(asked.get('specifier') ?? '', { ...context, parentURL }, next);
  }
  const { parentURL } = context;
  if (/^(?:\.\.?(?:\/|$)|\/|file:)/.test(specifier)) {
    if (isRequired(context)) return next(specifier, context);
    const target = localTarget(specifier, parentURL);
    return (
      target ? { url: target, shortCircuit: true, format: formatOf(target, context) } : next(specifier, context)
    ) as R;
  }
  if (specifier.includes(':') || parentURL?.includes('/node_modules/')) return next(specifier, context);
  return orElse(
    () => next(specifier, context),
    error => {
      if (parentURL === packageParent) throw error;
      try {
        const found = next(specifier, { ...context, parentURL: packageParent });
        return (found instanceof Promise ? found.catch(() => Promise.reject(error)) : found) as R;
      } catch {
        throw error;
      }
    },
  );
}

export function load<L extends Maybe<Loaded>>(
  url: string,
  context: Context,
  next: (url: string, context?: object) => L,
): L {
  if (!url.startsWith('file:') || isRequired(context)) return next(url, context);
  const file = filePath(url);
  if (isTypeScript(file)) {
    const source = moduleCode(file, readFileSync(file, 'utf8'));
    return { format: 'module', source, shortCircuit: true } as L;
  }
  if (file.endsWith('.json') && context.importAttributes?.type !== 'json') {
    const json = readFileSync(file, 'utf8');
    JSON.parse(json);
    return { format: 'module', source: `export default ${json};`, shortCircuit: true } as L;
  }
  return next(url, context);
}

/** CommonJS has its own rules for files: a JSON file is a value there, and stays one. */
function isRequired({ conditions }: Context): boolean {
  return conditions?.includes('require') ?? false;
}

/** The URL of a local file, with its version; undefined where Node's own answer will do. */
function localTarget(specifier: string, parentURL: string | undefined): string | undefined {
  const [path = '', query] = specifier.split(/(?=\?)/);
  let url: string;
  try {
    url = new URL(path.startsWith('/') ? pathToFileURL(path).href : path, parentURL).href;
  } catch {
    return undefined;
  }
  if (!url.startsWith('file:')) return undefined;
  const file = findFile(filePath(url));
  if (file === undefined || !isLearnersFile(file)) {
    return file !== undefined && (isTypeScript(file) || file.endsWith('.json')) ? pathToFileURL(file).href : undefined;
  }
  const versioned = pathToFileURL(file).href;
  return query ? versioned + query : `${versioned}?v=${fileVersion(file)}`;
}

function formatOf(url: string, { importAttributes }: Context): string | undefined {
  if (importAttributes?.type === 'json') return 'json';
  return isTypeScript(filePath(url)) || url.endsWith('.json') ? 'module' : undefined;
}

function orElse<R>(attempt: () => R, recover: (error: unknown) => R): R {
  try {
    const result = attempt();
    return (result instanceof Promise ? result.catch(recover) : result) as R;
  } catch (error) {
    return recover(error);
  }
}
