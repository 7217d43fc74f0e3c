import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LearnableError } from '../../src/core/index.ts';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';
import { KINDS, sampleInput } from './kinds.ts';

let tensors = 0;
let folder = '';
beforeEach(() => {
  tensors = tf.memory().numTensors;
  folder = mkdtempSync(path.join(tmpdir(), 'learnable-models-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  expect(tf.memory().numTensors).toBe(tensors);
});

const predictions = (model: tf.LayersModel, config: models.ModelConfig) =>
  tf.tidy(() => [...(model.predict(sampleInput(config)) as tf.Tensor).dataSync()]);

test.each(KINDS)('%s: a loaded model predicts what the saved one did, to the last bit', async (_, config) => {
  const model = models.create({ ...config, seed: 4 });
  // As after some steps of training: with draws, and with running averages that moved.
  tf.tidy(() => void model.apply(sampleInput(config), { training: true }));
  await models.save(model, folder);
  const loaded = await models.load(folder);
  expect(predictions(loaded, config)).toEqual(predictions(model, config));
  expect(models.summary(loaded)).toEqual(models.summary(model));
  const step = (one: tf.LayersModel) =>
    tf.tidy(() => [...(one.apply(sampleInput(config), { training: true }) as tf.Tensor).dataSync()]);
  expect(step(loaded)).toEqual(step(model)); // the same dropout comes next
  model.dispose();
  loaded.dispose();
});

test('the files are those of tfjs: its own reader takes them', async () => {
  const model = models.mlp({ inputs: 5, hidden: [4], seed: 1 });
  await models.save(model, path.join(folder, 'a', 'b'));
  expect(readdirSync(path.join(folder, 'a', 'b')).sort()).toEqual(['model.json', 'weights.bin']);
  const read = (name: string) => readFileSync(path.join(folder, 'a', 'b', name));
  const json = JSON.parse(read('model.json').toString()) as tf.io.ModelJSON;
  expect(json).toMatchObject({ format: 'layers-model', weightsManifest: [{ paths: ['weights.bin'] }] });
  const bytes = new Uint8Array(read('weights.bin'));
  const artifacts = await tf.io.getModelArtifactsForJSON(json, async manifest => [
    manifest.flatMap(({ weights }) => weights),
    bytes.buffer,
  ]);
  const stock = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  const config = { kind: 'mlp', inputs: 5, hidden: [4] } as const;
  expect(predictions(stock, config)).toEqual(predictions(model, config));
  model.dispose();
  stock.dispose();
});

test('a model that is there is replaced, other files stay, and what users noted is kept', async () => {
  const [first, second] = [1, 2].map(seed => models.mlp({ inputs: 5, hidden: [4], seed }));
  const config = { kind: 'mlp', inputs: 5, hidden: [4] } as const;
  writeFileSync(path.join(folder, 'notes.txt'), 'mine');
  second!.setUserDefinedMetadata({ about: 'the second' });
  for (const model of [first!, second!, first!, second!]) {
    await models.save(model, folder);
    const loaded = await models.load(folder);
    expect(predictions(loaded, config)).toEqual(predictions(model, config));
    expect(loaded.getUserDefinedMetadata()).toEqual(model.getUserDefinedMetadata());
    loaded.dispose();
    expect(readdirSync(folder).length).toBe(3);
  }
  expect(readFileSync(path.join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  first!.dispose();
  second!.dispose();
});

test('weights that were written without their model.json leave the old model whole', async () => {
  const model = models.mlp({ inputs: 5, hidden: [4], seed: 1 });
  await models.save(model, folder);
  // What is on the disk when a save ends half-way.
  writeFileSync(path.join(folder, 'weights-2.bin'), new Uint8Array(100));
  const loaded = await models.load(folder);
  expect(loaded.countParams()).toBe(model.countParams());
  model.dispose();
  loaded.dispose();
});

describe('what cannot be loaded says why', () => {
  const errorOf = async (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('nothing was thrown'),
      (error: LearnableError) => error,
    );
  const saved = async () => {
    const model = models.mlp({ inputs: 5, hidden: [4], dropout: 0.1, seed: 1 });
    await models.save(model, folder);
    model.dispose();
  };
  const change = (name: string, edit: (bytes: Buffer) => Buffer | string) => {
    const file = path.join(folder, name);
    writeFileSync(file, edit(readFileSync(file)));
  };

  test('no model', async () => {
    const error = await errorOf(models.load(folder));
    expect(error.message).toBe(`models.load('${folder}'): there is no ${path.join(folder, 'model.json')}.`);
    expect(error.hint).toBe('Give the folder that models.save(model, folder) wrote.');
  });

  test.each<[string, string, (bytes: Buffer) => Buffer | string]>([
    ['its weights were changed', 'weights.bin', bytes => Buffer.from(bytes).fill(1, 8, 9)],
    ['its weights were changed', 'weights.bin', bytes => bytes.subarray(0, 50)],
    ['model.json is no JSON', 'model.json', bytes => bytes.subarray(0, 200)],
    ['model.json describes no model of layers', 'model.json', () => '{"a": 1}'],
    [
      'its weights are 116 bytes, and should be 136',
      'model.json',
      bytes =>
        bytes
          .toString()
          .replace(/\[\s*5,\s*4\s*\]/, '[5, 5]')
          .replace('"sha256"', '"other"'),
    ],
  ])('%s', async (how, name, edit) => {
    await saved();
    change(name, edit);
    const error = await errorOf(models.load(folder));
    expect(error.message).toBe(`models.load('${folder}'): the model is damaged: ${how}.`);
    expect(error.hint).toBe('Save it again, or restore the folder from a copy.');
  });

  test('a file of weights that is gone', async () => {
    await saved();
    rmSync(path.join(folder, 'weights.bin'));
    expect((await errorOf(models.load(folder))).message).toContain('the model is damaged: weights.bin is missing.');
  });

  test('a layer that nobody registered, and a graph model', async () => {
    await saved();
    change('model.json', bytes => bytes.toString().replace('SeededDropout', 'MyLayer'));
    const error = await errorOf(models.load(folder));
    expect(error.message).toBe(`models.load('${folder}'): nobody has told tfjs what a 'MyLayer' is.`);
    expect(error.hint).toBe('Run the code of that class first, with tf.serialization.registerClass(MyLayer).');
    change('model.json', bytes => bytes.toString().replace('layers-model', 'graph-model'));
    expect((await errorOf(models.load(folder))).message).toContain(
      'this is a graph model, whose layers are not known.',
    );
  });

  test('no model, no folder', async () => {
    await expect(models.save({} as never, folder)).rejects.toThrow(
      'models.save(model): expected a tfjs layers model, received an empty object.',
    );
    await expect(models.load(3 as never)).rejects.toThrow(
      "expected the name of a folder, such as 'saved/first', received 3.",
    );
  });
});
