import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LearnableError } from '../../src/core/index.ts';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';
import { DamagedError, decode, encode } from '../../src/train/checkpoint/format.ts';
import * as train from '../../src/train/index.ts';
import { dispose, moons, weightsOf } from './support.ts';

let tensors = 0;
let folder = '';
beforeEach(() => {
  tensors = tf.memory().numTensors;
  folder = mkdtempSync(path.join(tmpdir(), 'learnable-run-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  tf.disposeVariables();
  expect(tf.memory().numTensors).toBe(tensors);
});

const build = () => models.mlp({ inputs: 2, hidden: [8], outputs: 2, task: 'classification', dropout: 0.3, seed: 1 });
const data = (() => {
  const made = moons(40, 1);
  const values = { x: made.x.arraySync(), y: made.y.arraySync() };
  dispose(made);
  return () => ({ x: tf.tensor2d(values.x), y: tf.tensor1d(values.y, 'int32') });
})();

const everything: train.FitOptions = {
  epochs: 6,
  batchSize: 8,
  seed: 3,
  validationSplit: 0.2,
  schedule: { kind: 'warm-up', epochs: 1, next: { kind: 'cosine' } },
  clip: { kind: 'norm', max: 1 },
  classWeights: [1, 2],
  earlyStopping: { patience: 4 },
};
const optimizers: train.OptimizerConfig[] = [
  { kind: 'sgd', learningRate: 0.1 },
  { kind: 'nesterov', learningRate: 0.05 },
  { kind: 'rmsprop', momentum: 0.3 },
  { kind: 'adam', learningRate: 0.02 },
  { kind: 'adamw', learningRate: 0.02 },
];

async function run(options: train.FitOptions, model = build()) {
  const part = data();
  const history = await train.fit(model, part, options);
  const { milliseconds: _, resumed, ...told } = history;
  dispose(part);
  return { told, resumed, weights: weightsOf(model) };
}

/** Stops after so many steps. */
function stopAfter(steps: number): Pick<train.FitOptions, 'callbacks'> {
  return { callbacks: [event => (event.kind === 'batch' && event.step === steps ? 'stop' : undefined)] };
}

describe('a run that was stopped goes on as if it had not, bit for bit', () => {
  test.each(optimizers)('$kind', async optimizer => {
    const options = { ...everything, optimizer };
    const whole = await run(options);
    const checkpoint = { folder };
    // In the middle of the second epoch, then at the end of the fourth, each time with a model built anew.
    const first = await run({ ...options, checkpoint, ...stopAfter(6) });
    expect(first.told.ended).toBe('callback');
    expect(first.weights).not.toEqual(whole.weights);
    const second = await run({ ...options, checkpoint, resume: true, ...stopAfter(16) });
    expect(second.resumed).toEqual({ epoch: 1, batch: 2 });
    const third = await run({ ...options, checkpoint, resume: true });
    expect(third.resumed).toEqual({ epoch: 3, batch: 4 });
    expect(third.weights).toEqual(whole.weights);
    expect(third.told).toEqual(whole.told);
  });

  test.each([
    [
      'a CNN with normalisation',
      { kind: 'cnn', inputs: [4, 4, 1], channels: [3], batchNorm: true, dropout: 0.2, seed: 1 },
    ],
    ['a variational autoencoder', { kind: 'vae', inputs: 6, hidden: [5], code: 2, seed: 1 }],
    ['a decoder', { kind: 'decoder', vocabulary: 5, length: 6, width: 8, heads: 2, blocks: 1, dropout: 0.2, seed: 1 }],
  ] as [string, models.ModelConfig][])('%s', async (_, config) => {
    const part = tf.tidy(() => {
      if (config.kind === 'decoder') return { x: tf.zeros([10, 6], 'int32'), y: tf.ones([10, 6], 'int32') };
      const x = tf.randomNormal(config.kind === 'cnn' ? [10, 4, 4, 1] : [10, 6], 0, 1, 'float32', 1);
      return { x, y: config.kind === 'cnn' ? tf.ones([10]) : x.clone() };
    });
    const options = { epochs: 4, batchSize: 4, seed: 1, validationSplit: 0.2, checkpoint: { folder }, resume: true };
    const [whole, broken, resumed] = [models.create(config), models.create(config), models.create(config)];
    await train.fit(whole, part, { ...options, checkpoint: undefined, resume: false });
    await train.fit(broken, part, { ...options, ...stopAfter(3) });
    await train.fit(resumed, part, options);
    expect(weightsOf(resumed)).toEqual(weightsOf(whole));
    dispose(part);
  });

  test('after the stop button, in the middle of an epoch', async () => {
    const stop = new AbortController();
    const callbacks = [(event: train.TrainEvent) => event.kind === 'batch' && event.step === 7 && stop.abort()];
    const stopped = await run({ ...everything, checkpoint: { folder }, signal: stop.signal, callbacks });
    expect(stopped.told).toMatchObject({ stopped: true, ended: 'stopped' });
    const resumed = await run({ ...everything, checkpoint: { folder }, resume: true });
    expect(resumed.resumed).toEqual({ epoch: 1, batch: 3 });
    expect(resumed.weights).toEqual((await run(everything)).weights);
  });

  test('a process that was killed loses only what came after the last checkpoint', async () => {
    const files: Buffer[] = [];
    const read = () => readFileSync(path.join(folder, 'checkpoint.safetensors'));
    const options = { ...everything, checkpoint: { folder, every: 3, unit: 'batch' } } as const;
    const whole = await run({
      ...options,
      callbacks: [
        event => void (event.kind === 'batch' && event.step % 3 === 1 && event.step > 1 && files.push(read())),
      ],
    });
    expect(files.length).toBe(6);
    for (const bytes of files.slice(0, 3)) {
      writeFileSync(path.join(folder, 'checkpoint.safetensors'), bytes);
      const resumed = await run({ ...options, resume: true });
      expect(resumed.weights).toEqual(whole.weights);
      expect(resumed.told).toEqual(whole.told);
    }
    expect(readdirSync(folder)).toEqual(['checkpoint.safetensors']);
  });
});

describe('resume', () => {
  test('without a checkpoint starts anew; at the end it gives the trained model at once; more epochs go on', async () => {
    const options = { ...everything, schedule: undefined, checkpoint: { folder }, resume: true };
    const first = await run({ ...options, epochs: 2 });
    expect(first.resumed).toBeUndefined();
    const again = await run({ ...options, epochs: 2 });
    expect(again.resumed).toEqual({ epoch: 2, batch: 0 });
    expect(again.weights).toEqual(first.weights);
    expect(again.told).toEqual(first.told);
    const longer = await run({ ...options, epochs: 5 });
    expect(longer.told.epochs.length).toBe(5);
    expect(longer.weights).toEqual(
      (await run({ ...options, checkpoint: undefined, resume: false, epochs: 5 })).weights,
    );
  });

  test('of a run that stopped early gives its best weights again, and trains no more', async () => {
    const options: train.FitOptions = {
      ...everything,
      epochs: 60,
      schedule: undefined,
      optimizer: { kind: 'adam', learningRate: 0.1 },
      earlyStopping: { patience: 3 },
      checkpoint: { folder },
    };
    const first = await run(options);
    expect(first.told.ended).toBe('early-stopping');
    const again = await run({ ...options, resume: true });
    expect(again.told).toEqual(first.told);
    expect(again.weights).toEqual(first.weights);
  });

  test('takes the seed of the checkpoint where none is given', async () => {
    const options = { ...everything, seed: undefined, checkpoint: { folder } };
    const first = await run({ ...options, ...stopAfter(6) });
    const second = await run({ ...options, resume: true });
    expect(second.told.seed).toBe(first.told.seed);
    expect(second.weights).toEqual((await run({ ...everything, seed: first.told.seed })).weights);
  });
});

describe('a checkpoint that does not belong here is refused', () => {
  const errorOf = async (options: train.FitOptions, model?: tf.LayersModel) => {
    const part = data();
    const error = await train.fit(model ?? build(), part, options).then(
      () => expect.fail('nothing was thrown'),
      (thrown: LearnableError) => thrown,
    );
    dispose(part);
    return error;
  };
  const file = () => path.join(folder, 'checkpoint.safetensors');
  const options = () => ({ ...everything, checkpoint: { folder }, resume: true });

  test.each<[string, train.FitOptions]>([
    ['Its batchSize: 8; here: 16.', { batchSize: 16 }],
    ['Its seed: 3; here: 4.', { seed: 4 }],
    ['Its optimizer: {"kind":"adam"}; here: {"kind":"sgd"}.', { optimizer: { kind: 'sgd' } }],
    ['Its schedule: {"kind":"warm-up","epochs":1,"next":{"kind":"cosine"}}; here: none.', { schedule: undefined }],
  ])('%s', async (message, change) => {
    await run({ ...everything, checkpoint: { folder }, ...stopAfter(2) });
    const error = await errorOf({ ...options(), ...change });
    expect(error.message).toBe(`train.fit({ resume }): the checkpoint ${file()} is of another run. ${message}`);
    expect(error.hint).toBe('Give the same model, data and options as then, or another folder.');
  });

  test('of another model, of other data', async () => {
    await run({ ...everything, checkpoint: { folder }, ...stopAfter(2) });
    const wider = models.mlp({ inputs: 2, hidden: [9], outputs: 2, task: 'classification', seed: 1 });
    const before = weightsOf(wider);
    expect((await errorOf(options(), wider)).message).toContain('Its weights: hidden1/kernel [2, 8], hidden1/bias [8]');
    expect(weightsOf(wider)).toEqual(before);
    const other = moons(40, 2);
    await expect(train.fit(build(), other, options())).rejects.toThrow('is of another run. Its data: 32 rows ');
    dispose(other);
  });

  test.each<[string, (bytes: Buffer) => Uint8Array]>([
    ['its content is not what was written', bytes => Buffer.from(bytes).fill(7, bytes.length - 3)],
    ['its content is not what was written', bytes => bytes.subarray(0, bytes.length - 5)],
    ['it ends too early', bytes => bytes.subarray(0, 100)],
    ['it is 3 bytes long', bytes => bytes.subarray(0, 3)],
    ['its header cannot be read', bytes => Buffer.from(bytes).fill(0x7b, 8, 40)],
    ['it holds no state of a run', () => encodeHeader('{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}')],
    ['it was written by another version of learnable (99)', () => encode({ state: { version: 99 }, tensors: {} })],
  ])('%s', async (message, damage) => {
    await run({ ...everything, checkpoint: { folder }, ...stopAfter(2) });
    writeFileSync(file(), damage(readFileSync(file())));
    const error = await errorOf(options());
    expect(error.message).toBe(`train.fit({ resume }): the checkpoint ${file()} cannot be used: ${message}.`);
    expect(error.hint).toBe('Delete it to train from the beginning.');
  });

  test.each<[train.FitOptions, string]>([
    [{ resume: true }, 'train.fit({ resume: true }): there is no folder to resume from.'],
    [{ checkpoint: { folder: '' } }, "train.fit({ checkpoint }).folder: expected the name of a folder, received ''."],
    [
      { checkpoint: { folder: 'a', every: 0 } },
      'train.fit({ checkpoint }).every: expected a whole number from 1, received 0.',
    ],
  ])('%j', async (wrong, message) => {
    expect((await errorOf(wrong)).message).toBe(message);
  });

  test('an optimiser of tfjs, whose state nobody can keep', async () => {
    const error = await errorOf({ checkpoint: { folder }, optimizer: tf.train.sgd(0.1) });
    expect(error.message).toBe('train.fit({ checkpoint }): the state of an optimiser of tfjs cannot be kept.');
    tensors++; // of the optimiser
  });
});

function encodeHeader(text: string): Uint8Array {
  const bytes = new Uint8Array(8 + text.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(Buffer.from(text), 8);
  return bytes;
}

describe('the format', () => {
  const contents = {
    state: { epoch: 3, text: 'ä' },
    tensors: { a: Float32Array.of(1.5, -2), 'b/c': new Float32Array(0) },
  };

  test('gives back what was put in, and is that of safetensors', () => {
    const bytes = encode(contents);
    expect(decode(bytes)).toEqual(contents);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect((8 + length) % 8).toBe(0);
    const header = JSON.parse(Buffer.from(bytes.slice(8, 8 + length)).toString());
    expect(header.a).toEqual({ dtype: 'F32', shape: [2], data_offsets: [0, 8] });
    expect([...new Float32Array(bytes.slice(8 + length, 16 + length).buffer)]).toEqual([1.5, -2]);
  });

  test('every changed byte is noticed', () => {
    const bytes = encode(contents);
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice();
      changed[i] = changed[i]! ^ 1;
      let result: unknown;
      try {
        result = decode(changed);
      } catch (error) {
        expect(error).toBeInstanceOf(DamagedError);
        continue;
      }
      expect(result).toEqual(contents); // a space of the padding
    }
  });
});
