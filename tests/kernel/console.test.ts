import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KernelProcess, startKernel } from '../../src/kernel/client/index.ts';

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await startKernel({ cwd: import.meta.dirname });
});
afterAll(async () => {
  await kernel?.shutdown();
});

async function printedBy(code: string): Promise<{ stdout: string; stderr: string }> {
  const printed = { stdout: '', stderr: '' };
  const { status, outputs } = await kernel.execute(`// @nocheck\n${code}`);
  for (const output of outputs) {
    if (output.output_type === 'stream') printed[output.name as 'stdout'] += String(output.text);
  }
  expect(status, JSON.stringify(outputs)).toBe('ok');
  return printed;
}

/** Prints the same in a cell and in Node itself. */
const AS_IN_NODE: Record<string, string> = {
  'values of all kinds': `console.log('text', 1, 2n, -0, null, undefined, true, Symbol('s'), { a: { b: { c: { d: 1 } } } }, [1, [2, [3, [4]]]]);
    console.log(new Map([['k', { v: 1 }]]), new Set([1]), new Date(0), /x/g, [, 1], class A {}, () => {}, new Uint8Array(3));
    console.log(Array.from({ length: 200 }, (_, i) => i)); console.log(); console.log('a\\nb');`,
  formats: `console.log('%s is %d years and %i, %f, %j %o %O %c%% %x', 'Ada', 36.5, 36.5, '1.5', { a: 1 }, { f() {} }, { a: { b: { c: {} } } }, 'color: red');
    console.log('%s %s', 'one'); console.log('%d', '12px', 'more'); console.error('%s', { toString: () => 'own' });`,
  'which stream': `console.log('log'); console.info('info'); console.debug('debug'); console.dirxml({ a: 1 }); console.warn('warn'); console.error('error');`,
  groups: `console.group('outer', 1); console.log('in\\nside'); console.group(); console.warn('deep'); console.table([{ a: 1 }]); console.groupEnd();
    console.groupCollapsed('closed'); console.dir({ a: 1 }); console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log('out');`,
  counts: `console.count(); console.count(); console.count('x'); console.countReset(); console.count();`,
  assertions: `console.assert(true, 'no'); console.assert(false); console.assert(0, 'not %s', 'true'); console.assert(null, { a: 1 });`,
  dir: `const deep = { a: { b: { c: { d: {} } } } }; console.dir(deep); console.dir(deep, { depth: 0 }); console.dir(deep, { depth: null, compact: false }); console.dir('text'); console.dir([1], { colors: true });`,
  tables: `console.table([{ a: 1, b: 'x' }, { a: 2, c: null }]); console.table([[1, 2], [3]]); console.table(new Map([['k', 1]])); console.table(new Set([1]));
    console.table([{ a: 1, b: 2 }], ['b']); console.table('no table'); console.table([1, 'two']); console.table({ x: { v: 1 }, y: 2 }); console.table([]);`,
  'what only an inspector sees': `console.profile('p'); console.profileEnd('p'); console.timeStamp('t'); console.log(typeof console.Console, typeof console.context);`,
  'the streams themselves': `process.stdout.write('no '); process.stdout.write(Buffer.from('break\\n')); process.stderr.write('err\\n'); new console.Console(process.stdout).log('made');`,
};

describe('console', () => {
  it.each(Object.entries(AS_IN_NODE))('%s: as in Node', async (_, code) => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(await printedBy(`{ ${code} }`)).toEqual({ stdout, stderr });
  });

  it('timers: as in Node, but for how long', async () => {
    const { stdout } =
      await printedBy(`console.time('t'); console.timeLog('t', 'so far', { a: 1 }); console.timeEnd('t');
      console.time(); console.timeEnd();`);
    const lines = stdout.replace(/\d+(\.\d+)?ms/g, '1ms');
    expect(lines).toBe('t: 1ms so far { a: 1 }\nt: 1ms\ndefault: 1ms\n');
  });

  it('a trace has the frames of the learner only', async () => {
    const { executionCount } = await kernel.execute(
      '// @nocheck\nfunction outer() { inner(); }\nfunction inner() { console.trace("where %s", "am I"); }',
    );
    const { stderr } = await printedBy('[1].forEach(() => outer());');
    const [first, next] = [executionCount!, executionCount! + 1];
    expect(stderr.replace(/ \(<anonymous>\)|:\d+$/gm, '')).toBe(
      `Trace: where am I\n    at inner (Cell In[${first}]:3:28)\n    at outer (Cell In[${first}]:2:20)\n    at Cell In[${next}]:2\n    at Array.forEach\n    at Cell In[${next}]:2\n`,
    );
  });

  it('warnings of Node come without its process number, and at their cell', async () => {
    const { stderr } =
      await printedBy(`console.timeEnd('never'); process.emitWarning('old', { type: 'DeprecationWarning', code: 'DEP1', detail: 'Use new.' });
      await new Promise(done => setTimeout(done, 10));`);
    expect(stderr).toBe(
      "Warning: No such label 'never' for console.timeEnd()\nDeprecationWarning DEP1: old\nUse new.\n",
    );
  });

  it('the advice of TensorFlow.js to install what is here already is replaced', async () => {
    const { stderr } = await printedBy(
      `console.warn('\\n============================\\nHi, looks like you are running TensorFlow.js in Node.js. To speed');`,
    );
    expect(stderr).toBe(
      "TensorFlow.js computes slowly here. With import { tf } from 'learnable' it is many times faster.\n",
    );
  });
});
