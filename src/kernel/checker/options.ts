import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageDirectory } from '../../modules/index.ts';

/** The nearest `tsconfig.json` upwards; none for a notebook within this package, whose own settings are for its source. */
export function findConfig(directory: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (folder === packageDirectory) return undefined;
    const file = join(folder, 'tsconfig.json');
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) return undefined;
  }
}

/** What TypeScript is told about the cells' project: strict unless the folder's own settings say otherwise. */
export function projectConfig(directory: string, files: string[], libraries: Record<string, string>): object {
  const config = findConfig(directory);
  return {
    ...(config ? { extends: config } : {}),
    compilerOptions: {
      ...(config ? {} : { strict: true, experimentalDecorators: true, resolveJsonModule: true }),
      target: 'esnext',
      lib: ['esnext', 'dom', 'dom.iterable'],
      module: 'esnext',
      moduleResolution: 'bundler',
      moduleDetection: 'force',
      skipLibCheck: true,
      noEmit: true,
      composite: false,
      incremental: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
      isolatedModules: false,
      verbatimModuleSyntax: false,
      erasableSyntaxOnly: false,
      allowImportingTsExtensions: true,
      types: ['node'],
      typeRoots: [join(directory, 'node_modules/@types'), join(packageDirectory, 'node_modules/@types')],
      ...(config ? {} : { paths: fallbackPaths(directory, libraries) }),
    },
    files,
    include: [],
  };
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
