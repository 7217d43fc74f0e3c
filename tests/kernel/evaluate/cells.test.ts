import { expect, test } from 'vitest';
import { beginExecution, Execution } from '../../../src/kernel/execution.ts';
import { originalPosition, transformCell } from '../../../src/kernel/transform/index.ts';
import { evaluator, fails, run, write } from './support.ts';

test.each<[string, string[], unknown]>([
  ['a const can be declared again with another type', ['const x1 = 1', 'const x1 = "a"\nx1'], 'a'],
  [
    'a function sees the variable as it is now',
    ['let k = 1; function f2(): number { return k }', 'let k = 2', 'f2()'],
    2,
  ],
  [
    'a function calls another as it is now',
    ['function h() { return 1 }\nfunction g3() { return h() }', 'function h() { return 2 }', 'g3()'],
    2,
  ],
  ['await at the top', ['const r = await Promise.resolve(4)\nr * 2'], 8],
  ['await with a parenthesis', ['await (Promise.resolve(5))'], 5],
  [
    'a function is there before its declaration in a cell that awaits',
    ['const v = await g5()\nasync function g5(): Promise<number> { return 7 }\nv'],
    7,
  ],
  [
    'patterns',
    [
      'const {p8, q8: [r8, ...s8], ...t8}: any = {p8:1,q8:[2,3,4],z:5}, {u8 = 6} = {} as {u8?: number}\n;[p8,r8,s8,t8,u8]',
    ],
    [1, 2, [3, 4], { z: 5 }, 6],
  ],
  ['an array pattern after a line without semicolon', ['let m9 = 1\nconst [a9, b9] = [m9, 2]\na9 + b9'], 3],
  [
    'a class can be declared again',
    [
      'class A { hi() { return 1 } }',
      'class A { hi() { return 2 } }\nclass B extends A implements Object {}',
      'new B().hi()',
    ],
    2,
  ],
  ['enums', ['enum E { A, B = 5, C }\nexport enum F { X = "x" }\n;[E.B, E[5], E.C, F.X]'], [5, 'B', 6, 'x']],
  ['an enum starts anew', ['enum E2 { A, B }', 'enum E2 { C }\nObject.keys(E2)'], ['0', 'C']],
  ['const enum', ['const enum CE { Q = 3 }\nCE.Q'], 3],
  [
    'namespaces merge in a cell',
    ['namespace NS { export const q = 1 }\nnamespace NS { export function w() { return 2 } }\nNS.w() + NS.q'],
    3,
  ],
  [
    'a namespace adds to a function',
    ['function fn() { return fn.extra }\nnamespace fn { export const extra = 3 }\nfn()'],
    3,
  ],
  [
    'parameter properties',
    [
      'class P { constructor(private readonly a: number, public b = 2) {} sum() { return this.a + this.b } }\nnew P(1).sum()',
    ],
    3,
  ],
  [
    'decorators',
    [
      'const log: string[] = []\nfunction dec(t: any, k: string, d: PropertyDescriptor) { log.push(k) }\n// why\nclass D { @dec m() {} }\nlog',
    ],
    ['m'],
  ],
  [
    'overloads, abstract members, index signatures',
    [
      'interface I<T> { v: T }\nfunction o(x: string): string;\nfunction o(x: number): number;\nfunction o(x: any) { return x }\nconst id = <T,>(x: T): T => x\nabstract class Ab<T> { abstract m(): T; protected readonly z?: number; private y!: string; declare q: number; [k: string]: any; static #p: number = 1 }\no(id<number>(3)) satisfies number',
    ],
    3,
  ],
  [
    'for await',
    ['var acc: number[] = []\nfor await (const c of (async function*(){ yield 1; yield 2 })()) acc.push(c)\nacc'],
    [1, 2],
  ],
  [
    'var in loops and blocks',
    ['for (var i22 = 0; i22 < 2; i22++) { var inner22 = i22 }\n[i22, inner22]\n', '[i22, inner22]'],
    [2, 1],
  ],
  ['names of accessor globals', ['const crypto = 2; let performance: number = 3\ncrypto + performance'], 5],
  [
    'a type alias does not join lines',
    ['let a24 = 1\ninterface Z {}\n(a24)\nconst f24 = (x: number): {\n v: number\n} => ({ v: x })\nf24(a24).v'],
    1,
  ],
  ['`as` at a line end does not call', ['const y24 = 1 as any\n(2)\ny24'], 1],
  ['an annotation at a line end does not index', ['let z24: number\n[1, 2].length\nz24'], undefined],
  ['an object', ['({a: 1})'], { a: 1 }],
  ['a string is a value, no directive', ['"hello"'], 'hello'],
  ['a statement at the end gives no value', ['5; const n25 = 1'], undefined],
  [
    'loop closures',
    ['const fs26: (() => number)[] = []\nfor (let i = 0; i < 3; i++) fs26.push(() => i)\nfs26.map(f => f())'],
    [0, 1, 2],
  ],
  [
    'this parameter, non-null, assertion',
    ['function th(this: { v: number }, k?: number) { return this.v + k! }\nth.call({ v: 1 }, <number>2)'],
    3,
  ],
  ['an asserted object in an arrow', ['const g27 = () => <any>{ a: 1 }\ng27()'], { a: 1 }],
  ['let without value starts anew', ['let x30 = 3', 'let x30: string | undefined\nx30'], undefined],
  ['export default of an expression', ['export default 5 + 1'], 6],
  ['export default of a function', ['export default function ed() { return 3 }', 'ed()'], 3],
  ['export lists', ['const el = 4; export { el }', 'el'], 4],
  ['shebang', ['#!/usr/bin/env node\n6'], 6],
  ['empty', [''], undefined],
  ['only comments', ['// nothing\n/* here */'], undefined],
  ['a comment at the end', ['7 // seven'], 7],
  ['CRLF', ['const c1 = 1\r\nconst c2: number = 2\r\nc1 + c2\r\n'], 3],
  ['emoji', ['const s: string = "🙂é"; type T = "🙂"\ns.length'], 3],
  ['labels', ['outer: for (const a of [1, 2]) { for (const b of [1]) continue outer }\n8'], 8],
  ['a field named get', ['class G { get: number\n foo() { return 1 } }\nnew G().foo()'], 1],
  ['an async arrow with a type over lines', ['const ag = async <\n T\n>(x: T) => x\nawait ag(2)'], 2],
  ['import.meta and require', ['typeof import.meta.dirname + require("node:path").basename("/a/b")'], 'stringb'],
  [
    'virtual modules',
    ['import * as tslab from "tslab"\nimport { display } from "tslab"\ntslab.display === display && display.html()'],
    'shown',
  ],
  [
    'an import used as a type loads nothing',
    [
      'import { Missing } from "no-such-package"\nimport type { X } from "nowhere"\nconst t: Missing | undefined = undefined\n9',
    ],
    9,
  ],
  [
    'compiled statements leave texts over lines as they are',
    [
      'class T0 { accessor a = `x\n  y`; accessor b = "\u2028"; accessor c = `\r\n  z` }\nconst t0 = new T0(); [t0.a, t0.b, t0.c]',
    ],
    ['x\n  y', '\u2028', '\n  z'],
  ],
  ['dynamic import', ['(await import("node:path")).posix.sep'], '/'],
  [
    'default, named and namespace imports',
    [
      'import fs, { readFileSync as rf, type Stats } from "node:fs"\nimport * as path from "node:path"',
      '[typeof rf, typeof fs.statSync, path.basename("/a/b")]',
    ],
    ['function', 'function', 'b'],
  ],
])('%s', async (_, cells, expected) => {
  let value: unknown;
  for (const cell of cells) value = await run(cell);
  expect(value).toEqual(expected);
});

test('a type import is loaded when a later cell uses the name as a value', async () => {
  await run('import { Stats } from "node:fs"\nlet st: Stats | undefined');
  expect(await run('typeof Stats')).toBe('function');
});

test('a cell that throws half-way keeps what it declared, also after an await', async () => {
  await fails('const a6 = 1; let b6 = await 2\nfunction z6() { return a6 }\nthrow new Error("x")\nconst c6 = 3');
  expect(await run('[z6(), b6]')).toEqual([1, 2]);
});

test.each([
  [
    'interface Foo { a: number }\nconst n: number = 1\nfunction boom(x?: number): never {\n  throw new Error("b")\n}\nboom(n as number)',
    4,
    9,
  ],
  ['const z = 1, zz = 2; throw new Error("q")', 1, 28],
  ['const n18 = await 1\nclass Q18 { x = 1 }\nif (n18) {\n  await 0; throw new Error("b")\n}', 4, 18],
  ['enum E { A }\nclass P { constructor(public a = 1) {\n  throw new Error("p")\n} }\nnew P()', 3, undefined],
])('the line and the column of an error: %#', async (source, line, column) => {
  const cell = transformCell(source);
  const error = await evaluator.run(cell, { filename: 'placed' }).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  const frame = /placed:(\d+):(\d+)/.exec(error?.stack ?? '');
  const place = originalPosition(cell, Number(frame?.[1]), Number(frame?.[2]));
  expect(place.line).toBe(line);
  if (column !== undefined) expect(place.column).toBe(column);
});

test('local TypeScript files are read again when they change, also those behind them', async () => {
  write('deep.ts', 'export const deep: number = 1;');
  write('local.ts', 'import { deep } from "./deep";\nexport enum L { A = 4 }\nexport const value: number = deep;');
  expect(await run('import { value, L } from "./local.js"\nvalue + L.A')).toBe(5);
  write('deep.ts', 'export const deep: number = 20;');
  expect(await run('import { value } from "./local"\nvalue')).toBe(20);
});

test('a missing package is named with the folder', async () => {
  const error = await fails('import { x } from "no-such-package"\nx');
  expect(error.message).toMatch(
    /^Cannot find package 'no-such-package' from .*Install it in the notebook's folder: npm install no-such-package$/,
  );
});

test('an abandoned cell never goes on after its await', async () => {
  const execution = new Execution(1);
  void beginExecution(execution, () =>
    run('globalThis.went = 0; await new Promise(r => setTimeout(r, 20)); globalThis.went = 1'),
  );
  await new Promise(resolve => setTimeout(resolve, 5));
  execution.abandon();
  await beginExecution(new Execution(2), async () => {
    expect(await run('await new Promise(r => setTimeout(r, 40)); globalThis.went')).toBe(0);
  });
});

test('what a cell begins goes on while later cells run', async () => {
  const inCell = (id: number, source: string) => beginExecution(new Execution(id), () => run(source));
  await inCell(1, 'const later = (async () => { await new Promise(r => setTimeout(r, 20)); return 7 })()');
  await inCell(2, '1');
  expect(await inCell(3, 'await later')).toBe(7);
});

test('using disposes at the end of the cell, the last first', async () => {
  await run(
    'const order: string[] = []; const open = (n: string) => ({ [Symbol.dispose]() { order.push(n) } })\nusing a = open("a"); await using b = open("b"); order.push("run")',
  );
  expect(await run('order')).toEqual(['run', 'b', 'a']);
  expect(await run('function nested() { using c = open("c"); return 1 }\nnested(); order.at(-1)')).toBe('c');
});
