import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { libraryOf } from '../../../../src/kernel/checker/declarations/known.ts';
import { type LibraryModule, readLibrary } from '../../../../src/kernel/checker/declarations/library.ts';
import { declared } from '../../../../src/kernel/checker/declarations/module.ts';
import { described, folderOf, removeFolder } from './described.ts';

/** Libraries as they are installed: TypeScript must say the same of every name, read one by one or put together. */
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = folderOf({});
afterAll(() => removeFolder(folder));

function declarationsIn(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.d.ts'))
    .map(name => readFileSync(join(path, name), 'utf8'));
}

const libs = join(root, 'node_modules/@typescript', readdirSync(join(root, 'node_modules/@typescript'))[0]!, 'lib');
const texts = [...declarationsIn(libs), ...declarationsIn(join(root, 'node_modules/@types/node'))];
const GLOBAL = /^ *(?:export )?(?:declare )?(interface|type|var|function|class|const|namespace) ([\w$]+)/gm;

function globalNames(): { types: string[]; values: string[] } {
  const types = new Set<string>();
  const values = new Set<string>();
  for (const text of texts) {
    for (const [, kind, name] of text.matchAll(GLOBAL)) (/interface|type/.test(kind!) ? types : values).add(name!);
  }
  return { types: [...types], values: [...values] };
}

/** The members of each would take a minute: of some they are compared, and of all the rest the names and types. */
const mark = (name: string, index: number) =>
  index % 8 === 0 || /^(?:Array|Promise|Date|Tensor|LayersModel)$/.test(name) ? '¦' : '¡';

/** Of browsers' names those that Node has too, and a few that stand for all. */
const SHARED =
  /^(?:Abort|Blob|Event|File$|FormData|Headers|HTMLElement$|Message|Node$|Request|Response|URL|WebSocket|console|fetch|set)/;

describe('what is global: members, overloads in order, documentation', () => {
  const { types, values } = globalNames();
  test.each([
    { lib: ['esnext'], asked: /./, least: 4000 },
    { lib: ['es2022', 'dom'], asked: SHARED, least: 50 },
  ])(
    'with lib $lib',
    ({ lib, asked, least }) => {
      const source = [
        ...types.filter(name => asked.test(name)).map((name, index) => `{ let x: ${mark(name, index)}${name}; }`),
        ...values
          .filter(name => asked.test(name))
          .map((name, index) => `{ let x: typeof ${mark(name, index)}${name}; }`),
        ...builtinModules.map((name, index) => `import * as ${mark(name, index)}m${index} from '${name}';`),
        'export {};',
      ].join('\n');
      const [apart, joined] = [false, true].map(isJoined => described({ source, folder, lib }, isJoined));
      expect(apart!.names.length).toBeGreaterThan(least);
      expect(joined!.errors).toEqual(apart!.errors);
      expect(joined!.files.length).toBeLessThan(apart!.files.length / 2);
      const differ = apart!.names.filter((name, index) => joined!.names[index] !== name);
      // Of HeadersInit, which Node and browsers declare, the one or the other, the parts come in another order.
      expect(differ.length).toBeLessThanOrEqual(lib.includes('dom') ? 1 : 0);
    },
    60_000,
  );
});

const exported = ({ statements }: LibraryModule) => [
  ...new Set(statements.flatMap(statement => (statement.type === 'ExportNamedDeclaration' ? declared(statement) : []))),
];

describe('libraries: every name of every module, from its file and from the entry', () => {
  test.each([
    ['@tensorflow/tfjs', 'node_modules/@tensorflow/tfjs/dist/index.d.ts', 500],
    ['learnable', 'dist/index.d.ts', 60],
  ])(
    '%s',
    (_name, entry, least) => {
      const known = libraryOf(join(root, entry).replaceAll('\\', '/'))!;
      const modules = [...readLibrary(known.root, known.belongs).modules.values()];
      expect(modules.length).toBeGreaterThan(least);
      const stem = (file: string) => file.replace(/\.d\.ts$/, '');
      const ofEntry = stem(relative(folder, known.root.entry)).replaceAll('\\', '/');
      let count = 0;
      const lines = modules.flatMap(module => {
        const from = stem(relative(folder, module.file)).replaceAll('\\', '/');
        return exported(module).flatMap(name =>
          [
            `${mark(name, count)}${name} as x${count++} } from '${from}'`,
            `¡${name} as x${count++} } from '${ofEntry}'`,
          ].map(what => `import { ${what};`),
        );
      });
      const source = lines.join('\n');
      const [apart, joined] = [false, true].map(isJoined => described({ source, folder }, isJoined));
      expect(joined!.files.length).toBeLessThan(apart!.files.length);
      expect(joined!.errors).toEqual(apart!.errors);
      expect(joined!.names).toEqual(apart!.names);
    },
    60_000,
  );
});
