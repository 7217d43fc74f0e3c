import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { random } from '../../src/core/index.ts';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';
import * as train from '../../src/train/index.ts';

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  tf.disposeVariables();
  expect(tf.memory().numTensors).toBe(tensors);
});

function normal(rows: number, columns: number, seed: number): tf.Tensor2D {
  const generator = random(seed);
  return tf.tensor2d(Array.from({ length: rows }, () => Array.from({ length: columns }, () => generator.normal())));
}

describe('gradients', () => {
  const tasks = [
    ['regression', 2, () => normal(8, 2, 2)],
    ['classification', 3, () => tf.tensor1d([0, 1, 2, 2, 1, 0, 0, 1], 'int32')],
    ['binary', 1, () => tf.tensor1d([0, 1, 1, 0, 1, 0, 0, 1])],
  ] as const;
  test.each(tasks)('agree with finite differences: %s', (task, outputs, targets) => {
    const model = models.mlp({ inputs: 3, hidden: [5], outputs, task, activation: 'tanh', seed: 1 });
    const batch = { x: normal(8, 3, 1), y: targets() };
    const { gradients } = train.gradients(model, batch);
    expect(Object.keys(gradients)).toEqual(['hidden1/kernel', 'hidden1/bias', 'output/kernel', 'output/bias']);
    const lossWith = (weight: number, place: number, change: number) => {
      const before = model.getWeights();
      const values = before.map(tensor => tensor.dataSync().slice());
      values[weight]![place]! += change;
      const moved = values.map((list, i) => tf.tensor(list, before[i]!.shape));
      model.setWeights(moved);
      const { loss, gradients: unused } = train.gradients(model, batch);
      values[weight]![place]! -= change;
      const restored = values.map((list, i) => tf.tensor(list, before[i]!.shape));
      model.setWeights(restored);
      tf.dispose([moved, restored, unused]);
      return loss;
    };
    for (const [weight, gradient] of Object.values(gradients).entries()) {
      const values = gradient.dataSync();
      for (const place of [0, values.length - 1]) {
        const slope = (lossWith(weight, place, 0.01) - lossWith(weight, place, -0.01)) / 0.02;
        expect(values[place]).toBeCloseTo(slope, 3);
      }
    }
    tf.dispose([batch.x, batch.y, gradients]);
  });
});

describe('step', () => {
  test('is one update against the gradient, and gives the loss of before', async () => {
    const model = models.linear({ inputs: 2, seed: 1 });
    const batch = { x: normal(10, 2, 1), y: normal(10, 1, 2) };
    const before = model.getWeights().map(weight => weight.dataSync());
    const { loss, gradients } = train.gradients(model, batch);
    const slopes = Object.values(gradients).map(gradient => gradient.dataSync());
    const sgd = train.optimizer({ kind: 'sgd', learningRate: 0.1 });
    expect(train.step(model, batch, sgd)).toBeCloseTo(loss, 6);
    for (const [i, weight] of model.getWeights().entries())
      for (const [j, value] of weight.dataSync().entries())
        expect(value).toBeCloseTo(before[i]![j]! - 0.1 * slopes[i]![j]!, 6);
    expect(train.step(model, batch, sgd)).toBeLessThan(loss);
    sgd.dispose();
    tf.dispose([batch.x, batch.y, gradients]);
  });

  test('takes a loss of the caller, and frozen layers stay', () => {
    const model = models.mlp({ inputs: 2, hidden: [3], outputs: 1, seed: 1 });
    model.layers[0]!.trainable = false;
    const batch = { x: normal(4, 2, 1), y: normal(4, 1, 2) };
    const frozen = model.layers[0]!.getWeights()[0]!.dataSync();
    const sgd = train.optimizer({ kind: 'sgd' });
    const loss = (target: tf.Tensor, output: tf.Tensor) => target.sub(output).abs();
    const named = train.gradients(model, batch, { loss: 'meanAbsoluteError' });
    expect(train.step(model, batch, sgd, { loss })).toBeCloseTo(named.loss, 6);
    expect(Object.keys(named.gradients)).toEqual(['output/kernel', 'output/bias']);
    expect(model.layers[0]!.getWeights()[0]!.dataSync()).toEqual(frozen);
    model.layers[1]!.trainable = false;
    expect(() => train.step(model, batch, sgd)).toThrow('The model has no weights to train.');
    sgd.dispose();
    tf.dispose([batch.x, batch.y, named.gradients]);
  });

  test('adds the penalties of regularised layers', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({
          units: 1,
          inputShape: [1],
          useBias: false,
          kernelInitializer: 'ones',
          kernelRegularizer: tf.regularizers.l2({ l2: 0.5 }),
        }),
      ],
    });
    const batch = { x: tf.tensor2d([[2]]), y: tf.tensor2d([[2]]) };
    const { loss, gradients } = train.gradients(model, batch);
    expect(loss).toBeCloseTo(0.5, 6); // 0 of the data + 0.5 · 1²
    expect(Object.values(gradients)[0]!.dataSync()[0]).toBeCloseTo(1, 6);
    tf.dispose([batch.x, batch.y, gradients]);
  });
});

describe('evaluate', () => {
  /** A softmax model whose logits are its two inputs. */
  function reader(outputs = 2): tf.LayersModel {
    const model = models.linear({ inputs: outputs, outputs, task: 'classification', seed: 1 });
    const weights = [tf.eye(outputs), tf.zeros([outputs])];
    model.setWeights(weights);
    tf.dispose(weights);
    return model;
  }

  test('counts which class was taken for which', async () => {
    const x = tf.tensor2d([
      [2, 0],
      [0, 2],
      [0, 2],
      [2, 0],
      [2, 0],
    ]);
    const y = tf.tensor1d([0, 1, 0, 0, 1], 'int32');
    const result = await train.evaluate(reader(), { x, y, classes: ['cat', 'dog'] });
    const right = Math.log(1 + Math.exp(-2));
    expect(result.loss).toBeCloseTo((3 * right + 2 * (right + 2)) / 5, 5);
    expect(result.accuracy).toBeCloseTo(0.6, 6);
    expect(result).toMatchObject({
      predictions: [0, 1, 1, 0, 0],
      truth: [0, 1, 0, 0, 1],
      confusion: {
        classes: ['cat', 'dog'],
        matrix: [
          [2, 1],
          [1, 1],
        ],
      },
    });
    const oneHot = tf.oneHot(y, 2);
    const same = await train.evaluate(reader(), { x, y: oneHot });
    expect(same.confusion).toEqual({ classes: ['0', '1'], matrix: result.confusion!.matrix });
    tf.dispose([x, y, oneHot]);
  });

  test('gives the numbers that a regression predicts', async () => {
    const model = models.linear({ inputs: 1, seed: 1 });
    const weights = [tf.tensor2d([[2]]), tf.tensor1d([1])];
    model.setWeights(weights);
    const [x, y] = [tf.tensor2d([[0], [1]]), tf.tensor1d([1, 5])];
    expect(await train.evaluate(model, { x, y }, { metrics: ['meanAbsoluteError'] })).toEqual({
      loss: 2,
      meanAbsoluteError: 1,
      predictions: [1, 3],
      truth: [1, 5],
    });
    tf.dispose([x, y, weights]);
  });
});
