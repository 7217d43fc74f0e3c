import * as tf from '@tensorflow/tfjs';
import { data, models, train } from 'learnable';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { random } from '../../src/core/index.ts';

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  tf.disposeVariables();
  expect(tf.memory().numTensors).toBe(tensors);
});

test.each([1, 2, 3])('the penguins are told apart, seed %d', async seed => {
  const penguins = data.dropMissing(await data.load('penguins'), ['bill_length_mm', 'sex']);
  const { train: fitting, test: unseen } = data.split(penguins, { test: 0.2, stratify: 'species', seed });
  const prepare = data.fitPreparation(fitting, { numeric: 'standardise', categorical: 'one-hot', target: 'species' });
  const model = models.mlp({ inputs: prepare.width, hidden: [16], outputs: 3, task: 'classification', seed });
  const [fittingData, unseenData] = [prepare(fitting), prepare(unseen)];
  await train.fit(model, fittingData, { epochs: 15, seed, optimizer: { kind: 'adam', learningRate: 0.01 } });
  const { accuracy, confusion } = await train.evaluate(model, unseenData);
  expect(accuracy).toBeGreaterThan(0.95);
  expect(confusion!.classes).toEqual(['Adelie', 'Chinstrap', 'Gentoo']);
  expect(confusion!.matrix.flat().reduce((sum, count) => sum + count)).toBe(unseenData.x.shape[0]);
  fittingData.dispose();
  unseenData.dispose();
});

describe('networks that the stock wasm backend cannot train', () => {
  test('a convolution learns which way the stripes run', async () => {
    const generator = random(1);
    const labels = Array.from({ length: 60 }, (_, i) => i % 2);
    const images = labels.map(label => {
      const phase = generator.integer(0, 2);
      const pixel = (row: number, column: number) => ((label ? row : column) + phase) % 2;
      return Array.from({ length: 6 }, (_, row) =>
        Array.from({ length: 6 }, (_, column) => [pixel(row, column) + generator.normal(0, 0.3)]),
      );
    });
    const seeded = (seed: number) => ({ kernelInitializer: tf.initializers.heUniform({ seed }) });
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [6, 6, 1], filters: 4, kernelSize: 3, activation: 'relu', ...seeded(1) }),
        tf.layers.depthwiseConv2d({
          kernelSize: 2,
          activation: 'relu',
          depthwiseInitializer: tf.initializers.heUniform({ seed: 2 }),
        }),
        tf.layers.globalMaxPooling2d({}),
        tf.layers.dense({ units: 1, activation: 'sigmoid', ...seeded(3) }),
      ],
    });
    const batch = { x: tf.tensor4d(images), y: tf.tensor1d(labels, 'int32') };
    const before = (await train.evaluate(model, batch)).loss;
    await train.fit(model, batch, {
      epochs: 30,
      batchSize: 20,
      seed: 1,
      optimizer: { kind: 'adam', learningRate: 0.03 },
    });
    const { accuracy, loss } = await train.evaluate(model, batch);
    expect(loss).toBeLessThan(before / 2);
    expect(accuracy).toBeGreaterThan(0.95);
    tf.dispose([batch.x, batch.y]);
  });

  test('an embedding learns which words are kind', async () => {
    const generator = random(2);
    const words = Array.from({ length: 80 }, () => Array.from({ length: 3 }, () => generator.integer(0, 10)));
    const labels = words.map(row => (row.filter(word => word < 5).length >= 2 ? 1 : 0));
    const model = tf.sequential({
      layers: [
        tf.layers.embedding({
          inputDim: 10,
          outputDim: 2,
          inputLength: 3,
          embeddingsInitializer: tf.initializers.randomUniform({ minval: -0.1, maxval: 0.1, seed: 1 }),
        }),
        tf.layers.globalAveragePooling1d({}),
        tf.layers.dense({
          units: 1,
          activation: 'sigmoid',
          kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
        }),
      ],
    });
    const batch = { x: tf.tensor2d(words, undefined, 'int32'), y: tf.tensor1d(labels, 'int32') };
    await train.fit(model, batch, {
      epochs: 60,
      batchSize: 20,
      seed: 1,
      optimizer: { kind: 'adam', learningRate: 0.05 },
    });
    expect((await train.evaluate(model, batch)).accuracy).toBeGreaterThan(0.95);
    tf.dispose([batch.x, batch.y]);
  });
});
