import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { random } from '../../src/core/index.ts';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';
import * as train from '../../src/train/index.ts';
import { dispose, weightsOf } from './support.ts';

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  tf.disposeVariables();
  expect(tf.memory().numTensors).toBe(tensors);
});

/** 2, 3, 4, … after any start, in a circle of `vocabulary` tokens; `y` is what comes next. */
function counting(rows: number, length: number, vocabulary: number) {
  const generator = random(1);
  const starts = Array.from({ length: rows }, () => generator.integer(0, vocabulary));
  const row = (start: number, shift: number) => Array.from({ length }, (_, i) => (start + shift + i) % vocabulary);
  const tensor = (shift: number) =>
    tf.tensor2d(
      starts.map(start => row(start, shift)),
      [rows, length],
      'int32',
    );
  return { x: tensor(0), y: tensor(1) };
}

const small = { vocabulary: 7, length: 8, width: 16, heads: 2, blocks: 1 } as const;

describe('a class number at each step', () => {
  test('a decoder learns to count, and goes on counting', async () => {
    const data = counting(60, 6, 7);
    const model = models.transformer({ kind: 'decoder', ...small, seed: 1 });
    const history = await train.fit(model, data, {
      epochs: 12,
      batchSize: 10,
      seed: 1,
      optimizer: { kind: 'adam', learningRate: 0.01 },
    });
    expect(history.history.accuracy!.at(-1)).toBeGreaterThan(0.98);
    expect(await models.generate(model, [5], { length: 7, temperature: 0 })).toEqual([6, 0, 1, 2, 3, 4, 5]);
    const result = await train.evaluate(model, data);
    expect(result.accuracy).toBeGreaterThan(0.98);
    expect(result.confusion).toBeUndefined();
    expect((result.predictions as number[][])[0]!.length).toBe(6);
    expect(result.truth).toEqual(await data.y.array());
    dispose(data);
  });

  test('the loss is the mean over all positions, as of one-hot targets', async () => {
    const data = counting(5, 4, 7);
    const model = models.transformer({ kind: 'decoder', ...small, seed: 1 });
    const byHand = tf.tidy(() => {
      const output = model.predict(data.x) as tf.Tensor3D;
      const right = output.mul(tf.oneHot(data.y, 7)).sum(2);
      return right.log().mean().mul(-1).dataSync()[0]!;
    });
    const found = await train.evaluate(model, data);
    expect(found.loss).toBeCloseTo(byHand, 5);
    const oneHot = { x: data.x, y: tf.oneHot(data.y, 7) };
    expect((await train.evaluate(model, oneHot)).loss).toBeCloseTo(byHand, 5);
    expect((await train.evaluate(model, oneHot)).accuracy).toBeCloseTo(found.accuracy!, 6);
    dispose(data);
    oneHot.y.dispose();
  });

  test('positions of weight 0 are as if they were not there', async () => {
    const data = counting(6, 5, 7);
    const noisy = {
      x: data.x,
      y: tf.tidy(() =>
        data.y.slice([0, 0], [6, 3]).pad([
          [0, 0],
          [0, 2],
        ]),
      ),
    };
    const mask = tf.tidy(() =>
      tf.ones([6, 3]).pad([
        [0, 0],
        [0, 2],
      ]),
    );
    const fitted = async (part: train.Data) => {
      const model = models.transformer({ kind: 'decoder', ...small, seed: 1 });
      const history = await train.fit(model, part, { epochs: 2, batchSize: 4, seed: 1 });
      return { weights: weightsOf(model), history: history.epochs };
    };
    const short = tf.tidy(() => ({ x: data.x.slice([0, 0], [6, 3]), y: data.y.slice([0, 0], [6, 3]) }));
    const [masked, cut] = [await fitted({ ...noisy, sampleWeights: mask }), await fitted(short)];
    for (const [i, values] of cut.weights.entries())
      for (const [j, value] of values.entries()) expect(Math.abs(masked.weights[i]![j]! - value)).toBeLessThan(2e-4);
    expect(masked.history[0]!.loss).toBeCloseTo(cut.history[0]!.loss, 5);
    expect(masked.history[0]!.accuracy).toBeCloseTo(cut.history[0]!.accuracy!, 6);
    dispose(data, short);
    tf.dispose([noisy.y, mask]);
  });

  test('targets of another length are refused', async () => {
    const data = counting(3, 5, 7);
    const y = tf.zeros([3, 4], 'int32');
    const model = models.transformer({ kind: 'decoder', ...small, seed: 1 });
    await expect(train.fit(model, { x: data.x, y })).rejects.toThrow(
      'train.fit(model, { y }): expected a class number for each of the 5 steps of x, received [3, 4].',
    );
    const sampleWeights = tf.ones([3, 4]);
    await expect(train.fit(model, { ...data, sampleWeights })).rejects.toThrow(
      'train.fit(model, { sampleWeights }): expected one for each of the 3 rows, or shape [3, 5], received [3, 4].',
    );
    dispose(data);
    tf.dispose([y, sampleWeights]);
  });
});

test('a recurrent network sums a series, step by step', async () => {
  const generator = random(1);
  const steps = Array.from({ length: 80 }, () => Array.from({ length: 5 }, () => [generator.uniform(-0.5, 0.5)]));
  const sums = steps.map(row => row.map((_, i) => [row.slice(0, i + 1).reduce((sum, [value]) => sum + value!, 0)]));
  const data = { x: tf.tensor3d(steps), y: tf.tensor3d(sums) };
  const model = models.rnn({ cell: 'gru', inputs: 1, units: 12, predict: 'every', seed: 1 });
  const history = await train.fit(model, data, {
    epochs: 30,
    batchSize: 20,
    seed: 1,
    optimizer: { kind: 'adam', learningRate: 0.02 },
  });
  expect(history.history.loss!.at(-1)).toBeLessThan(0.01);
  const { predictions } = await train.evaluate(model, data);
  expect((predictions as unknown as number[][][])[0]!.map(step => step.length)).toEqual([1, 1, 1, 1, 1]);
  dispose(data);
});

test('the loss of a variational autoencoder has the divergence in it, in fit, evaluate and validation', async () => {
  const x = tf.randomNormal([40, 4], 0, 1, 'float32', 1);
  const model = models.vae({ inputs: 4, hidden: [6], code: 2, beta: 3, seed: 1 });
  const parts = tf.tidy(() => {
    const output = model.apply(x, { losses: true }) as tf.Tensor;
    return [model.calculateLosses()[0]!, x.sub(output).square().mean()].map(part => part.dataSync()[0]!);
  });
  expect(parts[0]).toBeGreaterThan(0.1);
  const { loss, predictions } = await train.evaluate(model, { x, y: x });
  expect(loss).toBeCloseTo(parts[0]! + parts[1]!, 5);
  expect((predictions as number[][])[39]!.length).toBe(4);
  const history = await train.fit(
    model,
    { x, y: x },
    { epochs: 15, batchSize: 8, seed: 1, validation: { x, y: x }, optimizer: { kind: 'adam', learningRate: 0.01 } },
  );
  expect(history.history.loss!.at(-1)).toBeLessThan(history.history.loss![0]!);
  expect(history.epochs.at(-1)!.valLoss).toBeCloseTo((await train.evaluate(model, { x, y: x })).loss, 6);
  expect(history.epochs[0]).not.toHaveProperty('accuracy');
  x.dispose();
});
