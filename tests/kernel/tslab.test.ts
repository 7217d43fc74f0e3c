import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type KernelProcess, startKernel } from '../../src/kernel/client/index.ts';

/** A folder without any node_modules above it: nothing but the kernel itself knows tslab. */
const directory = mkdtempSync(join(tmpdir(), 'learnable-tslab-'));
let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await startKernel({ cwd: directory });
});
afterAll(async () => {
  await kernel.shutdown();
  rmSync(directory, { recursive: true });
});

it('a notebook for tslab runs, and its calls are checked', async () => {
  const { status, outputs } = await kernel.execute(
    "import * as tslab from 'tslab';\ntslab.display.html('<b>bold</b>');\nconst again = tslab.newDisplay();\nagain.text('one');",
  );
  expect(status).toBe('ok');
  expect(outputs).toMatchObject([{ data: { 'text/html': '<b>bold</b>' } }, { data: { 'text/plain': 'one' } }]);
  const { content } = await kernel.execute('tslab.display.html(1)');
  expect(content.evalue).toContain("Argument of type 'number' is not assignable to parameter of type 'string'");
});

it('has all that the real tslab has', async () => {
  const stock = createRequire(import.meta.url).resolve('tslab/package.json');
  const types = readFileSync(join(dirname(stock), 'dist/public.d.ts'), 'utf8');
  const methods = [...types.matchAll(/^ {4}(\w+)\(/gm)].map(match => match[1]);
  const exported = [...types.matchAll(/^export declare (?:const|function) (\w+)/gm)].map(match => match[1]);
  expect(methods).toContain('markdown');
  const { outputs, content } = await kernel.execute(`
    import * as all from 'tslab';
    const wanted: string[] = ${JSON.stringify(methods)};
    [
      wanted.filter(name => !(name in all.display) || !(name in all.newDisplay())),
      ${JSON.stringify(exported)}.filter(name => !(name in all)),
      all.versions.tslab,
    ]`);
  expect(content.traceback ?? []).toEqual([]);
  const { version } = JSON.parse(readFileSync(stock, 'utf8')) as { version: string };
  expect(outputs).toMatchObject([{ data: { 'text/plain': `[ [], [], '${version}' ]` } }]);
});

it('takes what the real tslab takes', async () => {
  const { outputs, content } = await kernel.execute(`
    all.display.png(new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
    all.display.pdf(Buffer.from('%PDF-1.4'));
    all.display.raw('application/json', '{"a": 1}');
    all.display.raw('text/vnd.custom', 'as it is');
    const place = all.newDisplay();
    place.markdown('*one*');
    place.html('<b>two</b>');`);
  expect(content.traceback ?? []).toEqual([]);
  expect(outputs.map(output => (output as { data: unknown }).data)).toEqual([
    { 'image/png': 'iVBORw==', 'text/plain': '[image/png]' },
    { 'application/pdf': 'JVBERi0xLjQ=', 'text/plain': '[application/pdf]' },
    { 'application/json': { a: 1 }, 'text/plain': '{ a: 1 }' },
    { 'text/vnd.custom': 'as it is', 'text/plain': '[text/vnd.custom]' },
    { 'text/html': '<b>two</b>', 'text/plain': 'two' },
  ]);
});
