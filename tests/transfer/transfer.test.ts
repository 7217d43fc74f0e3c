import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, it } from 'vitest';
import '../../src/engine/index.ts';
import { random } from '../../src/core/index.ts';
import { cnn, mlp } from '../../src/models/index.ts';
import { evaluate, fit } from '../../src/train/index.ts';
import * as transfer from '../../src/transfer/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'learnable-transfer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const small = () => mlp({ inputs: 2, hidden: [8, 6], outputs: 3, task: 'classification', seed: 1 });
const numbers = (tensor: tf.Tensor) => [...tensor.dataSync()];
const weightsOf = (model: tf.LayersModel) => model.getWeights().map(numbers);

/** Clouds around a ring; `turned` shuffles which is which. */
function clouds(rows: number, seed: number, turned = 0) {
  const draw = random(seed);
  const labels = Array.from({ length: rows }, () => draw.integer(0, 3));
  const points = labels.map(label => [
    Math.cos(2.1 * label) + draw.normal(0, 0.2),
    Math.sin(2.1 * label) + draw.normal(0, 0.2),
  ]);
  return {
    x: tf.tensor2d(points),
    y: tf.tensor1d(
      labels.map(label => (label + turned) % 3),
      'int32',
    ),
  };
}

describe('cut', () => {
  it('gives the output of a layer, and computes with the model’s own weights', () => {
    const model = small();
    const backbone = transfer.cut(model, { layer: 'hidden1' });
    expect(backbone).toMatchObject({ input: [2], features: 8 });
    const [kernel, bias] = model.getWeights() as [tf.Tensor2D, tf.Tensor1D];
    const x = tf.tensor2d([
      [1, 2],
      [-1, 0.5],
    ]);
    const first = numbers(backbone.extract(x));
    expect(first).toEqual(numbers(x.matMul(kernel).add(bias).relu()));
    model.setWeights(model.getWeights().map(weight => weight.mul(2)));
    expect(numbers(backbone.extract(x))).toEqual(first.map(value => 2 * value));
  });

  it('averages maps over the picture', () => {
    const model = cnn({ inputs: [8, 8, 1], channels: [4], outputs: 3, task: 'classification', seed: 1 });
    const layer = model.layers.find(one => one.getClassName() === 'Conv2D')!;
    const backbone = transfer.cut(model, { layer: layer.name });
    expect(backbone).toMatchObject({ input: [8, 8, 1], features: 4 });
    const x = tf.randomUniform([2, 8, 8, 1], 0, 1, 'float32', 1);
    const front = tf.model({ inputs: model.inputs, outputs: layer.output as tf.SymbolicTensor });
    expect(numbers(backbone.extract(x))).toEqual(numbers((front.predict(x) as tf.Tensor).mean([1, 2])));
  });
});

describe('extract', () => {
  const backbone = transfer.cut(small(), { layer: 'hidden1' });
  const x = tf.randomNormal([70, 2], 0, 1, 'float32', 3);

  it('is the same in any batches, and leaves nothing behind', async () => {
    const whole = numbers(backbone.extract(x));
    const before = tf.memory().numTensors;
    const parts = await transfer.extract(backbone, x, { batchSize: 9 });
    numbers(parts).forEach((value, i) => expect(value).toBeCloseTo(whole[i]!, 5));
    parts.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps what it computed, for these examples and this backbone only', async () => {
    const cache = path.join(folder, 'features');
    let calls = 0;
    const counted: transfer.Backbone = {
      ...backbone,
      extract: batch => {
        calls++;
        return backbone.extract(batch);
      },
    };
    const first = await transfer.extract(counted, x, { cache, batchSize: 70 });
    const again = await transfer.extract(counted, x, { cache, batchSize: 70 });
    expect(calls).toBe(1);
    expect(numbers(again)).toEqual(numbers(first));
    await transfer.extract(counted, x.add(1), { cache, batchSize: 70 });
    await transfer.extract({ ...counted, name: 'another' }, x, { cache, batchSize: 70 });
    expect(calls).toBe(3);
    for (const file of readdirSync(cache)) writeFileSync(path.join(cache, file), 'cut off');
    await transfer.extract(counted, x, { cache, batchSize: 70 });
    expect(calls).toBe(4);
  });

  it('stops at its signal', async () => {
    const signal = AbortSignal.abort();
    await expect(transfer.extract(backbone, x, { batchSize: 5, signal })).rejects.toThrow(
      'it was stopped after 5 of 70 examples.',
    );
  });

  it('refuses what the backbone cannot take', async () => {
    const grey = { ...backbone, input: [8, 8, 3] };
    await expect(transfer.extract(grey, tf.ones([2, 8, 8, 1]))).rejects.toThrow(
      'expected at least one example like [8, 8, 3]',
    );
    await expect(transfer.extract(backbone, tf.ones([0, 2]))).rejects.toThrow('at least one example');
    expect(() => transfer.cut(small(), { layer: 'hiden1' })).toThrow(
      'expected one of the layers hidden1, hidden2, output',
    );
  });
});

describe('newHead, freeze and unfreeze', () => {
  it('trains the head alone while the rest is frozen, and shares the old layers', async () => {
    const old = small();
    const model = transfer.newHead(old, { layer: 'hidden2', outputs: 3, hidden: [4], seed: 1 });
    transfer.freeze(model, 'hidden2');
    const before = weightsOf(old);
    await fit(model, clouds(90, 1), { epochs: 15, seed: 1, optimizer: { kind: 'adam', learningRate: 0.03 } });
    expect(weightsOf(old)).toEqual(before);
    expect((await evaluate(model, clouds(90, 2))).accuracy).toBeGreaterThan(0.8);
    transfer.unfreeze(model);
    await fit(model, clouds(90, 1), { epochs: 1, seed: 1 });
    expect(weightsOf(old)).not.toEqual(before);
  });

  it('freeze up to a layer, and let go from one', () => {
    const model = small();
    const state = () => model.layers.filter(layer => layer.countParams() > 0).map(layer => layer.trainable);
    transfer.freeze(model, 'hidden1');
    expect(state()).toEqual([false, true, true]);
    transfer.freeze(model);
    transfer.unfreeze(model, 'hidden2');
    expect(state()).toEqual([false, true, true]);
    expect(() => transfer.freeze(model, 'nowhere')).toThrow("received 'nowhere'.");
    expect(() => transfer.newHead(model, { layer: 'hidden1', outputs: 1 })).toThrow('expected a whole number from 2');
  });
});

it('layerRates moves each layer before the last by a factor less', () => {
  const model = small();
  const optimizer = transfer.layerRates(model, { learningRate: 0.01, decay: 0.1 });
  const before = weightsOf(model);
  const gradients = Object.fromEntries(
    model.trainableWeights.map(weight => [(weight.read() as tf.Variable).name, tf.onesLike(weight.read())]),
  );
  optimizer.applyGradients(gradients);
  // The first step of Adam is the learning rate, whatever the gradient.
  const moves = weightsOf(model).map((list, i) => before[i]![0]! - list[0]!);
  [1e-4, 1e-4, 1e-3, 1e-3, 1e-2, 1e-2].forEach((rate, i) => expect(moves[i]! / rate).toBeCloseTo(1, 2));
  optimizer.dispose();
});

it('forgetting is what the old task loses', async () => {
  const model = small();
  await fit(model, clouds(120, 1), { epochs: 30, seed: 1, optimizer: { kind: 'adam', learningRate: 0.03 } });
  const { before, after, lost } = await transfer.forgetting(model, clouds(90, 2), () =>
    fit(model, clouds(120, 3, 1), { epochs: 30, seed: 1, optimizer: { kind: 'adam', learningRate: 0.03 } }),
  );
  expect(before).toBeGreaterThan(0.9);
  expect(after).toBeLessThan(0.3);
  expect(lost).toBe(before - after);
});

describe('download', () => {
  const bytes = Buffer.from('weights');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const cache = path.join(folder, 'downloads');

  it('fetches once, checks always, and needs no network afterwards', async () => {
    let requests = 0;
    const server = createServer((request, response) => {
      requests++;
      response.statusCode = request.url === '/missing' ? 404 : 200;
      response.end(request.url === '/other' ? 'something else' : bytes);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const other = { sha256, cache: path.join(folder, 'empty') };
    await expect(transfer.download(`${base}/other`, other)).rejects.toThrow(`expected the SHA-256 ${sha256}, received`);
    await expect(transfer.download(`${base}/missing`, other)).rejects.toThrow('the server answered 404 Not Found.');
    expect(Buffer.from(await transfer.download(base, { sha256, cache }))).toEqual(bytes);
    expect(Buffer.from(await transfer.download(base, { sha256: sha256.toUpperCase(), cache }))).toEqual(bytes);
    expect(requests).toBe(3);
    writeFileSync(path.join(cache, sha256), 'spoilt');
    expect(Buffer.from(await transfer.download(base, { sha256, cache }))).toEqual(bytes);
    expect(requests).toBe(4);
    await new Promise(resolve => server.close(resolve));
    expect(Buffer.from(await transfer.download(base, { sha256, cache }))).toEqual(bytes);
    await expect(transfer.download(base, other)).rejects.toThrow('it could not be reached');
  });

  it('refuses an address without a checksum', async () => {
    await expect(transfer.download('http://127.0.0.1:1', { sha256: 'abc', cache })).rejects.toThrow(
      'expected 64 hexadecimal digits',
    );
  });
});

describe('nanodet', () => {
  it('describes pictures of any size by 448 numbers, and leaves nothing behind', async () => {
    const before = tf.memory().numTensors;
    const backbone = await transfer.nanodet({ size: 64 });
    const loaded = tf.memory().numTensors;
    const features = await transfer.extract(backbone, tf.zeros([3, 32, 48, 3]));
    expect(features.shape).toEqual([3, backbone.features]);
    expect(numbers(features).every(Number.isFinite)).toBe(true);
    features.dispose();
    expect(tf.memory().numTensors).toBeLessThanOrEqual(loaded + 1); // the pictures
    backbone.dispose();
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before + 1);
    await expect(transfer.nanodet({ size: 100 })).rejects.toThrow('expected a multiple of 32, received 100.');
  });
});
