import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChecker } from '../../../src/kernel/checker/index.ts';

const directory = mkdtempSync(join(tmpdir(), 'learnable-inspect-'));
const files: Record<string, string> = {
  'helper.ts':
    '// a helper\n\n/** Half of it. */\nexport function halve(n: number): number {\n  return n / 2;\n}\nexport default class Helper {}',
  'node_modules/pack/package.json': '{ "name": "pack", "types": "index.d.ts" }',
  'node_modules/pack/index.d.ts':
    '/** What is packed. */\nexport declare const packed: number;\nexport interface Packed { packed: true }',
};
for (const [name, text] of Object.entries(files)) {
  mkdirSync(join(directory, name, '..'), { recursive: true });
  writeFileSync(join(directory, name), text);
}
const checker = createChecker({ directory });

const CELLS = [
  "import * as tf from '@tensorflow/tfjs';\nimport Helper, { halve } from './helper.ts';\nimport { packed as unpacked } from 'pack';",
  `const penguins = { adelie: 1, 'bill length': 2 };
let count = 5;
var old = 'old';
/**
 * Twice the number, see {@link Math.max} and {@link https://example.org the site}.
 *
 * @param n the number
 * @param [options] - how,
 *   and how not
 * @returns twice of it
 * @throws {RangeError} if it is large
 * @example
 * twice(2);
 * @see halve
 * @internal
 */
function twice(n: number, options?: { fast: boolean }): number {
  return 2 * n;
}
/** Of text. */
function over(text: string): string;
/** Of numbers. @param b the other */
function over(a: number, b: number): number;
function over(a: any, b?: any) { return a }`,
  `/** A model. */
class Model<T> {
  #secret = 1;
  /** How long. */
  epochs = 1;
  constructor(public rows: T, name = 'x') {}
  /**
   * Fits it.
   * @param epochs how often
   */
  fit(epochs: number, options?: { verbose: boolean }): this { return this }
  get size() { return this.#secret }
}
interface Fitting {
  /** Fits anything. */
  fitAll(...rows: number[]): void }
class Fitted implements Fitting { fitAll() {} }
interface Row {
  /** Which. */
  kind: 'adelie' | 'gentoo'; learningRate?: number; act?(x: number): void }
enum Colour { Red, Green = 5, Name = 'name' }
/** How fast. */
type Mode = 'fast' | 'slow';
type Deep<T> = T extends (infer U)[] ? Deep<U> : T;
type Long = { first: number; second: string; third: boolean; fourth: number[]; fifth: string[] };
namespace Units { export const metre = 1; export const second = 2 }
/** @deprecated use {@link run} */
const start = (mode: Mode) => {};
function run(mode: Mode, row?: Row) {}
let maybe = undefined as Row | undefined;
const long = { first: 1, second: 'two', third: true, fourth: [1], fifth: ['a', 'b'], sixth: null };`,
];

beforeAll(async () => {
  for (const [index, cell] of CELLS.entries()) {
    expect(await checker.check(cell)).toEqual([]);
    await checker.commit(cell, `cell ${index + 1}`);
  }
});
afterAll(() => checker.dispose());

/** Asks at the bar. */
async function inspect(marked: string, detail: 0 | 1 = 0) {
  return checker.inspect(marked.replace('│', ''), marked.indexOf('│'), detail);
}

describe('a name is shown as TypeScript would declare it', () => {
  test.each<[code: string, text: string]>([
    ['count│', 'let count: number'],
    ['│count', 'let count: number'],
    ['co│unt', 'let count: number'],
    ['penguins│', "const penguins: { adelie: number; 'bill length': number; }"],
    ['penguins.│adelie', '(property) adelie: number'],
    ['│penguins.adelie', "const penguins: { adelie: number; 'bill length': number; }"],
    ["penguins['bill le│ngth']", '(property) "bill length": number'],
    ['ol│d', 'var old: string'],
    ['twi│ce(1)', 'function twice(n: number, options?: { fast: boolean; }): number'],
    ['ov│er', 'function over(text: string): string (+1 overload)'],
    ['ov│er(1, 2)', 'function over(a: number, b: number): number (+1 overload)'],
    ['star│t', 'const start: (mode: Mode) => void'],
    ['may│be', 'let maybe: Row | undefined'],
    ['if (maybe) may│be', 'let maybe: Row'],
    ['maybe?.ki│nd', '(property) Row.kind: "adelie" | "gentoo" | undefined'],
    ['maybe?.learning│Rate', '(property) Row.learningRate?: number'],
    ["run('fast', { ki│nd: 'adelie' })", '(property) Row.kind: "adelie" | "gentoo"'],
    ["const r: Row = { kind: 'adelie', learn│ingRate: 1 }", '(property) Row.learningRate?: number'],
    [
      'Mod│el',
      'class Model<T> {\n  constructor(rows: T, name?: string);\n  epochs: number;\n  rows: T;\n  fit(epochs: number, options?: { verbose: boolean; }): Model<T>;\n  size: number;\n}',
    ],
    ['new Mod│el([1])', 'new Model<number[]>(rows: number[], name?: string): Model<number[]>'],
    [
      'new Model([1]).f│it(1)',
      '(method) Model<number[]>.fit(\n  epochs: number,\n  options?: { verbose: boolean; },\n): Model<number[]>',
    ],
    ['new Model([1]).si│ze', '(accessor) Model<number[]>.size: number'],
    [
      'let r: R│ow',
      'interface Row {\n  kind: "adelie" | "gentoo";\n  learningRate?: number;\n  act?(x: number): void;\n}',
    ],
    ['Ro│w', 'interface Row {\n  kind: "adelie" | "gentoo";\n  learningRate?: number;\n  act?(x: number): void;\n}'],
    ['Col│our', 'enum Colour {\n  Red = 0,\n  Green = 5,\n  Name = "name",\n}'],
    ['Colour.Gr│een', '(enum member) Colour.Green = 5'],
    ['let m: Mo│de', 'type Mode = "fast" | "slow"'],
    ['let d: De│ep<number[]>', 'type Deep<T> = T extends (infer U)[] ? Deep<U> : T'],
    [
      'let l: Lo│ng',
      'type Long = {\n  first: number;\n  second: string;\n  third: boolean;\n  fourth: number[];\n  fifth: string[];\n}',
    ],
    [
      'lo│ng',
      'const long: {\n  first: number;\n  second: string;\n  third: boolean;\n  fourth: number[];\n  fifth: string[];\n  sixth: null;\n}',
    ],
    ['Uni│ts', 'namespace Units\n// metre, second'],
    ['Units.met│re', 'const metre: 1'],
    ['ha│lve(1)', "(alias) function halve(n: number): number\nimport { halve } from './helper.ts'"],
    ['Hel│per', "(alias) class Helper {\n  constructor();\n}\nimport Helper from './helper.ts'"],
    ['unpa│cked', "(alias) const packed: number\nimport { packed as unpacked } from 'pack'"],
    ["import { pac│ked } from 'pack'", "(alias) const packed: number\nimport { packed } from 'pack'"],
    ["import { packed } from 'pa│ck'", "module 'pack'\n// packed, Packed"],
    [
      'tf.tens│or2d([[1]])',
      'function tensor2d(\n  values: TensorLike2D,\n  shape?: [number, number],\n  dtype?: tf.DataType,\n): tf.Tensor2D',
    ],
    [
      'tf.tensor([1]).resh│ape([1])',
      '(method) Tensor<tf.Rank>.reshape<tf.Tensor<tf.Rank>>(\n  shape: number[],\n): tf.Tensor<tf.Rank>',
    ],
    [
      '[1, 2].ma│p(String)',
      '(method) Array<number>.map<string>(\n  callbackfn: (value: number, index: number, array: number[]) => string,\n  thisArg?: any,\n): string[]',
    ],
    ['[1].map(val│ue => value)', '(parameter) value: number'],
    ['function f(given: number) { return giv│en }', '(parameter) given: number'],
    ['function f<Kind extends string>(a: Ki│nd) {}', '(type parameter) Kind extends string'],
    ['const { adelie: fir│st } = penguins', 'const first: number'],
    ['for (let ro│w of [1]) row', 'let row: number'],
    ['try {} catch (err│or) {}', '(local var) error: unknown'],
    ['class Own { m() { return th│is } }', 'this: this'],
    ['class Own { m() { return 1 } n() { return this.m│() } }', '(method) Own.m(): number'],
    ['using res│ource = { [Symbol.dispose]() {} }', 'using resource: { [Symbol.dispose](): void; }'],
    ['const own = 1;\nconst other = own + 1;\nother; ow│n', 'const own: 1'],
    ["const penguins = 'own'; pen│guins", 'const penguins: "own"'],
    ["'🙂🙂'; cou│nt", 'let count: number'],
    ['Math.m│ax', '(method) Math.max(...values: number[]): number'],
    ['const broken = (1 + ;\ncou│nt', 'let count: number'],
    ['type Key = keyof typeof pen│guins', "const penguins: { adelie: number; 'bill length': number; }"],
    ['proc│ess', 'var process: NodeJS.Process'],
    ['inp│ut', 'function input(\n  text?: unknown,\n  options?: { password?: boolean; },\n): Promise<string>'],
  ])('%s', async (code, text) => {
    expect((await inspect(code))?.name?.text).toBe(text);
  });

  test('hundreds of names of a module are counted, not listed', async () => {
    expect((await inspect('t│f'))?.name?.text).toMatch(/^import \* as tf from '@tensorflow\/tfjs'\n\/\/ \d{3} names$/);
  });

  test('of a long class or interface the first dozen of members', async () => {
    const lines = (await inspect('let a: Arr│ay<number>'))?.name?.text.split('\n') ?? [];
    expect(lines[0]).toBe('interface Array<T> {');
    expect(lines).toHaveLength(15);
    expect(lines.at(-2)).toMatch(/^ {2}\/\/ … \d+ more$/);
  });
});

describe('a call is shown with the parameter that is written', () => {
  test.each<[code: string, text: string, parameter: string | undefined]>([
    ['twice(│', 'twice(n: number, options?: { fast: boolean; }): number', 'n: number'],
    ['twice(│)', 'twice(n: number, options?: { fast: boolean; }): number', 'n: number'],
    ['twice(1│)', 'twice(n: number, options?: { fast: boolean; }): number', 'n: number'],
    ['twice(1, │', 'twice(n: number, options?: { fast: boolean; }): number', 'options?: { fast: boolean; }'],
    [
      'twice(1,│ { fast: true })',
      'twice(n: number, options?: { fast: boolean; }): number',
      'options?: { fast: boolean; }',
    ],
    ['twice(\n  1,\n  │', 'twice(n: number, options?: { fast: boolean; }): number', 'options?: { fast: boolean; }'],
    ['twice(1, {}, │)', 'twice(n: number, options?: { fast: boolean; }): number', undefined],
    ['twice(Math.max(1│, 2))', 'Math.max(...values: number[]): number', '...values: number[]'],
    [
      'twice(Math.max(1, 2), │)',
      'twice(n: number, options?: { fast: boolean; }): number',
      'options?: { fast: boolean; }',
    ],
    ['Math.max(1, 2, 3, │4)', 'Math.max(...values: number[]): number', '...values: number[]'],
    ["over('│')", 'over(text: string): string (+1 overload)', 'text: string'],
    ['over(1, │2)', 'over(a: number, b: number): number (+1 overload)', 'b: number'],
    ['new Model(│', 'new Model<T>(rows: T, name?: string): Model<T>', 'rows: T'],
    ["new Model([1], │'name')", 'new Model<number[]>(rows: number[], name?: string): Model<number[]>', 'name?: string'],
    ['new Model([1]).fit(│', 'fit(epochs: number, options?: { verbose: boolean; }): Model<number[]>', 'epochs: number'],
    [
      'const m = new Model([1]); m.fit(1, │',
      'm.fit(epochs: number, options?: { verbose: boolean; }): Model<number[]>',
      'options?: { verbose: boolean; }',
    ],
    ['start(│)', 'start(mode: Mode): void', 'mode: Mode'],
    [
      'tf.tensor2d([[1, 2]], [1, │2])',
      'tf.tensor2d(\n  values: TensorLike2D,\n  shape?: [number, number],\n  dtype?: tf.DataType,\n): tf.Tensor2D',
      'shape?: [number, number]',
    ],
    ['await Promise.all([│])', 'Promise.all<[]>(values: []): Promise<[]> (+1 overload)', 'values: []'],
    [`const text = \`\${twice(│)}\``, 'twice(n: number, options?: { fast: boolean; }): number', 'n: number'],
  ])('%s', async (code, text, parameter) => {
    expect((await inspect(code))?.call).toMatchObject({ text });
    expect((await inspect(code))?.call?.parameter).toBe(parameter);
  });

  test('together with the name that is touched', async () => {
    const found = await inspect('twice(cou│nt)');
    expect(found?.name?.text).toBe('let count: number');
    expect(found?.call?.text).toBe('twice(n: number, options?: { fast: boolean; }): number');
  });

  test.each(['twice│(1)', 'twice(1)│', 'twice(1);│', 'twice(() => { │ })', 'twice(function () { │ })'])(
    'and not at %s',
    async code => {
      expect((await inspect(code))?.call).toBeUndefined();
    },
  );
});

describe('nothing is found', () => {
  test.each([
    '',
    '1 +│ 2',
    '1│2',
    "'te│xt'",
    '`te│xt`',
    '// twi│ce',
    '/* twi│ce */',
    '/** twi│ce */',
    'retu│rn',
    'if│ (true) {}',
    'con│st a = 1',
    'undefi│ned',
    'tru│e',
    'nowhe│re',
    'penguins.nowhe│re',
    '│  ',
    'count\n\n│',
    '/twi│ce/',
  ])('%s', async code => {
    expect(await inspect(code)).toBeUndefined();
  });
});

describe('documentation', () => {
  test('of a function, with its tags; those for tools are left out', async () => {
    expect((await inspect('twi│ce'))?.name?.documentation).toEqual({
      text: 'Twice the number, see Math.max and the site (https://example.org).',
      deprecated: undefined,
      parameters: [
        { name: 'n', text: 'the number' },
        { name: 'options', text: 'how,\nand how not' },
      ],
      returns: 'twice of it',
      throws: ['{RangeError} if it is large'],
      examples: ['twice(2);'],
      tags: [{ name: 'see', text: 'halve' }],
    });
  });

  test.each<[code: string, text: string]>([
    ['let m: Mo│de', 'How fast.'],
    ['Mod│el', 'A model.'],
    ['new Mod│el(1)', 'A model.'],
    ['new Model(1).ep│ochs', 'How long.'],
    ['maybe!.ki│nd', 'Which.'],
    ["run('fast', { ki│nd: 'adelie' })", 'Which.'],
    ['hal│ve', 'Half of it.'],
    ['unpa│cked', 'What is packed.'],
    ["over('│')", 'Of text.'],
    ['over(│1, 2)', 'Of numbers.'],
    ['new Fitted().fit│All()', 'Fits anything.'],
    ['const own = 1;\n/** Mine. */\nconst mine = own;\nmi│ne', 'Mine.'],
  ])('%s', async (code, text) => {
    const found = await inspect(code);
    expect((found?.name ?? found?.call)?.documentation.text).toBe(text);
  });

  test('of the overload that is called, its parameters', async () => {
    expect((await inspect('over(1, │2)'))?.call?.documentation.parameters).toEqual([{ name: 'b', text: 'the other' }]);
  });

  test('what is deprecated says so', async () => {
    expect((await inspect('star│t'))?.name?.documentation.deprecated).toBe('use `run`');
  });
});

describe('the definition, where it is asked for', () => {
  test('is not there otherwise', async () => {
    expect((await inspect('twi│ce'))?.name?.definition).toBeUndefined();
  });

  test.each<[code: string, definition: object]>([
    ['cou│nt', { cell: 'cell 2', line: 2, code: 'let count = 5;' }],
    ['penguins.ad│elie', { cell: 'cell 2', line: 1, code: 'adelie: 1' }],
    [
      'twi│ce',
      {
        cell: 'cell 2',
        line: 17,
        code: 'function twice(n: number, options?: { fast: boolean }): number {\n  return 2 * n;\n}',
      },
    ],
    [
      'over(│1, 2)',
      {
        cell: 'cell 2',
        line: 21,
        code: 'function over(text: string): string;\nfunction over(a: number, b: number): number;\nfunction over(a: any, b?: any) { return a }',
      },
    ],
    ['new Model(1).si│ze', { cell: 'cell 3', line: 12, code: 'get size() { return this.#secret }' }],
    ['let m: Mo│de', { cell: 'cell 3', line: 23, code: "type Mode = 'fast' | 'slow';" }],
    ['const one = 1;\nconst own = one;\now│n', { cell: '', line: 2, code: 'const own = one;' }],
    ['hal│ve', { file: 'helper.ts', line: 4, code: 'export function halve(n: number): number {\n  return n / 2;\n}' }],
    ['unpa│cked', { file: 'node_modules/pack/index.d.ts', line: 2, code: 'export declare const packed: number;' }],
    ["import { packed } from 'pa│ck'", { file: 'node_modules/pack/index.d.ts', code: '' }],
    ['Math.m│ax', { file: 'lib.es5.d.ts', line: expect.any(Number), code: 'max(...values: number[]): number;' }],
    [
      'tf.tensor2│d',
      {
        file: expect.stringMatching(/^node_modules\/@tensorflow\/tfjs-core\/dist\/ops\/tensor2d\.d\.ts$/),
        line: expect.any(Number),
        code: expect.stringMatching(/^export declare function tensor2d\(/),
      },
    ],
  ])('%s', async (code, definition) => {
    const found = await inspect(code, 1);
    expect((found?.name ?? found?.call)?.definition).toEqual(definition);
  });
});

describe('where the value of a name is', () => {
  test.each<[code: string, path: string[] | undefined]>([
    ['cou│nt', ['count']],
    ['penguins.ad│elie', ['penguins', 'adelie']],
    ['│penguins.adelie', ['penguins']],
    ['maybe?.ki│nd', ['maybe', 'kind']],
    // Not of this cell, which has not run, and not where it is known without looking.
    ['const count = 1; cou│nt', undefined],
    ['function f(count: number) { return cou│nt }', undefined],
    ['twi│ce', undefined],
    ['Mod│el', undefined],
    ['hal│ve', undefined],
    ['t│f', undefined],
    ['proc│ess', undefined],
    ['[count].leng│th', undefined],
    ['new Model(1).si│ze', undefined],
  ])('%s', async (code, path) => {
    expect((await inspect(code, 1))?.name?.path).toEqual(path);
    expect((await inspect(code, 0))?.name?.path).toBeUndefined();
  });
});
