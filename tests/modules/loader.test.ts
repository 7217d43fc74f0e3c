import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importTypeScript, installTypeScriptLoader } from '../../src/modules/index.ts';

const directory = mkdtempSync(join(tmpdir(), 'learnable-modules-'));
const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

test('a TypeScript file is imported, and again after an edit of a file behind it', async () => {
  installTypeScriptLoader();
  installTypeScriptLoader();
  file('behind.ts', 'export const behind: number = 1;\nexport interface Shape { a: number }');
  const path = file(
    'front.ts',
    "import { behind, type Shape } from './behind.js';\nexport const front: Shape = { a: behind };",
  );
  expect((await importTypeScript<{ front: object }>(path)).front).toEqual({ a: 1 });
  expect(await importTypeScript(path)).toBe(await importTypeScript(path));
  file('behind.ts', 'export const behind: number = 22;\nexport interface Shape { a: number }');
  expect((await importTypeScript<{ front: object }>(path)).front).toEqual({ a: 22 });
});

test('enums, namespaces and parameter properties are compiled', async () => {
  const path = file(
    'hard.ts',
    'export enum E { A = 2 }\nexport namespace N { export const q = 1 }\nexport class P { constructor(readonly a: number) {} }',
  );
  const { E, N, P } = await importTypeScript<{
    E: Record<string, number>;
    N: Record<string, number>;
    P: new (a: number) => { a: number };
  }>(path);
  expect([E.A, N.q, new P(3).a]).toEqual([2, 1, 3]);
});

test('a type at the end of a line ends its statement, also where the next begins with a bracket', async () => {
  const path = file('ends.ts', 'let a: any = 1;\na as any\n[2, 3].length\na as number\n(4)\nexport const b = a;');
  expect((await importTypeScript<{ b: number }>(path)).b).toBe(1);
});

test('an error names the line and the column of the source', async () => {
  const path = file(
    'throws.ts',
    'interface A {\n  a: number;\n}\nconst a: A = { a: 1 }; if (a) throw new Error("here");\n',
  );
  const error = await importTypeScript(path).catch((thrown: Error) => thrown);
  expect((error as Error).stack).toMatch(/throws\.ts[^\n]*:4:37/);
});

test('a syntax error names the file and the place', async () => {
  const path = file('broken.ts', 'const a = 1;\nconst b = ;\n');
  await expect(importTypeScript(path)).rejects.toThrow(/Unexpected token \(.*broken\.ts:2:11\)/);
});

test('dependencies of this package are found from any folder', async () => {
  const path = file('bare.ts', "import magic from 'magic-string';\nexport const kind: string = typeof magic;");
  expect((await importTypeScript<{ kind: string }>(path)).kind).toBe('function');
});

test('CommonJS requires its own files as ever, with the loader in place', () => {
  installTypeScriptLoader();
  file('facts.json', '{"legs": 2}');
  file('neighbour.js', "module.exports = { facts: require('./facts.json') };");
  const path = file('outer.cjs', "module.exports = { legs: require('./neighbour').facts.legs };");
  expect(createRequire(path)(path)).toEqual({ legs: 2 });
});
