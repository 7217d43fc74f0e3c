import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API } from 'typescript/unstable/sync';
import { afterAll, describe, expect, test } from 'vitest';
import { isComplete } from '../../../src/kernel/transform/index.ts';

const directory = join(tmpdir(), 'learnable-is-complete').replaceAll('\\', '/');
const file = `${directory}/cell.ts`;
const config = `${directory}/tsconfig.json`;
const files = new Map([
  [file, ''],
  [
    config,
    '{ "compilerOptions": { "noLib": true, "types": [], "target": "esnext", "module": "esnext" }, "files": ["cell.ts"] }',
  ],
]);
const api = new API({
  cwd: tmpdir(),
  fs: { readFile: path => files.get(path), fileExists: path => (files.has(path) ? true : undefined) },
});
api.updateSnapshot({ openProjects: [config] });
afterAll(() => api.close());

/** What TypeScript's own parser makes of a cell: its first error stands at the end, or before. */
function byTypeScript(source: string): string {
  files.set(file, source);
  const snapshot = api.updateSnapshot({ fileChanges: { changed: [file] } });
  const [error] = snapshot.getProject(config)!.program.getSyntacticDiagnostics(file);
  if (!error) return 'complete';
  return error.pos >= source.trimEnd().length ? 'incomplete' : 'invalid';
}

const COMPLETE = [
  '',
  '   ',
  '1',
  '// comment',
  '/* comment */',
  '/** doc */',
  'a.b',
  'a\n  .b\n  .c()',
  'a = b\n',
  'let x',
  'x!',
  'a?.b',
  "const s = '{'",
  'const r = /[{(]/',
  '{ a }',
  '({ a: 1 })',
  '() => {}',
  'if (a) b',
  'for (const a of [1]) {\n  a\n}',
  "await fetch('x')",
  "import { a } from 'x'",
  'class A {\n  m() {\n    return 1;\n  }\n}',
  'type A = { b: string }',
  'declare function f(): void',
  'function over(a: string): string;\nfunction over(a: any) { return a }',
  '#!/usr/bin/env node',
  "'a\\\nb'",
  '`a\nb`',
];
const INVALID = [
  'const = 5',
  'const 5',
  'a b',
  '}',
  'f)',
  '] ',
  '({)',
  'if (a) }',
  'a +* b',
  'function () {}',
  '...',
  '/re',
  'let x = ;',
  'f(1}',
];
/** The parsers differ, and the reader is served better so. */
const OTHERWISE: [code: string, status: string, why: string][] = [
  ['function f()', 'incomplete', 'a body follows'],
  ['function over(a: string): string;', 'incomplete', 'the next overload follows, or the implementation'],
  ['export function f()', 'incomplete', 'a body follows'],
  ['const s = "a\n', 'invalid', 'a text ends on its line'],
  ["'text", 'invalid', 'a text ends on its line'],
  ['const a', 'invalid', 'nothing that follows helps'],
  ['return', 'invalid', 'a cell is no function'],
  ['await', 'incomplete', 'in a module it is no name'],
  ['import', 'incomplete', 'what is imported follows'],
  ['export', 'incomplete', 'what is exported follows'],
  ['const a = 1,', 'incomplete', 'the next name follows'],
  ['const m = new Map<string,', 'incomplete', 'a comparison would not end with a comma'],
];

describe('with the indent of the next line', () => {
  test.each<[code: string, indent: string]>([
    // Behind what opens a bracket, one step further than its line.
    ['function f() {', '  '],
    ['async function f() {', '  '],
    ['class A {', '  '],
    ['class A {\n  m() {', '    '],
    ['if (a) {', '  '],
    ['if (a) {\n  b\n} else {', '  '],
    ['for (const x of [1]) {', '  '],
    ['do {', '  '],
    ['switch (a) {', '  '],
    ['try {', '  '],
    ['try { } catch (e) {', '  '],
    ['interface A {', '  '],
    ['type A = {', '  '],
    ['enum A {', '  '],
    ['namespace A {', '  '],
    ['import {', '  '],
    ['export {', '  '],
    ['const o = {', '  '],
    ['const o = {\n  a: {', '    '],
    ['const a = [', '  '],
    ['const {', '  '],
    ['f(', '  '],
    ['new A(', '  '],
    ['await fetch(', '  '],
    ['f(1, {', '  '],
    ['f({ a: [', '  '],
    ['f(() => {', '  '],
    ['f(a => (', '  '],
    ['f(function () {', '  '],
    ['promise.then(x => {', '  '],
    ['promise\n  .then(x => {', '    '],
    ['a\n  .b(', '    '],
    ['a = {\n  b() {\n    c({', '      '],
    ['function f<T>(', '  '],
    ['@decorator(', '  '],
    ['if (x) { // comment {', '  '],
    ['const a = [ /* list */', '  '],
    ['f(\n', '  '],
    // Within brackets.
    ['f(1,', '  '],
    ['f(1, // first', '  '],
    ['[1, 2', '  '],
    ['const {a,', '  '],
    ['function f(a: number,', '  '],
    ['f(\n  1,', '  '],
    ['f(1, {\n  a: 2,', '  '],
    ['f({\n  a: [\n    1,', '    '],
    ['const o = {\n  a: 1,', '  '],
    ['function f() {\n  return 1;', '  '],
    ['function f() {\n  return 1;\n\n', '  '],
    ['class A {\n  m() {\n    return 1;\n  }', '  '],
    ["function f() { return 'a{'", '  '],
    ['function f() { return /{{/', '  '],
    ['f(a / b, c / d,', '  '],
    ['switch (a) {\n  case 1:', '    '],
    ['switch (a) {\n  default:', '    '],
    ['switch (a) {\n  case 1:\n    b;', '    '],
    // An expression, a type, a declaration that goes on.
    ['const f = (a: number) =>', '  '],
    ['const f = async () =>', '  '],
    ['const a =', '  '],
    ['const a = 1,', '  '],
    ['const a: ', '  '],
    ['1 +', '  '],
    ['1 +\n  2 +', '  '],
    ['a &&', '  '],
    ['a ??', '  '],
    ['a ? b :', '  '],
    ['const x = a\n  ? 1\n  :', '  '],
    ['a.', '  '],
    ['a?.', '  '],
    ['a\n  .b()\n  .', '  '],
    ['x as', '  '],
    ["type A = 'a' |", '  '],
    ["type A =\n  | 'a'\n  |", '  '],
    ['type A<', '  '],
    ['const m: Map<string,', '  '],
    ['class A extends', '  '],
    ['import { a } from', '  '],
    ['if (a)', '  '],
    ['if (a)\n  b;\nelse', '  '],
    ['while (true)', '  '],
    ['for (const x of [1])', '  '],
    ['{\n  if (a)', '    '],
    ['{\n  const a =', '    '],
    ['const f = () => {\n  return a +', '    '],
    // What begins anew.
    ['@decorator', ''],
    ['@decorator()', ''],
    ['try { }', ''],
    ['try { } finally', ''],
    ['interface A', ''],
    ['import { a }', ''],
    ['function f()', ''],
    // Texts and comments.
    ['`text', ''],
    ['`a\n  b', ''],
    ['`text ${', '  '],
    [`const s = \`\n  \${a}\n`, ''],
    ['/* open', ''],
    ['/**', ' * '],
    ['/** doc', ' * '],
    ['/**\n * doc', ' * '],
    ['{\n  /** doc', '   * '],
    ["'text\\", ''],
    // As the cell is indented.
    ['\tif (a) {', '\t\t'],
    ['class A {\n\tm() {', '\t\t'],
    ['class A {\n    m() {', '        '],
    ['if (a) {\r\n    if (b) {', '        '],
  ])('%s', (code, indent) => {
    expect(isComplete(code)).toEqual({ status: 'incomplete', indent });
    if (!OTHERWISE.some(([other]) => other === code)) expect(byTypeScript(code), 'by TypeScript').toBe('incomplete');
  });
});

test.each(COMPLETE)('complete: %s', code => {
  expect(isComplete(code)).toEqual({ status: 'complete' });
  expect(byTypeScript(code), 'by TypeScript').toBe('complete');
});

test.each(INVALID)('invalid: %s', code => {
  expect(isComplete(code)).toEqual({ status: 'invalid' });
  expect(byTypeScript(code), 'by TypeScript').toBe('invalid');
});

test.each(OTHERWISE)('%s is %s: %s', (code, status) => {
  expect(isComplete(code).status).toBe(status);
  expect(byTypeScript(code), 'by TypeScript').not.toBe(status);
});
