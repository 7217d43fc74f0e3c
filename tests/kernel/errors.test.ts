import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KernelProcess, startKernel } from '../../src/kernel/client/index.ts';

async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

describe('errors', () => {
  let kernel: KernelProcess;
  let folder: string;
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'errors-')));
    await writeFiles(folder, {
      'node_modules/pack/package.json': '{ "name": "pack", "type": "module", "main": "index.js" }',
      'node_modules/pack/index.js':
        'export function each(list, f) { return list.map(f); }\nexport function fail() { throw new RangeError("from the package"); }',
      'compiled.ts':
        'interface Gone {\n  a: number;\n}\n// a comment\n\nexport enum Kind { One }\nexport function fail(value?: Gone): number {\n  return value!.a;\n}',
      'imports-bad.ts': "import './bad-name.ts';\nimport './bad.ts';",
      'bad.ts': 'const fine = 1;\nexport const b = ;',
      'bad.json': '{ "a": 1,\n  "b": }',
      'bad-name.ts': 'export const fine: number = 1;',
      'imports-missing-name.ts': "import { fine, missing } from './bad-name.ts'; fine; missing;",
      'imports-absent.ts': "import 'absent';",
    });
    kernel = await startKernel({ cwd: folder });
  });
  afterAll(async () => {
    await kernel?.shutdown();
    await rm(folder, { recursive: true, force: true });
  });

  async function errorOf(code: string) {
    const { content } = await kernel.execute(`// @nocheck\n${code}`);
    const traceback = (content.traceback as string[]).map(stripVTControlCharacters).join('\n');
    return { ename: content.ename, evalue: content.evalue, traceback };
  }

  it('show the cell, the line, a caret and only the frames of the learner', async () => {
    const { executionCount } = await kernel.execute('// @nocheck\nfunction half(n) {\n  return n.missing.half;\n}');
    const { ename, traceback } = await errorOf('half(3);');
    expect(ename).toBe('TypeError');
    expect(traceback).toContain(`Cell In[${executionCount}], line 3, in half`);
    expect(traceback).toContain('> 3 │   return n.missing.half;\n    │                    ^');
    expect(traceback).toContain(`Cell In[${executionCount! + 1}], line 2`);
    expect(traceback).not.toContain('node:');
    expect(traceback).not.toContain('dist/');
  });

  it('show hints, causes and inner errors', async () => {
    const { traceback } = await errorOf(`
      const cause = Object.assign(new RangeError('too far'), { hint: 'Stay near.' });
      throw new AggregateError([new Error('one'), new Error('two')], 'both', { cause });`);
    expect(traceback).toContain('AggregateError: both');
    expect(traceback).toMatch(/1 of 2:[\s\S]*Error: one[\s\S]*2 of 2:[\s\S]*Error: two/);
    expect(traceback).toMatch(/Caused by:[\s\S]*RangeError: too far\nHint: Stay near\./);
  });

  it('say what to do when memory cannot be had', async () => {
    const { ename, traceback } = await errorOf('const all = []; for (;;) all.push(new ArrayBuffer(2 ** 42))');
    expect(ename).toBe('RangeError');
    expect(traceback).toMatch(/Array buffer allocation failed\nHint: The memory is used up\. .*tensor\.dispose\(\)\.$/);
  });

  it('survive a cause that leads back, and getters that throw', async () => {
    const circle = await errorOf('const e = new Error("round"); e.cause = e; throw e');
    expect(circle.traceback.match(/Error: round/g)).toHaveLength(1);
    const hostile = await errorOf(
      'const e = new Error("m"); Object.defineProperty(e, "stack", { get() { throw 1 } }); throw e',
    );
    expect(hostile).toMatchObject({ ename: 'Error', evalue: 'm' });
  });

  it('fold a deep recursion', async () => {
    const { ename, traceback } = await errorOf('function down() { return down() + 1 }\ndown()');
    expect(ename).toBe('RangeError');
    expect(traceback.split('\n').length).toBeLessThan(30);
    expect(traceback).toMatch(/the same at least \d+ more times/);
  });

  it('show a line once, whatever it calls itself', async () => {
    const { traceback } = await errorOf('[1].map(() => [2].map(() => { throw new Error("deep") }));');
    expect(traceback.match(/line 2/g)).toHaveLength(1);
    expect(traceback).not.toContain('more times');
  });

  it('name what was thrown when it is no error', async () => {
    expect(await errorOf('throw { reason: 7 }')).toMatchObject({ ename: 'Thrown', evalue: '{ reason: 7 }' });
  });

  it('point at the place of a syntax error, and run nothing of the cell', async () => {
    const { ename, traceback } = await errorOf('console.log("ran");\nconst = 5;');
    expect(ename).toBe('SyntaxError');
    expect(traceback).toContain('> 3 │ const = 5;\n    │       ^');
  });

  it('keep columns exact where types were erased', async () => {
    const { traceback } = await errorOf('const n: number | undefined = (undefined as any).x;');
    expect(traceback).toContain(
      '> 2 │ const n: number | undefined = (undefined as any).x;\n    │                                                  ^',
    );
  });

  it('fold what lies in packages into one line', async () => {
    const { traceback } = await errorOf("import { each } from 'pack';\nconst own = n => n.x.y;\neach([1], own);");
    expect(traceback).toMatch(/line 3, in own\n(?:.*\n)+\nCell In\[\d+\], line 4\n.*\n> 4 │ each.*\n/);
    expect(traceback).toContain('  which called, by way of pack, the above');
    expect(traceback).not.toContain('node_modules');
    const thrown = await errorOf("import { fail } from 'pack';\nfail();");
    expect(thrown.traceback).toMatch(
      /> 3 │ fail\(\);\n +│ \^\n {2}it was thrown within pack\n\nRangeError: from the package/,
    );
  });

  it('name async functions as they are written', async () => {
    const { traceback } = await errorOf(
      'async function inner() { await null; throw new Error("late"); }\nasync function outer() { await inner(); }\nawait outer();',
    );
    expect(traceback).toMatch(/line 2, in inner\n[\s\S]*line 3, in outer\n[\s\S]*line 4\n/);
  });

  it('show both errors where disposing fails after an error', async () => {
    const { traceback } = await errorOf(
      'using r = { [Symbol.dispose]() { throw new Error("at the end"); } };\nthrow new Error("first");',
    );
    expect(traceback).toMatch(
      /SuppressedError\n\nThrown while the other one was on its way:\n.*, in \[Symbol\.dispose\]/,
    );
    expect(traceback).toMatch(/Error: at the end\n\nThe other one:\n[\s\S]*Error: first$/);
    expect(traceback).not.toContain('oxc');
  });

  it('say what stands beside the message, once', async () => {
    const { traceback } = await errorOf(
      'throw Object.assign(new Error("the answer was 404"), { status: 404, url: "/x", body: { a: 1 } });',
    );
    expect(traceback).toMatch(/Error: the answer was 404\nurl: '\/x'$/);
  });

  it('bound a message of any length', async () => {
    const { evalue, traceback } = await errorOf('throw new Error("x".repeat(1_000_000))');
    expect(evalue).toMatch(/^x{8000}… 992,000 more characters$/);
    expect(traceback.length).toBeLessThan(10_000);
  });

  it('show a cause that is a plain value once, and the place of a cause only where it is another', async () => {
    const plain = await errorOf('throw new Error("outer", { cause: "text" });');
    expect(plain.traceback).toMatch(/Error: outer\n\nCaused by: 'text'$/);
    const near = await errorOf('throw new Error("outer", { cause: new Error("inner") });');
    expect(near.traceback).toMatch(/Error: outer\n\nCaused by:\nError: inner$/);
    const far = await errorOf('const cause = new Error("inner");\nthrow new Error("outer", { cause });');
    expect(far.traceback).toMatch(/Error: outer\n\nCaused by:\nCell In\[\d+\], line 2\n/);
  });

  it('read whatever was thrown: a revoked proxy, too', async () => {
    const { ename, evalue } = await errorOf('const r = Proxy.revocable({}, {}); r.revoke(); throw r.proxy;');
    expect({ ename, evalue }).toEqual({ ename: 'Thrown', evalue: '<Revoked Proxy>' });
  });

  it('name places in code that the cell made', async () => {
    const { traceback } = await errorOf('eval("function inside() {\\n  null.x;\\n}\\n[1].map(inside)");');
    expect(traceback).toContain('Code made by eval or new Function, line 2, column 8, in inside');
    expect(traceback).toContain('> 2 │ eval(');
  });

  it('name places in local files as they are written, compiled or not', async () => {
    const { traceback } = await errorOf("import { fail } from './compiled.ts';\nfail();");
    expect(traceback).toContain('compiled.ts, line 8, in fail\n');
    expect(traceback).toContain('> 8 │   return value!.a;\n    │                 ^');
    const { outputs } = await kernel.execute(
      '// @nocheck\ntry { fail() } catch (error) { console.log(error.stack.split("\\n")[1]) }',
    );
    expect(outputs).toMatchObject([{ text: `    at fail (${join(folder, 'compiled.ts')}:8:17)\n` }]);
  });

  it('have stacks without the kernel, with the places of the source', async () => {
    const { outputs, executionCount } = await kernel.execute(
      'const grow = (n: number): string => [n].map(() => new Error("printed").stack!)[0]!;\nconsole.log(grow(1))',
    );
    const [printed] = outputs as { text: string }[];
    expect(printed!.text.trimEnd().split('\n')).toEqual([
      'Error: printed',
      `    at Cell In[${executionCount}]:1:51`,
      '    at Array.map (<anonymous>)',
      `    at grow (Cell In[${executionCount}]:1:41)`,
      `    at Cell In[${executionCount}]:2:13`,
    ]);
  });

  it('show where something without a place was awaited', async () => {
    const text = await errorOf('await Promise.reject("text");');
    expect(text.traceback).toMatch(/^Cell In\[\d+\], line 2\n/);
    const all = await errorOf('const go = async () => {\n  return await Promise.any([]);\n};\nawait go();');
    expect(all.traceback).toContain('> 3 │   return await Promise.any([]);\n    │          ^');
  });

  it("show hints of the library's errors", async () => {
    const { traceback } = await errorOf("import { metrics } from 'learnable';\nmetrics.r2([1, 1], [1, 1]);");
    expect(traceback).toMatch(/LearnableError: .*\nHint: There is no variance to explain: use meanSquaredError\.$/);
    expect(traceback).toContain('> 3 │ metrics.r2([1, 1], [1, 1]);\n    │         ^');
  });

  describe('of imports', () => {
    it('point into the file that is no TypeScript, however far behind the import', async () => {
      const { ename, evalue, traceback } = await errorOf("import './imports-bad.ts';");
      expect({ ename, evalue }).toEqual({ ename: 'SyntaxError', evalue: "';' is not expected here." });
      expect(traceback).toContain(
        'bad.ts, line 2\n  1 │ const fine = 1;\n> 2 │ export const b = ;\n    │                  ^\n',
      );
      expect(traceback).toContain("> 2 │ import './imports-bad.ts';\n    │        ^");
    });

    it('point into the JSON that is none', async () => {
      const { evalue, traceback } = await errorOf("import bad from './bad.json';\nbad;");
      expect(evalue).toContain('in JSON');
      expect(traceback).toContain('> 2 │   "b": }\n    │        ^');
    });

    it('point to the import of a name that a file does not export', async () => {
      const { traceback } = await errorOf("await import('./imports-missing-name.ts');");
      expect(traceback).toContain(
        "> 1 │ import { fine, missing } from './bad-name.ts'; fine; missing;\n    │                ^",
      );
      expect(traceback).toContain(
        "SyntaxError: The requested module './bad-name.ts' does not provide an export named 'missing'",
      );
    });

    it('name the package that is missing, and who imports it', async () => {
      const own = await errorOf("const a = 1;\nimport {\n  x,\n} from 'absent/deep';\nx;");
      expect(own.evalue).toBe(
        `Cannot find package 'absent/deep' from ${folder}. Install it in the notebook's folder: npm install absent`,
      );
      expect(own.traceback).toContain("> 5 │ } from 'absent/deep';\n    │        ^");
      expect(own.traceback).not.toContain('Caused by');
      const other = await errorOf("import './imports-absent.ts';");
      expect(other.evalue).toMatch(/^Cannot find package 'absent', which imports-absent\.ts imports\. Install it/);
      expect(other.traceback).toContain("> 1 │ import 'absent';\n    │        ^");
      expect((await errorOf("require('absent');")).evalue).toMatch(
        /^Cannot find package 'absent' from .* npm install absent$/,
      );
      expect((await errorOf("import x from 'pack/part';\nx;")).evalue).toMatch(
        /The package pack is there, but has no such part\.$/,
      );
    });

    it('guess the file that was meant', async () => {
      const { evalue } = await errorOf("await import('./bad-nam.ts');");
      expect(evalue).toBe(`Cannot find file './bad-nam.ts' from ${folder}. Did you mean './bad-name.ts'?`);
    });
  });
});
