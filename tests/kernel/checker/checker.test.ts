import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createChecker } from '../../../src/kernel/checker/index.ts';

const directory = mkdtempSync(join(tmpdir(), 'learnable-check-'));
writeFileSync(join(directory, 'helper.ts'), 'export const help = (x: number): string => String(x);');
const checker = createChecker({
  directory,
  libraries: { tslab: 'export declare const display: { html(s: string): void };' },
});
afterAll(() => checker.dispose());

let count = 0;
async function commit(source: string): Promise<void> {
  expect(await checker.check(source)).toEqual([]);
  await checker.commit(source, `cell ${++count}`);
}
const messages = async (source: string) => (await checker.check(source)).map(({ message }) => message);

test('inferred types live on in later cells', async () => {
  await commit(
    'const a = [1, 2].map(x => ({ x }));\nlet b: string | number = 5;\nfunction id<T extends { a: number }>(t: T) { return t.a }',
  );
  expect(await messages('a[0].y')).toEqual(["Property 'y' does not exist on type '{ x: number; }'."]);
  expect(await checker.check('b = "s"; b.length; id({ a: 1, c: 2 })')).toEqual([]);
  expect(await messages('a = []')).toEqual(["Cannot assign to 'a' because it is a constant."]);
});

test('a name can be declared again with another type', async () => {
  await commit('const again = 1');
  await commit('const again = "s"');
  expect(await checker.check('again.toUpperCase()')).toEqual([]);
});

test('types, enums, namespaces, classes and unique symbols live on', async () => {
  await commit(
    'enum E { A, B }\ninterface I<T> { v: T }\nexport namespace N { export const q = 1 }\nexport abstract class B0 { abstract m(): number }\nconst sym: unique symbol = Symbol();\ntype Deep<T> = T extends (infer U)[] ? Deep<U> : T;',
  );
  await commit(
    'const e: E = E.B; const i: I<number> = { v: N.q }; class D extends B0 { m() { return 1 } }\nconst keyed = { [sym]: 1 as Deep<number[][]> }',
  );
  expect(await checker.check('new D().m() + keyed[sym].valueOf() + i.v')).toEqual([]);
});

test('an error is placed exactly, after emoji too', async () => {
  expect(await checker.check('const s = "🙂";\n  const n: number = "x"')).toEqual([
    expect.objectContaining({
      code: 2322,
      line: 2,
      column: 9,
      start: 24,
      length: 1,
      message: "Type 'string' is not assignable to type 'number'.",
    }),
  ]);
});

test('what a notebook may write', async () => {
  for (const source of [
    '({ a: 1 })',
    'await (Promise.resolve(1))',
    'for await (const x of (async function* () { yield 1 })()) x',
    '#!/usr/bin/env node\n5',
    '',
    '// only',
    'const { p, ...rest } = await Promise.resolve({ p: 1, q: "s" }); rest.q',
    'process.version',
  ]) {
    expect(await checker.check(source), source).toEqual([]);
  }
});

test("types of local files, of virtual modules, of this package's dependencies", async () => {
  await commit(
    'import { help } from "./helper.ts"\nimport * as tslab from "tslab"\nimport * as tf from "@tensorflow/tfjs"',
  );
  expect(await messages('help("x")')).toEqual([
    "Argument of type 'string' is not assignable to parameter of type 'number'.",
  ]);
  expect(await messages('tslab.display.html(1)')).toHaveLength(1);
  expect(await messages('const t: tf.Tensor2D = tf.tensor1d([1])')).toHaveLength(1);
  expect(await messages('import { x } from "no-such-package"')).toEqual([
    "Cannot find module 'no-such-package'. Install it in the notebook's folder: npm install no-such-package",
  ]);
});
