import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';
import * as train from '../../src/train/index.ts';
import { meanLoss } from '../../src/train/loss.ts';
import { dispose, moons, weightsOf } from './support.ts';

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  tf.disposeVariables();
  expect(tf.memory().numTensors).toBe(tensors);
});

const golden = JSON.parse(readFileSync(new URL('golden/golden.json', import.meta.url), 'utf8')) as {
  weightedCrossEntropy: { probabilities: number[][]; loss: number };
};
const three = (seed = 1) => models.linear({ inputs: 2, outputs: 3, task: 'classification', seed });
const numbers = (values: number[]) => tf.tensor1d(values, 'int32');
const once = { epochs: 3, batchSize: 4, shuffle: false, optimizer: { kind: 'sgd', learningRate: 0.2 } } as const;

test('a weighted loss is that of PyTorch', () => {
  const { probabilities, loss } = golden.weightedCrossEntropy;
  const found = tf.tidy(() => {
    const weights = tf.tensor1d([0.5, 2, 1.5]).gather(numbers([0, 2, 1, 1, 0]));
    const value = meanLoss('categoricalCrossentropy', numbers([0, 2, 1, 1, 0]), tf.tensor2d(probabilities), weights);
    return value.dataSync()[0]!;
  });
  expect(found).toBeCloseTo(loss, 5);
  expect(loss).toBeGreaterThan(1);
});

test('class weights train as those of tfjs do', async () => {
  const data = { x: tf.randomNormal([12, 2], 0, 1, 'float32', 3), y: numbers([0, 1, 2, 0, 0, 0, 1, 0, 2, 0, 0, 1]) };
  const [ours, theirs] = [three(), three()];
  await train.fit(ours, data, { ...once, classWeights: [0.5, 2, 3] });
  const optimizer = tf.train.sgd(0.2);
  theirs.compile({ optimizer, loss: 'categoricalCrossentropy' });
  const oneHot = tf.oneHot(data.y, 3);
  await theirs.fit(data.x, oneHot, {
    epochs: 3,
    batchSize: 4,
    shuffle: false,
    verbose: 0,
    classWeight: { 0: 0.5, 1: 2, 2: 3 },
  });
  for (const [i, values] of weightsOf(ours).entries())
    for (const [j, value] of values.entries()) expect(value).toBeCloseTo(weightsOf(theirs)[i]![j]!, 5);
  optimizer.dispose();
  oneHot.dispose();
  tf.disposeVariables();
  dispose(data);
  tensors = tf.memory().numTensors; // what tfjs leaves
});

test('balanced weights are rows / (classes × rows of the class); names and numbers name a class', async () => {
  const data = {
    x: tf.randomNormal([6, 2], 0, 1, 'float32', 3),
    y: numbers([0, 0, 0, 0, 1, 2]),
    classes: ['a', 'b', 'c'],
  };
  const run = async (classWeights: train.ClassWeights) => {
    const model = three();
    await train.fit(model, data, { ...once, classWeights });
    return weightsOf(model);
  };
  const balanced = await run('balanced');
  expect(await run([6 / 12, 2, 2])).toEqual(balanced);
  expect(await run({ a: 0.5, 1: 2, c: 2 })).toEqual(balanced);
  expect(await run([1, 1, 1])).not.toEqual(balanced);
  expect(await run({})).toEqual(await run([1, 1, 1]));
  dispose(data);
});

test('sample weights: twice is as often as two of a kind, nothing is as if it were not there', async () => {
  const x = tf.tensor2d([
    [1, 0],
    [0, 1],
    [1, 1],
    [2, 1],
  ]);
  const y = numbers([0, 1, 1, 0]);
  const model = three();
  const loss = async (data: train.Data) => (await train.evaluate(model, data)).loss;
  const each = await Promise.all(
    [0, 1, 2, 3].map(i =>
      rows(x, y, [i]).then(async data => {
        const value = await loss(data);
        dispose(data);
        return value;
      }),
    ),
  );
  expect(await loss({ x, y, sampleWeights: [2, 1, 0, 1] })).toBeCloseTo((2 * each[0]! + each[1]! + each[3]!) / 3, 5);
  const some = await rows(x, y, [0, 1, 3]);
  const fitted = async (data: train.Data) => {
    const trained = three();
    await train.fit(trained, data, { ...once, batchSize: 8 });
    return weightsOf(trained);
  };
  const [weighted, without] = [await fitted({ x, y, sampleWeights: [1, 1, 0, 1] }), await fitted(some)];
  for (const [i, values] of without.entries())
    for (const [j, value] of values.entries()) expect(weighted[i]![j]).toBeCloseTo(value, 6);
  const { accuracy } = await train.evaluate(model, { x, y, sampleWeights: [1, 1, 0, 1] });
  expect(accuracy).toBeCloseTo((await train.evaluate(model, some)).accuracy!, 6);
  dispose({ x, y }, some);
});

async function rows(x: tf.Tensor, y: tf.Tensor, places: number[]) {
  return tf.tidy(() => ({ x: x.gather(numbers(places)), y: y.gather(numbers(places)) }));
}

test('class and sample weights are multiplied, and validation is not weighed by classes', async () => {
  const data = moons(40, 1);
  const sampleWeights = Array.from({ length: 40 }, (_, i) => 1 + (i % 3));
  const run = async (weights: number[] | undefined, classWeights: train.ClassWeights | undefined) => {
    const model = models.linear({ inputs: 2, task: 'binary', seed: 1 });
    const history = await train.fit(
      model,
      { ...data, sampleWeights: weights },
      { ...once, classWeights, validation: data },
    );
    return { weights: weightsOf(model), history };
  };
  const both = await run(sampleWeights, [1, 3]);
  const product = await run(
    sampleWeights.map((weight, i) => weight * (i % 2 ? 3 : 1)),
    undefined,
  );
  expect(both.weights).toEqual(product.weights);
  const { loss } = await train.evaluate(restored(both.weights), data);
  expect(both.history.epochs.at(-1)!.valLoss).toBeCloseTo(loss, 6);
  dispose(data);
});

function restored(values: number[][]): tf.LayersModel {
  const model = models.linear({ inputs: 2, task: 'binary', seed: 1 });
  train.restore(
    model,
    values.map(list => Float32Array.from(list)),
  );
  return model;
}

describe('what does not fit says so', () => {
  const cases: [string, Partial<train.Data>, train.FitOptions, string][] = [
    [
      'too few',
      { sampleWeights: [1, 2] },
      {},
      'train.fit(model, { sampleWeights }): expected one for each of the 4 rows, received [2].',
    ],
    [
      'negative',
      { sampleWeights: [1, 2, -1, 1] },
      {},
      'train.fit(model, { sampleWeights }): expected numbers from 0, not all of them 0, received -1.',
    ],
    [
      'nothing',
      { sampleWeights: [0, 0, 0, 0] },
      {},
      'train.fit(model, { sampleWeights }): expected numbers from 0, not all of them 0, received zeros.',
    ],
    [
      'another class',
      {},
      { classWeights: { 5: 2 } },
      "train.fit({ classWeights }): expected weights of the classes 0, 1, 2, received '5'.",
    ],
    [
      'another number of classes',
      {},
      { classWeights: [1, 2] },
      'train.fit({ classWeights }): expected weights of the classes 0, 1, 2, received 2 of them.',
    ],
    [
      'a word',
      {},
      { classWeights: 'balance' as never },
      "train.fit({ classWeights }): expected 'balanced' or a weight for each class, received 'balance'.",
    ],
    [
      'a loss of one number',
      { sampleWeights: [1, 1, 1, 1] },
      { loss: (target, output) => target.sub(output).square().mean() },
      'With sampleWeights or classWeights, a loss of your own must give one number for each example.',
    ],
  ];
  test.each(cases)('%s', async (_, part, options, message) => {
    const classes = numbers([0, 1, 2, 0]);
    const data = { x: tf.ones([4, 2]), y: options.loss ? tf.oneHot(classes, 3) : classes.clone() };
    await expect(train.fit(three(), { ...data, ...part }, { epochs: 1, ...options })).rejects.toThrow(message);
    classes.dispose();
    dispose(data);
  });

  test('classes of numbers', async () => {
    const data = { x: tf.ones([4, 2]), y: tf.ones([4]) };
    const model = models.linear({ inputs: 2, seed: 1 });
    await expect(train.fit(model, data, { classWeights: 'balanced' })).rejects.toThrow(
      'train.fit({ classWeights }): only a classifier has classes to weigh, and this model predicts numbers.',
    );
    dispose(data);
  });
});
