import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test } from 'vitest';
import { LearnableError } from '../../src/core/index.ts';
import { benchmark } from '../../src/engine/benchmark.ts';
import { choose, type Parts } from '../../src/engine/choose.ts';
import { ready, report } from '../../src/engine/index.ts';

const root = new URL('../../', import.meta.url);
afterEach(() => {
  tf.setBackend('wasm');
});

describe('choose', () => {
  // The stand-in for the native backend is tfjs's own cpu backend under the native name.
  const native = (times: Record<string, number>): Parts => ({
    registerWasm: () => ['A'],
    loadNative: () => {
      if (!tf.findBackend('tensorflow')) tf.registerBackend('tensorflow', () => tf.findBackend('cpu'), 0);
      return { loaded: true };
    },
    benchmark: backend => times[backend]!,
  });
  const absent: Parts = {
    registerWasm: () => ['A'],
    loadNative: () => ({ loaded: false, reason: 'tfjs-node is not here' }),
    benchmark,
  };
  const broken = {
    registerWasm: () => {
      throw new Error('no file');
    },
  };

  test('auto takes wasm, and tfjs-node only where it is faster', () => {
    expect(choose('', absent)).toMatchObject({
      engine: 'wasm',
      requested: 'auto',
      reason: 'the fastest here; tfjs-node is not here',
      addedKernels: ['A'],
    });
    expect(tf.getBackend()).toBe('wasm');
    expect(choose('auto', native({ wasm: 2, tensorflow: 3 })).engine).toBe('wasm');
    expect(tf.getBackend()).toBe('wasm');
    expect(choose('auto', native({ wasm: 2, tensorflow: 1 }))).toMatchObject({
      engine: 'tfjs-node',
      reason: 'the fastest here: 2.00 ms a step on wasm, 1.00 ms on tfjs-node',
      addedKernels: [],
    });
    expect(tf.getBackend()).toBe('tensorflow');
  });

  test('what is asked for is taken', () => {
    expect(choose('cpu', absent)).toMatchObject({ engine: 'cpu', reason: 'LEARNABLE_ENGINE asks for it' });
    expect(tf.getBackend()).toBe('cpu');
    expect(choose('wasm', native({})).engine).toBe('wasm');
    expect(choose('tfjs-node', native({})).engine).toBe('tfjs-node');
  });

  test('without wasm, auto still computes and says why', () => {
    expect(choose('auto', { ...absent, ...broken })).toMatchObject({
      engine: 'cpu',
      reason: 'wasm does not start (no file), and tfjs-node is not here',
    });
    expect(choose('auto', { ...native({}), ...broken }).engine).toBe('tfjs-node');
  });

  test.each([
    ['gpu', absent, "LEARNABLE_ENGINE: expected one of 'auto', 'wasm', 'cpu', 'tfjs-node', received 'gpu'."],
    ['tfjs-node', absent, 'LEARNABLE_ENGINE asks for tfjs-node: tfjs-node is not here.'],
    ['wasm', { ...absent, ...broken }, 'The wasm engine does not start: no file'],
  ])('%s that cannot be had is an error', (wish, parts, message) => {
    expect(() => choose(wish, parts)).toThrow(LearnableError);
    expect(() => choose(wish, parts)).toThrow(message);
  });
});

test('the engine is ready at import, and the report is a copy', async () => {
  expect(tf.getBackend()).toBe('wasm');
  const told = await ready();
  expect(told).toMatchObject({ engine: 'wasm', versions: { tfjs: '4.22.0', node: process.versions.node } });
  told.engine = 'cpu';
  expect(report().engine).toBe('wasm');
});

test('the benchmark measures a backend and gives back the one before', () => {
  const tensors = tf.memory().numTensors;
  tf.setBackend('cpu');
  expect(benchmark('wasm')).toBeGreaterThan(0);
  expect(tf.getBackend()).toBe('cpu');
  expect(tf.memory().numTensors).toBe(tensors);
});

test('no listener of ours or Emscripten ends the process at an uncaught error', () => {
  const script = `await import('@tensorflow/tfjs');
    const before = process.listenerCount('uncaughtException');
    await import(${JSON.stringify(new URL('dist/engine/index.js', root).href)});
    console.log(process.listenerCount('uncaughtException') - before);`;
  expect(node(script)).toEqual({ stdout: '0\n', stderr: '' });
});

describe('one tfjs', () => {
  test('import, require and the library hand out the same tensors, registry and engine', () => {
    const required = createRequire(import.meta.url)('@tensorflow/tfjs') as typeof tf;
    expect(required.tensor).toBe(tf.tensor);
    expect(required.engine()).toBe(tf.engine());
  });

  test('danfojs computes on it', () => {
    const danfo = createRequire(import.meta.url)('danfojs-node') as { tensorflow: typeof tf };
    expect(danfo.tensorflow.tensor).toBe(tf.tensor);
    expect(tf.getBackend()).toBe('wasm');
  });

  const standIn = (file: string) => JSON.stringify(new URL(`packages/tfjs-node/${file}`, root).href);

  test('@tensorflow/tfjs-node is that tfjs too, ready at import and without the banner', () => {
    const script = `import * as tf from ${standIn('index.mjs')};
      const backend = tf.getBackend();
      const sum = tf.tensor([1, 2]).add(1).dataSync();
      tf.setBackend('cpu'); tf.ones([2]).dataSync();
      const library = await import(${JSON.stringify(new URL('dist/index.js', root).href)});
      console.log(backend, [...sum], tf.tensor === library.tf.tensor, tf.default.tensor === tf.tensor);`;
    expect(node(script)).toEqual({ stdout: 'wasm [ 2, 3 ] true true\n', stderr: '' });
  });

  test('required before the library, it is the same instance', () => {
    const script = `import { createRequire } from 'node:module';
      const tf = createRequire(import.meta.url)(${JSON.stringify(fileURLToPath(new URL('packages/tfjs-node/index.cjs', root)))});
      const library = await import(${JSON.stringify(new URL('dist/index.js', root).href)});
      console.log(tf.getBackend(), tf.tensor === library.tf.tensor, library.engine.report().engine);`;
    expect(node(script).stdout).toBe('wasm true wasm\n');
  });
});

/** Runs a module in a process of its own, on the built package. */
function node(script: string): { stdout: string; stderr: string } {
  if (!existsSync(new URL('dist/index.js', root))) throw new Error('Run `npm run build` before this test.');
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, LEARNABLE_ENGINE: '' },
  });
  return { stdout, stderr };
}
