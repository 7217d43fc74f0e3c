import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Declarations } from '../../../../src/kernel/checker/declarations/index.ts';
import { described, folderOf, removeFolder, writeFiles } from './described.ts';
import { LIBRARY, SCOPE } from './library.ts';

let folder = '';
afterEach(() => removeFolder(folder));

/** What TypeScript says of a cell, from the files of the library and from what is put together of them. */
function both(source: string, changes: Record<string, string> = {}) {
  folder = folderOf({ ...LIBRARY, ...changes });
  const ask = (isJoined: boolean) => {
    const answer = described({ source, folder, types: [] }, isJoined);
    return { ...answer, files: answer.files.filter(file => file.includes(SCOPE)) };
  };
  return { apart: ask(false), joined: ask(true) };
}

const ALL = `import * as ¦tf from '@tensorflow/tfjs';
import { ¦Tensor, ¦setTracker } from '@tensorflow/tfjs-core/dist/tensor';
import { ¦square as deep } from '@tensorflow/tfjs-core/dist/ops/square';
import ¦fallback from '@tensorflow/tfjs-core/dist/io';
const ¦tensor: tf.Tensor = tf.square(new tf.Tensor('0'));
const ¦same: Tensor = tensor;
const ¦loaded = tf.io.load();
const ¦later = tf.later();
const ¦chained = tensor.square();
const ¦names: tf.Names = 1;
const ¦own: tf.Promise = tf.later();
tf.squar(1);
new tf.OnlyType();
tensor.cube();
`;

describe('put together, a library says the same', () => {
  test('names, types, documentation and errors', () => {
    const { apart, joined } = both(ALL);
    expect(apart.errors).toHaveLength(5);
    expect(joined.errors).toEqual(apart.errors);
    expect(joined.names).toEqual(apart.names);
    expect(joined.names.filter(name => /^(?:unknown|nothing)$/.test(name))).toEqual([]);
    expect(joined.names.join()).toContain('Squares, as one does.');
    expect(joined.files.length).toBeLessThan(apart.files.length);
  });

  test('what modules add is there for whoever imports them only', () => {
    const core = "import { Tensor } from '@tensorflow/tfjs-core';\n";
    for (const [source, count] of [
      [`${core}new Tensor('0').square();`, 1],
      [`${core}import '@tensorflow/tfjs-core/dist/chained/square';\nnew Tensor('0').square();`, 0],
      [`${core}import '@tensorflow/tfjs';\nnew Tensor('0').square();`, 0],
    ] as const) {
      const { apart, joined } = both(source);
      expect(apart.errors).toHaveLength(count);
      expect(joined.errors).toEqual(apart.errors);
    }
  });

  test.each(['tfjs', 'tfjs-core', 'tfjs-core/dist/tensor'])('who adds to @tensorflow/%s', module => {
    const { apart, joined } = both(`import * as tf from '@tensorflow/tfjs';
import '@tensorflow/${module}';
declare module '@tensorflow/${module}' { interface Tensor<R extends tf.Rank = tf.Rank> { added(): R } }
new tf.Tensor('0').added();
const tensor: tf.Tensor = new tf.Tensor('1');
tensor.added();
tensor.other();`);
    expect(apart.errors.at(-1)).toContain("Property 'other' does not exist");
    expect(joined.errors).toEqual(apart.errors);
  });
});

test('a place in what was put together is found on disk', () => {
  folder = folderOf(LIBRARY);
  const files = new Map<string, string>();
  const declarations = new Declarations({ files, libs: [], folder: undefined });
  const path = (name: string) => join(folder, SCOPE, name).replaceAll('\\', '/');
  expect(declarations.read(path('tfjs/dist/index.d.ts'))).toContain('joined~modules.d.ts');
  const modules = path('tfjs/dist/joined~modules.d.ts');
  const text = files.get(modules)!;
  for (const [name, what] of [
    ['tfjs-core/dist/ops/square.d.ts', 'declare function square_'],
    ['tfjs-core/dist/tensor.d.ts', 'Extends Rank, and more'],
    ['tfjs-core/dist/io.d.ts', 'load(): '],
  ] as const) {
    const { file, position } = declarations.placeOf(modules, text.indexOf(what));
    expect(file).toBe(path(name));
    expect(LIBRARY[`${SCOPE}/${name}`]!.slice(position)).toMatch(new RegExp(`^${what.replace('()', '\\(\\)')}`));
  }
  // Declared by the entry, unless it would mean something else there.
  const inEntry = Array.from(
    text.matchAll(/declare module "joined:@tensorflow\/tfjs-core\/dist\/index" \{\n(.*?)\n\}\n/gs),
  ).join();
  expect(inEntry).toContain('declare function square_');
  expect(inEntry).not.toContain('Promise<number>');
  expect(declarations.placeOf(path('tfjs-node/index.d.ts'), 7)).toEqual({
    file: path('tfjs-node/index.d.ts'),
    position: 7,
  });
});

/** What stands in the way, and how much TypeScript then reads: all files, as if nothing had been tried. */
const CHANGES: [string, Record<string, string>][] = [
  [
    'a module in the way of CommonJS',
    { 'tfjs-core/dist/io.d.ts': 'declare const io: { load(): void };\nexport = io;' },
  ],
  ['a script', { 'tfjs-core/dist/io.d.ts': 'declare function load(): void;' }],
  ['a global', { 'tfjs-core/dist/io.d.ts': 'export declare function load(): void;\ndeclare global { var loaded: 1 }' }],
  ['source beside declarations', { 'tfjs-core/dist/io.ts': 'export function load(): void {}' }],
  [
    'a package with a map of exports',
    {
      'tfjs-core/package.json':
        '{ "types": "dist/index.d.ts", "exports": { ".": { "types": "./dist/index.d.ts" }, "./*": "./*.d.ts" } }',
    },
  ],
  [
    'what adds to another package',
    {
      'tfjs-core/dist/io.d.ts': "export declare function load(): void;\ndeclare module 'other' { interface Other {} }",
    },
  ],
  [
    'what adds by a name of its own',
    {
      'tfjs-core/dist/chained/square.d.ts':
        "import '../tensor';\ntype Own = 1;\ndeclare module '../tensor' { interface Tensor<R> { square(): Own } }",
    },
  ],
  ['a file that is missing', { 'tfjs-core/dist/io.d.ts': "export { load } from './nowhere';" }],
  ['a grammar that is not known', { 'tfjs-core/dist/io.d.ts': 'export declare function load(: void;' }],
  [
    'two copies of one package',
    {
      'tfjs-layers/package.json': '{ "types": "index.d.ts" }',
      'tfjs-layers/index.d.ts': "import { Tensor } from '@tensorflow/tfjs-core';\nexport declare const layer: Tensor;",
      'tfjs-layers/node_modules/@tensorflow/tfjs-core/package.json': '{ "types": "index.d.ts" }',
      'tfjs-layers/node_modules/@tensorflow/tfjs-core/index.d.ts': 'export declare class Tensor { old: true }',
      'tfjs/dist/index.d.ts': "export * from '@tensorflow/tfjs-core';\nexport * from '@tensorflow/tfjs-layers';",
    },
  ],
];

test.each(CHANGES)('%s: each file is read as it is', (_name, changes) => {
  const placed = Object.fromEntries(Object.entries(changes).map(([name, text]) => [`${SCOPE}/${name}`, text]));
  const { apart, joined } = both(ALL, placed);
  expect(joined).toEqual(apart);
});

describe('what is kept on disk', () => {
  const source = "import * as tf from '@tensorflow/tfjs';\nconst ¦squared = tf.square;";
  const square = `${SCOPE}/tfjs-core/dist/ops/square.d.ts`;
  const ask = (cache: string) => described({ source, folder, types: [], cache }, true);

  test('holds until a file of the library is another one', () => {
    folder = folderOf(LIBRARY);
    const cache = join(folder, 'cache');
    const before = ask(cache);
    expect(before.names[0]).toContain('<T extends Tensor>');
    expect(ask(cache)).toEqual(before);
    writeFiles(folder, { [square]: 'export declare const square: (upgraded: number) => number;\nexport {};' });
    expect(ask(cache).names[0]).toContain('(upgraded: number) => number');
    rmSync(join(folder, square));
    writeFiles(folder, { [square.replace('.d.ts', '/index.d.ts')]: 'export declare const square: 2;' });
    expect(ask(cache).names[0]).toContain('2');
  });
});
