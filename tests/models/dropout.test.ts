import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drawingLayers } from '../../src/core/index.ts';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';
import { SeededDropout } from '../../src/models/layers/index.ts';

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensors);
});

const numbers = (layer: SeededDropout, size: number, training = true) =>
  tf.tidy(() => [...(layer.apply(tf.ones([1, size]), { training }) as tf.Tensor).dataSync()]);

test('in training a share becomes 0 and the others grow, so that the mean stays', () => {
  const values = numbers(new SeededDropout({ rate: 0.25, seed: 1 }), 40_000);
  const zeros = values.filter(value => value === 0).length;
  expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
  expect(Math.abs(zeros / 40_000 - 0.25)).toBeLessThan(0.01);
});

test('otherwise the numbers pass as they are, and a rate of 0 leaves them in training too', () => {
  expect(numbers(new SeededDropout({ rate: 0.25, seed: 1 }), 50, false)).toEqual(new Array(50).fill(1));
  expect(numbers(new SeededDropout({ rate: 0, seed: 1 }), 50)).toEqual(new Array(50).fill(1));
});

test('each step has a mask of its own, which the seed and the count of steps decide', () => {
  const layer = new SeededDropout({ rate: 0.5, seed: 7 });
  const masks = [1, 2, 3].map(() => numbers(layer, 60));
  expect(new Set(masks.map(String)).size).toBe(3);
  const again = new SeededDropout({ rate: 0.5, seed: 7 });
  expect([1, 2, 3].map(() => numbers(again, 60))).toEqual(masks);
  const later = new SeededDropout({ rate: 0.5, seed: 7, draws: 2 });
  expect(numbers(later, 60)).toEqual(masks[2]);
  expect(numbers(new SeededDropout({ rate: 0.5, seed: 8 }), 60)).not.toEqual(masks[0]);
  numbers(layer, 60, false);
  expect(layer.draws).toBe(3); // looking at a model draws nothing
});

test('the gradient passes where the numbers pass', () => {
  const layer = new SeededDropout({ rate: 0.5, seed: 3 });
  const [values, gradient] = tf.tidy(() => {
    const x = tf.ones([1, 20]);
    const passed = (at: tf.Tensor) => layer.apply(at, { training: true }) as tf.Tensor;
    const slope = tf
      .grad(at => passed(at).sum())(x)
      .dataSync();
    layer.draws = 0;
    return [passed(x).dataSync(), slope];
  });
  expect([...gradient]).toEqual([...values]);
});

test('no two layers of a model draw the same, and adding dropout leaves the first weights as they are', () => {
  const config = { inputs: 3, hidden: [8, 8], seed: 5 };
  const [plain, dropping] = [models.mlp(config), models.mlp({ ...config, dropout: 0.5 })];
  const weights = (model: tf.LayersModel) => model.getWeights().map(weight => [...weight.dataSync()]);
  expect(weights(dropping)).toEqual(weights(plain));
  const layers = dropping.layers.filter(layer => layer instanceof SeededDropout);
  expect(layers.map(({ name }) => name)).toEqual(['hidden1/dropout', 'hidden2/dropout']);
  expect(layers[0]!.seed).not.toBe(layers[1]!.seed);
  plain.dispose();
  dropping.dispose();
});

test('what draws in a model is found, also inside a model that is a layer of it', () => {
  const inner = models.mlp({ inputs: 3, hidden: [4], dropout: 0.5, outputs: 3, seed: 1 });
  const outer = tf.sequential({ layers: [inner, new SeededDropout({ rate: 0.5, seed: 2 })] });
  tf.tidy(() => void outer.apply(tf.ones([2, 3]), { training: true }));
  expect(drawingLayers(outer).map(({ draws }) => draws)).toEqual([1, 1]);
  outer.dispose();
});
