import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Checker, createChecker } from '../../../src/kernel/checker/index.ts';
import { LIBRARY, SCOPE } from './declarations/library.ts';

/** What lies beside a notebook, and its changes: local files, packages, `tsconfig.json`. */
let checker: Checker | undefined;
let directory = '';
const notices: string[] = [];
let clock = Date.now() / 1000;

function notebook(files: Record<string, string>): void {
  directory = mkdtempSync(join(tmpdir(), 'learnable-disk-'));
  write(files);
  checker = createChecker({ directory, onNotice: text => notices.push(text) });
}

/** Each write is seen as a later one, however quickly it follows. */
function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(directory, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    clock += 2;
    utimesSync(file, clock, clock);
  }
}

const messages = async (source: string) => (await checker!.check(source)).map(({ message }) => message);

afterEach(async () => {
  await checker?.dispose();
  rmSync(directory, { recursive: true, force: true });
  notices.length = 0;
});

test('an edit of a local file is seen by the next cell, and so is one of a file that it imports', async () => {
  notebook({ 'a.ts': "export { b } from './b.ts';", 'b.ts': 'export const b = 1;' });
  await checker!.check("import { b } from './a.ts'");
  await checker!.commit("import { b } from './a.ts'", 'cell 1');
  expect(await messages('b.toFixed()')).toEqual([]);
  write({ 'b.ts': "export const b = 'text';" });
  expect(await messages('b.toFixed()')).toEqual([expect.stringContaining("'toFixed' does not exist on type")]);
  expect(await messages('b.length')).toEqual([]);
});

test('files of every kind', async () => {
  notebook({
    'one.mts': 'export const one: 1 = 1;',
    'two.js': 'export const two = 2;',
    'two.d.ts': 'export declare const two: number;',
    'data.json': '{ "rows": [{ "name": "a" }] }',
    'folder/three.ts': 'export default class Three { readonly three = 3 }',
    'types.d.ts': 'export interface Shape { sides: number }',
  });
  const cell = `import { one } from './one.mts'; import { two } from './two.js'; import data from './data.json';
import Three from './folder/three.ts'; import type { Shape } from './types.d.ts';
const shape: Shape = { sides: data.rows.length + one + two + new Three().three };`;
  expect(await messages(cell)).toEqual([]);
  expect(await messages("import data from './data.json'; data.rows[0].nome")).toEqual([
    "Property 'nome' does not exist on type '{ name: string; }'.",
  ]);
});

test('a file or a package that was missing is found once it is there', async () => {
  notebook({});
  const file = "import { late } from './late.ts'; late.toFixed()";
  expect(await messages(file)).toEqual(["Cannot find module './late.ts' or its corresponding type declarations."]);
  write({ 'late.ts': 'export const late = 1;' });
  expect(await messages(file)).toEqual([]);
  const installed = "import { x } from 'fresh'; x.toFixed()";
  expect(await messages(installed)).toEqual([
    "Cannot find module 'fresh'. Install it in the notebook's folder: npm install fresh",
  ]);
  write({
    'node_modules/fresh/package.json': '{ "name": "fresh", "types": "index.d.ts" }',
    'node_modules/fresh/index.d.ts': 'export declare const x: number;',
  });
  expect(await messages(installed)).toEqual([]);
});

test('a wrong path is told with the files that were meant', async () => {
  notebook({ 'penguins.ts': 'export const rows = 1;', 'folder/deep.ts': 'export {}', 'other.md': '' });
  const [error] = await checker!.check("const a = 1\nimport { rows } from './pengiuns.ts'");
  expect(error).toMatchObject({ line: 2, column: 22, length: 15 });
  expect(error!.message).toBe("Cannot find module './pengiuns.ts'. Did you mean './penguins.ts'?");
  expect(await messages("import './folder/deap.ts'; import {} from './folder/deap.ts'")).toEqual([
    "Cannot find module './folder/deap.ts'. Did you mean './folder/deep.ts'?",
  ]);
  expect(await messages("import {} from 'node:fss'")).toEqual([
    "Cannot find module 'node:fss'. Did you mean 'node:fs'?",
  ]);
});

test('packages: types of their own, of @types, types only', async () => {
  notebook({
    'node_modules/own/package.json':
      '{ "name": "own", "exports": { ".": { "types": "./i.d.ts", "default": "./i.js" } } }',
    'node_modules/own/i.d.ts': 'export declare function own(x: number): string;',
    'node_modules/plain/package.json': '{ "name": "plain", "main": "index.js" }',
    'node_modules/plain/index.js': 'exports.a = 1',
    'node_modules/@types/plain/package.json': '{ "name": "@types/plain", "types": "index.d.ts" }',
    'node_modules/@types/plain/index.d.ts': 'export declare const a: number;',
    'node_modules/only/package.json': '{ "name": "only", "types": "index.d.ts" }',
    'node_modules/only/index.d.ts': 'export interface Only { only: true }',
  });
  expect(
    await messages(`import { own } from 'own'; import { a } from 'plain'; import type { Only } from 'only';
import { readFileSync } from 'fs'; import path from 'node:path';
const only: Only = { only: true }; own(a).length; readFileSync(path.join('x'), 'utf8').length`),
  ).toEqual([]);
});

test('a tsconfig.json beside the notebook: comments, extends, strict, paths, target and lib', async () => {
  notebook({
    'config/base.json': '{ "compilerOptions": { "paths": { "#utils/*": ["../src/utils/*"] }, "strict": false } }',
    'tsconfig.json': `{ // how this project is
      "extends": "./config/base.json",
      "compilerOptions": { "target": "es2022", "lib": ["es2022", "dom"], "noUnusedLocals": true, },
    }`,
    'src/utils/sum.ts': 'export const sum = (a: number, b: number) => a + b;',
  });
  expect(await messages("import { sum } from '#utils/sum'; function f(x) { return x }; let n: number = null;")).toEqual(
    [],
  );
  expect(await messages('document.title = 1')).toEqual(["Type 'number' is not assignable to type 'string'."]);
  expect(await messages('[1].toSorted()')).toEqual([expect.stringContaining("'toSorted' does not exist")]);
  expect(notices).toEqual([]);
});

test('what this package brings is found with a tsconfig.json too', async () => {
  notebook({
    'tsconfig.json': '{ "compilerOptions": { "paths": { "#x": ["./x.ts"] } } }',
    'x.ts': 'export const x = 1;',
  });
  const cell =
    "import * as tf from '@tensorflow/tfjs'; import { x } from '#x'; const t: tf.Tensor1D = tf.tensor1d([x]); process.pid";
  expect(await messages(cell)).toEqual([]);
});

test('a change of tsconfig.json, or of what it extends, holds for the next cell; names are kept', async () => {
  notebook({
    'base.json': '{ "compilerOptions": { "strict": true } }',
    'tsconfig.json': '{ "extends": "./base.json" }',
  });
  await checker!.commit('const kept: string = "k"', 'cell 1');
  const loose = 'const l: number = null; kept.length';
  expect(await messages(loose)).toEqual(["Type 'null' is not assignable to type 'number'."]);
  write({ 'base.json': '{ "compilerOptions": { "strict": false } }' });
  expect(await messages(loose)).toEqual([]);
  write({ 'tsconfig.json': '{ "compilerOptions": { "strict": true } }' });
  expect(await messages(loose)).toHaveLength(1);
});

test('a tsconfig.json that cannot be read is told once, with its place; the rest of it holds', async () => {
  notebook({ 'tsconfig.json': '{\n  "compilerOptions": { "strict": false, "typo": 1, "target": "es1066" }\n}' });
  expect(await messages('const n: number = null')).toEqual([]);
  await messages('1');
  expect(notices).toHaveLength(1);
  expect(notices[0]).toContain('tsconfig.json, line 2: Unknown compiler option');
  write({ 'tsconfig.json': '{ "compilerOptions": ' });
  await messages('1');
  expect(notices).toHaveLength(2);
  expect(notices[1]).toContain('tsconfig.json, line 1: ');
});

test('without a tsconfig.json: strict, and for Node', async () => {
  notebook({});
  expect(await messages('const n: number = null')).toHaveLength(1);
  expect(await messages('document')).toEqual([expect.stringContaining("Cannot find name 'document'.")]);
  expect(
    await messages(
      'WebAssembly.validate(new Uint8Array()); fetch("x"); structuredClone(1); new URL("a:b"); process.argv; prompt("?").length; (await input()).length',
    ),
  ).toEqual([]);
});

test('a library that is read as one file: its places, what a cell or a file adds to it, its upgrade', async () => {
  notebook({
    ...LIBRARY,
    'adds.ts': `import type { Rank } from '@tensorflow/tfjs';
import type {} from '@tensorflow/tfjs-core/dist/tensor';
declare module '@tensorflow/tfjs-core/dist/tensor' { interface Tensor<R extends Rank = Rank> { fromFile(): R } }
export const one = 1;`,
  });
  const run = async (source: string) => {
    expect(await messages(source)).toEqual([]);
    await checker!.commit(source, 'cell');
  };
  await run("import * as tf from '@tensorflow/tfjs';\nconst tensor: tf.Tensor = new tf.Tensor('0');");
  const [error] = await checker!.check('new tf.Tensor()');
  expect(error!.related).toEqual([
    { message: expect.any(String), file: `${directory}/${SCOPE}/tfjs-core/dist/tensor.d.ts`, line: 5, column: 15 },
  ]);
  await run("import { one } from './adds.ts'");
  await run(
    "declare module '@tensorflow/tfjs-core/dist/tensor' { interface Tensor<R extends tf.Rank = tf.Rank> { fromCell(): R } }",
  );
  await run('tensor.square().fromFile(); tensor.fromCell()');
  expect(await messages('tensor.fromNowhere()')).toEqual([expect.stringContaining("'fromNowhere' does not exist")]);

  const square = `${SCOPE}/tfjs-core/dist/ops/square.d.ts`;
  write({
    [square]:
      'export declare const square: (upgraded: tf) => number;\nexport interface tf { upgraded: true }\nexport {};',
  });
  write({ 'adds.ts': 'export const one = 2;' });
  expect(await messages("tf.square('4')")).toEqual([
    "Argument of type 'string' is not assignable to parameter of type 'tf'.",
  ]);
  expect(await messages('tensor.fromFile()')).toEqual([expect.stringContaining("'fromFile' does not exist")]);
  expect(await messages('tensor.fromCell()')).toEqual([]);
});
