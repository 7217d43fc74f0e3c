import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChecker } from '../../../src/kernel/checker/index.ts';

const directory = mkdtempSync(join(tmpdir(), 'learnable-complete-'));
const files: Record<string, string> = {
  'helper.ts':
    'export const help = 1;\nexport interface Helped { by: string }\nexport function halve(n: number) { return n / 2 }',
  'helper.test.md': '',
  'plain.js': 'export const plain = 1;',
  'numbers.json': '{ "one": 1 }',
  'penguins.csv': 'a,b',
  '.hidden.ts': '',
  'sub/inner.ts': 'export const inner = 1;',
  'sub/types.d.ts': 'export type T = 1;',
  'node_modules/pack/package.json':
    '{ "name": "pack", "types": "index.d.ts", "exports": { ".": "./index.d.ts", "./part": "./part.d.ts" } }',
  'node_modules/pack/index.d.ts': 'export declare const packed: number;',
  'node_modules/pack/part.d.ts': 'export declare const part: number;',
};
for (const [name, text] of Object.entries(files)) {
  mkdirSync(join(directory, name, '..'), { recursive: true });
  writeFileSync(join(directory, name), text);
}
const checker = createChecker({
  directory,
  libraries: { tslab: 'export declare const display: { html(s: string): void };' },
});

const CELLS = [
  "import * as tf from '@tensorflow/tfjs';\nimport { halve } from './helper.ts';",
  `const penguins = { adelie: 1, 'bill length': 2 };
let count = 5;
function twice(n: number) { return 2 * n }
class Model { #secret = 1; weights = [1]; fit(epochs: number, options?: { verbose: boolean }) { return this.#secret } }
interface Row { kind: 'adelie' | 'gentoo'; learningRate?: number }
enum Colour { Red, Green }
type Mode = 'fast' | 'slow';
namespace Units { export const metre = 1 }
function run(mode: Mode, row?: Row) {}
let maybe = undefined as Row | undefined;
const byKey: Record<'left' | 'right', number> = { left: 1, right: 2 };
/** @deprecated */ const counted = 1;
const words = { it: "isn't" } as { it: "isn't" | 'is' };`,
];

beforeAll(async () => {
  for (const [index, cell] of CELLS.entries()) {
    expect(await checker.check(cell)).toEqual([]);
    await checker.commit(cell, `cell ${index + 1}`);
  }
});
afterAll(() => checker.dispose());

/** Completes at the bar. */
async function complete(marked: string) {
  const offset = marked.indexOf('│');
  const source = marked.replace('│', '');
  const { start, end, items } = await checker.complete(source, offset);
  expect(new Set(items.map(({ text }) => text)).size, 'each entry once').toBe(items.length);
  return { items, texts: items.map(({ text }) => text), replaced: source.slice(start, end), end };
}

const typeOf = async (marked: string, text: string) =>
  (await complete(marked)).items.find(item => item.text === text)?.type;

describe('exactly these, in this order', () => {
  test.each<[code: string, replaced: string, ...texts: string[]]>([
    ['penguins.│', '.', '.adelie', '["bill length"]'],
    ['penguins.bi│', '.bi', '["bill length"]'],
    ['penguins.ad│', 'ad', 'adelie'],
    ["penguins['│']", '', 'adelie', 'bill length'],
    ["penguins['bill l│']", 'bill l', 'bill length'],
    ["penguins['│", '', 'adelie', 'bill length'],
    ['maybe.│', '.', '?.kind', '?.learningRate'],
    ['maybe?.│', '', 'kind', 'learningRate'],
    ['maybe?.le│', 'le', 'learningRate'],
    ['new Model().│', '', 'fit', 'weights'],
    ['new Model()\n  .f│', 'f', 'fit'],
    ['new Model().fit(1, { │ })', '', 'verbose'],
    ['new Model().fit(1, { ver│', 'ver', 'verbose'],
    ["run('│')", '', 'fast', 'slow'],
    ["run('│", '', 'fast', 'slow'],
    ['run("s│")', 's', 'slow'],
    ['run(`│`)', '', 'fast', 'slow'],
    ["run('fast', { │ })", '', 'kind', 'learningRate'],
    ["run('fast', { kind: '│' })", '', 'adelie', 'gentoo'],
    ["run('fast', { kind: '│", '', 'adelie', 'gentoo'],
    ["run('fast', { kind: 'adelie', │", '', 'learningRate'],
    ["run('fast', { learn│", 'learn', 'learningRate'],
    ["const row: Row = { kind: 'gentoo', │ }", '', 'learningRate'],
    ["const row: Row = {\n  kind: 'g│'\n}", 'g', 'gentoo'],
    ["let mode: Mode = '│'", '', 'fast', 'slow'],
    ["declare let mode: Mode; if (mode === '│') {}", '', 'fast', 'slow'],
    ["declare let mode: Mode; switch (mode) { case '│' }", '', 'fast', 'slow'],
    ["byKey['│']", '', 'left', 'right'],
    ["words.it === '│'", '', 'is', String.raw`isn\'t`],
    ['words.it === "isn│"', 'isn', "isn't"],
    ['Colour.│', '', 'Green', 'Red'],
    ['Units.│', '', 'metre'],
    ['const { │ } = byKey', '', 'left', 'right'],
    ['const { ri│ } = byKey', 'ri', 'right'],
    ['type Key = keyof typeof byK│', 'byK', 'byKey'],
    ['twi│', 'twi', 'twice'],
    ['twice(twi│', 'twi', 'twice'],
    [`\`\${twi│}\``, 'twi', 'twice'],
    ['if (penguins.ad│) {', 'ad', 'adelie'],
    ['penguins.ad│\nconst later = 1;', 'ad', 'adelie'],
    ['const broken = (1 + ;\npenguins.ad│', 'ad', 'adelie'],
    ['foo(bar(penguins.ad│', 'ad', 'adelie'],
    ['const text = "unclosed\npenguins.ad│', 'ad', 'adelie'],
    ['async function f() { await penguins.ad│ }', 'ad', 'adelie'],
    ["import { │ } from './helper.ts'", '', 'halve', 'help', 'Helped', 'type'],
    ["import { hel│ } from './helper'", 'hel', 'help', 'Helped'],
    ["import { halve, h│ } from './helper.ts'", 'h', 'help', 'Helped'],
    ["export { ha│ } from './helper.ts'", 'ha', 'halve'],
    ["import { } from './│'", '', 'sub/', 'helper.ts', 'numbers.json', 'plain.js'],
    ["import { } from './he│'", 'he', 'helper.ts'],
    ["import { } from './sub/│'", '', 'inner.ts'],
    ["import { } from './sub/in│", 'in', 'inner.ts'],
    ["import { } from '.│'", '.', './', '../'],
    ["await import('./pl│')", 'pl', 'plain.js'],
    ["require('./nu│')", 'nu', 'numbers.json'],
    ["let x: import('./he│').Helped", 'he', 'helper.ts'],
    ["import { } from 'tsla│'", 'tsla', 'tslab'],
    ["import { } from 'pac│'", 'pac', 'pack'],
    ["import { } from 'pack/│'", '', 'part'],
    ["import { } from 'node:fs/│'", '', 'promises'],
    ["readText('./pen│')", 'pen', 'penguins.csv'],
    ["'🙂🙂'; Math.hyp│", 'hyp', 'hypot'],
    ['label: for (;;) { break la│ }', 'la', 'label'],
    ['class Sub extends Mod│', 'Mod', 'Model'],
    ['class Own { #hidden = 1; m() { this.#│ } }', '#', '#hidden'],
  ])('%s', async (code, replaced, ...texts) => {
    const found = await complete(code);
    expect(found.texts).toEqual(texts);
    expect(found.replaced).toBe(replaced);
    expect(found.end, 'nothing behind the cursor is replaced').toBe(code.indexOf('│'));
  });
});

describe('nothing', () => {
  test.each([
    '// twi│',
    '/* twi│ */',
    '/** twi│ */',
    '/** @par│ */',
    'const a = 1; // pengu│\nconst b = 2;',
    "'twi│'",
    '"penguins.│"',
    '`twi│`',
    `\`a \${1} twi│\``,
    "const text = 'penguins.│",
    '/twi│/',
    '12│',
    '1.5│',
    '3.│',
    'const twi│',
    'function twi│',
    'nowhere.at.all.│',
    "import * as twi│ from './helper.ts'",
  ])('%s', async code => {
    expect((await complete(code)).texts).toEqual([]);
  });
});

describe('first come', () => {
  test.each<[code: string, ...texts: string[]]>([
    // The cell's own names, those of earlier cells, and only then all others.
    ['const cousin = 1; co│', 'cousin', 'count', 'console', 'const', 'continue', 'Colour', 'CompressionStream'],
    ['function f(cone: number) { const corner = 1; co│ }', 'cone', 'corner', 'count'],
    ['for (const coin of [1]) { co│ }', 'coin', 'count'],
    ['[1].map(cone => co│', 'cone', 'count'],
    ['const { cod: core } = { cod: 1 }; co│', 'core', 'count'],
    ["import { inner as coil } from './sub/inner.ts'; co│", 'coil', 'count'],
    ['Ma│', 'Map', 'Math'],
    ['let m: Mo│', 'Mode', 'Model'],
  ])('%s', async (code, ...texts) => {
    expect((await complete(code)).texts.slice(0, texts.length)).toEqual(texts);
  });

  test('members in the order of their letters, names in capitals behind', async () => {
    expect((await complete('Math.│')).texts.slice(0, 3)).toEqual(['abs', 'acos', 'acosh']);
    expect((await complete('Math.│')).texts.at(-1)).toBe('SQRT2');
  });

  test('deprecated names come last', async () => {
    expect((await complete('coun│')).texts).toEqual(['count', 'CountQueuingStrategy', 'counted']);
    expect((await complete("'a'.s│")).texts.slice(-2)).toEqual(['substr', 'sup']);
  });
});

describe('among others', () => {
  test.each<[code: string, contains: string[], lacks?: string[]]>([
    [
      '│',
      ['penguins', 'twice', 'tf', 'halve', 'Model', 'Colour', 'console', 'for', 'const'],
      ['notebook$0', 'Row', 'Mode'],
    ],
    ['let r: │', ['Row', 'Mode', 'Model', 'Colour', 'number', 'Promise', 'Record'], ['penguins', 'twice', 'for']],
    ['pr│', ['process', 'prompt', 'Promise'], ['private', 'protected']],
    ['inp│', ['input']],
    ['re│', ['require', 'return'], ['readonly']],
    ['class Own { │ }', ['private', 'static', 'readonly'], ['penguins', 'for']],
    ['return │', ['penguins']],
    ['new │', ['Model', 'Map']],
    ['tf.│', ['tensor', 'tensor2d', 'layers', 'train', 'Tensor', 'tidy']],
    ['tf.tensor([1]).│', ['reshape', 'print', 'dataSync', 'shape', 'dispose']],
    ['tf.tensor([1]).reshape([1]).a│', ['abs', 'add']],
    ['tf\n  .tens│', ['tensor', 'tensor2d']],
    ['const shadowed = tf; shadowed.ten│', ['tensor']],
    ['const tf = { own: 1 }; tf.│', ['own'], ['tensor']],
    ['function f(tf: { own: 1 }) { tf.│ }', ['own'], ['tensor']],
    ['const penguins = "own"; penguins.│', ['toUpperCase'], ['adelie', '[Symbol]']],
    ["const s = 'text'; s.│", ['length', 'trim']],
    ["'text'.│", ['length', 'trim']],
    ["import { } from 'lear│'", ['learnable']],
    ["import { } from '@tensorflow/│'", ['tfjs']],
    ["import { } from '│'", ['pack', 'learnable', 'tslab', 'node:fs'], ['fs', '@types/node']],
    ["import { } from 'f│'", ['fs']],
    ["import { } from 'node:│'", ['node:fs', 'node:path'], ['fs']],
    ["import { read│ } from 'node:fs'", ['readFile', 'readFileSync'], ['writeFile']],
    ["fetchText('./│')", ['penguins.csv', 'helper.ts', 'sub/'], ['node_modules/', '.hidden.ts']],
    ["import { } from './.│'", ['.hidden.ts']],
    ['Math.│', ['max', 'PI']],
    ['process.│', ['version', 'cwd']],
    ['@tw│ class Own {}', ['twice']],
    // What has the letters inside, where nothing begins with them.
    ['tf.pool│', ['pool'], ['maxPool']],
    ['Math.ypot│', ['hypot']],
  ])('%s', async (code, contains, lacks = []) => {
    const { texts } = await complete(code);
    expect(texts).toEqual(expect.arrayContaining(contains));
    expect(texts.filter(text => lacks.includes(text))).toEqual([]);
  });
});

describe('with their types', () => {
  test.each<[code: string, text: string, type: string]>([
    ['pen│', 'penguins', 'variable'],
    ['twi│', 'twice', 'function'],
    ['hal│', 'halve', 'function'],
    ['Mod│', 'Model', 'class'],
    ['Col│', 'Colour', 'enum'],
    ['let r: Ro│', 'Row', 'interface'],
    ['let r: Mod│', 'Mode', 'type'],
    ['t│', 'tf', 'module'],
    ['Uni│', 'Units', 'module'],
    ['Ma│', 'Map', 'class'],
    ['Ma│', 'Math', 'module'],
    ['Pro│', 'Promise', 'class'],
    ['fo│', 'for', 'keyword'],
    ['fet│', 'fetch', 'function'],
    ['const arrow = (n: number) => n; arr│', 'arrow', 'function'],
    ['function f(given: number) { giv│ }', 'given', 'variable'],
    ['function f<Kind>(a: Kin│) {}', 'Kind', 'type'],
    ['penguins.ad│', 'adelie', 'property'],
    ['new Model().fi│', 'fit', 'function'],
    ['Colour.Re│', 'Red', 'constant'],
    ['tf.tens│', 'tensor', 'function'],
    ['tf.lay│', 'layers', 'module'],
    ['tf.Tens│', 'Tensor', 'class'],
    ["run('fa│", 'fast', 'string'],
    ["import { } from './he│'", 'helper.ts', 'file'],
    ["import { } from './su│'", 'sub/', 'folder'],
    ["import { } from 'pac│'", 'pack', 'module'],
  ])('%s %s', async (code, text, type) => {
    expect(await typeOf(code, text)).toBe(type);
  });
});

describe('with their signatures', () => {
  test.each<[code: string, text: string, signature: string | undefined]>([
    ['twi│', 'twice', '(n: number): number'],
    ['coun│', 'count', ': number'],
    ['penguins.ad│', 'adelie', ': number'],
    ['new Model().fi│', 'fit', '(epochs: number, options?: { verbose: boolean; } | undefined): number'],
    ['[1].ma│', 'map', '<U>(callbackfn: (value: number, index: number, array: number[]) => U, thisArg?: any): U[]'],
    ["'a'.repla│", 'replace', '(searchValue: string | RegExp, replaceValue: string): string (+3 overloads)'],
    ['Mod│', 'Model', undefined],
    ['fo│', 'for', undefined],
  ])('%s %s', async (code, text, signature) => {
    expect((await complete(code)).items.find(item => item.text === text)?.signature).toBe(signature);
  });

  test('of all that a package exports', async () => {
    const { items } = await complete('tf.│');
    expect(items.length).toBeGreaterThan(400);
    const functions = items.filter(({ type }) => type === 'function');
    expect(functions.length).toBeGreaterThan(150);
    expect(functions.filter(({ signature }) => !signature)).toEqual([]);
    expect(functions.find(({ text }) => text === 'tidy')?.signature).toMatch(/^<T extends TensorContainer>\(.*\): T$/);
  });
});

describe('snippets, last, where a statement may begin', () => {
  test.each<[code: string, ...snippets: string[]]>([
    ['fo│', 'for (const item of items) {\n  \n}', 'for (let i = 0; i < count; i++) {\n  \n}'],
    ['if (a) {\n  whi│', 'while (condition) {\n    \n  }'],
    ['one(); tr│', 'try {\n  \n} catch (error) {\n  \n}'],
    ['f│'],
    ['const a = fo│'],
    ['twice(fo│'],
    ['run({ fo│'],
    ['class Own { fun│ }'],
    ['let a: inter│'],
    ['penguins.fo│'],
  ])('%s', async (code, ...snippets) => {
    const { items } = await complete(code);
    expect(items.filter(({ type }) => type === 'snippet').map(({ text }) => text)).toEqual(snippets);
    const rest = items.slice(items.length - snippets.length);
    expect(rest.every(({ type }) => type === 'snippet')).toBe(true);
  });

  test('each of them is a whole cell', async () => {
    const { isComplete } = await import('../../../src/kernel/transform/index.ts');
    for (const keyword of [
      'async',
      'class',
      'for',
      'function',
      'if',
      'import',
      'interface',
      'switch',
      'try',
      'type',
      'while',
    ]) {
      const { items } = await complete(`${keyword}│`);
      const snippets = items.filter(({ type }) => type === 'snippet');
      expect(snippets.length, keyword).toBeGreaterThan(0);
      for (const { text } of snippets) expect([text, isComplete(text).status]).toEqual([text, 'complete']);
    }
  });
});

test('a module is asked for anew when the files change', async () => {
  const cell = "import * as own from './own.ts'";
  writeFileSync(join(directory, 'own.ts'), 'export const before = 1;');
  await checker.check(cell);
  await checker.commit(cell, 'cell 3');
  expect((await complete('own.│')).texts).toEqual(['before']);
  expect((await complete('own.│')).texts).toEqual(['before']);
  writeFileSync(join(directory, 'own.ts'), 'export const after = 1; export function later() {}');
  expect((await complete('own.│')).texts).toEqual(['after', 'later']);
});
