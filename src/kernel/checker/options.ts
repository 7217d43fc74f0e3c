import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { packageDirectory } from '../../modules/index.ts';

type Options = Record<string, unknown>;

/** A learner's `tsconfig.json`, its `extends` included, as TypeScript reads it. */
export interface UserConfig {
  file: string;
  options: Options;
}

export interface ProjectConfig {
  extends?: string;
  compilerOptions: Options;
  files: string[];
  include: string[];
}

interface Wanted {
  directory: string;
  files: string[];
  libraries: Record<string, string>;
  user?: UserConfig | undefined;
}

/** What cells need to be cells, whatever a project asks of its modules. */
const NEEDED: Options = {
  module: 'esnext',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  skipLibCheck: true,
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  isolatedModules: false,
  isolatedDeclarations: false,
  verbatimModuleSyntax: false,
  erasableSyntaxOnly: false,
  noUncheckedSideEffectImports: false,
  allowImportingTsExtensions: true,
};

/** Without a `tsconfig.json`: strict, for Node, where no `document` is. */
const DEFAULTS: Options = {
  strict: true,
  target: 'esnext',
  lib: ['esnext'],
  experimentalDecorators: true,
  resolveJsonModule: true,
};

/** The least target that has top-level await: ES2017, as TypeScript numbers it. */
const LEAST_TARGET = 4;

/** The nearest `tsconfig.json` upwards; none for a notebook within this package, whose own settings are for its source. */
export function findConfig(directory: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (folder === packageDirectory) return undefined;
    const file = join(folder, 'tsconfig.json');
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) return undefined;
  }
}

/** What TypeScript is told about the cells' project: the learner's settings, or else ours, and what cells need. */
export function projectConfig({ directory, files, libraries, user }: Wanted): ProjectConfig {
  const options = user?.options ?? {};
  const target = options.target as number | undefined;
  return {
    ...(user ? { extends: user.file } : {}),
    compilerOptions: {
      ...(user ? { resolveJsonModule: options.resolveJsonModule ?? true } : DEFAULTS),
      ...(user && (target === undefined || target < LEAST_TARGET) ? { target: 'esnext' } : {}),
      ...NEEDED,
      types: [...new Set(['node', ...((options.types as string[] | undefined) ?? [])])],
      typeRoots: [
        ...((options.typeRoots as string[] | undefined) ?? [join(directory, 'node_modules/@types')]),
        join(packageDirectory, 'node_modules/@types'),
      ],
      paths: { ...fallbackPaths(directory, libraries), ...userPaths(options) },
    },
    files,
    include: [],
  };
}

/** The files of TypeScript's own libraries that are asked for; none where packages may replace them, or where TypeScript chooses. */
export function libFiles(user: UserConfig | undefined): string[] {
  if (!user) return (DEFAULTS.lib as string[]).map(name => `lib.${name}.d.ts`);
  const { lib, libReplacement } = user.options as { lib?: string[]; libReplacement?: boolean };
  return libReplacement ? [] : (lib ?? []);
}

/** The learner's `paths`, absolute: our own stand in a file of another folder. */
function userPaths(options: Options): Record<string, string[]> {
  const base = (options.baseUrl ?? options.pathsBasePath) as string | undefined;
  const paths = (options.paths as Record<string, string[]> | undefined) ?? {};
  return Object.fromEntries(
    Object.entries(paths).map(([name, targets]) => [name, targets.map(target => resolve(base ?? '.', target))]),
  );
}

/** This package and its dependencies, for folders that have none of their own. */
function fallbackPaths(directory: string, libraries: Record<string, string>): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  const { dependencies } = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    if (isInstalled(name, directory)) continue;
    const own = join(packageDirectory, 'node_modules', name);
    paths[name] = [own];
    paths[`${name}/*`] = [`${own}/*`];
  }
  if (!isInstalled('learnable', directory)) paths.learnable = [join(packageDirectory, 'dist/index.d.ts')];
  for (const name of Object.keys(libraries)) paths[name] = [libraryFile(directory, name)];
  return paths;
}

export function libraryFile(directory: string, name: string): string {
  return join(directory, `notebook~${name.replace(/\W/g, '_')}.d.ts`);
}

function isInstalled(name: string, directory: string): boolean {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules', name))) return true;
    if (dirname(folder) === folder) return false;
  }
}
