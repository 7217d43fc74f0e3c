import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LearnableError } from '../../src/core/index.ts';
import { DISPLAY, type MimeBundle } from '../../src/display/channel.ts';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensors);
});

const weightsOf = (model: tf.LayersModel) => model.getWeights().map(weight => [...weight.dataSync()]);

const dense = (name: string, activation: string, inputs: number, units: number, parameters: number) => ({
  name,
  kind: 'Dense',
  activation,
  shape: [null, units],
  parameters,
  weights: { kernel: [inputs, units], bias: [units] },
  trainable: true,
});

test('an mlp has the shapes, activations and parameters of its config', () => {
  const model = models.mlp({
    inputs: 4,
    hidden: [16, 8],
    outputs: 3,
    task: 'classification',
    activation: 'tanh',
    seed: 1,
  });
  expect(models.summary(model)).toEqual({
    name: 'mlp',
    layers: [
      dense('hidden1', 'tanh', 4, 16, 80),
      dense('hidden2', 'tanh', 16, 8, 136),
      dense('output', 'softmax', 8, 3, 27),
    ],
    parameters: 243,
    trainable: 243,
    memory: { parameters: 972, activations: 108 },
  });
  model.dispose();
});

test.each([
  [() => models.linear({ inputs: 2, seed: 1 }), 'linear', 1],
  [() => models.linear({ inputs: 2, task: 'binary', seed: 1 }), 'sigmoid', 1],
  [() => models.linear({ inputs: 2, task: 'classification', outputs: 4, seed: 1 }), 'softmax', 4],
  [() => models.mlp({ inputs: 2, hidden: [], outputs: 2, seed: 1 }), 'linear', 2],
])('%# the task decides the output', (build, activation, outputs) => {
  const model = build();
  const last = models.summary(model).layers.at(-1);
  expect([last?.activation, last?.shape]).toEqual([activation, [null, outputs]]);
  model.dispose();
});

test('the seed decides the first weights, whatever was built before', () => {
  const config = { inputs: 3, hidden: [5, 5], seed: 7 };
  const [first, again, other] = [models.mlp(config), models.mlp(config), models.mlp({ ...config, seed: 8 })];
  expect(weightsOf(first)).toEqual(weightsOf(again));
  expect(weightsOf(first)).not.toEqual(weightsOf(other));
  expect(first.layers.map(layer => layer.name)).toEqual(again.layers.map(layer => layer.name));
  const [unseeded, differently] = [models.mlp({ inputs: 3, hidden: [5] }), models.mlp({ inputs: 3, hidden: [5] })];
  expect(weightsOf(unseeded)).not.toEqual(weightsOf(differently));
  for (const model of [first, again, other, unseeded, differently]) model.dispose();
});

test('no two layers start alike, and each has the spread of its initialiser', () => {
  const model = models.mlp({ inputs: 200, hidden: [200, 200], outputs: 200, seed: 1 });
  const [first, , second, , output] = weightsOf(model) as [number[], number[], number[], number[], number[]];
  const variance = (values: number[]) => values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  expect(first).not.toEqual(second);
  expect(variance(first) / (2 / 200)).toBeCloseTo(1, 1); // He: 2 / inputs
  expect(variance(output) / (2 / 400)).toBeCloseTo(1, 1); // Glorot: 2 / (inputs + outputs)
  model.dispose();
});

describe('summary', () => {
  test('shows a table, and what is frozen', async () => {
    const model = models.mlp({ inputs: 1000, hidden: [2], seed: 1 });
    model.layers[0]!.trainable = false;
    const summary = models.summary(model);
    expect([summary.parameters, summary.trainable]).toEqual([2005, 3]);
    const bundle = (await summary[DISPLAY]()) as MimeBundle;
    expect(bundle['text/plain']).toBe(
      [
        'layer    kind           activation  output shape  parameters',
        'hidden1  Dense, frozen  relu        [batch, 2]    2,002',
        'output   Dense          linear      [batch, 1]    3',
        '2,005 parameters (8.0 kB), 2,002 of them frozen, 12 bytes of outputs for each example',
      ].join('\n'),
    );
    expect(bundle['text/html']).toContain('<tr><td>hidden1</td><td>Dense, frozen</td><td>relu</td>');
    model.dispose();
  });

  test('tells running averages from frozen weights, and free sizes from the batch', async () => {
    const text = async (config: models.ModelConfig) => {
      const model = models.create(config);
      const bundle = (await models.summary(model)[DISPLAY]()) as Record<string, string>;
      model.dispose();
      return bundle['text/plain']!.split('\n');
    };
    const cnn = await text({ kind: 'cnn', inputs: [8, 8, 1], channels: [4], batchNorm: true, seed: 1 });
    expect(cnn[2]!.split(/ {2,}/)).toEqual(['conv1/norm', 'BatchNormalization', '[batch, 8, 8, 4]', '16']);
    expect(cnn.at(-1)).toBe(
      '117 parameters (468 bytes), 8 of them running averages, 3.6 kB of outputs for each example',
    );
    const rnn = await text({ kind: 'rnn', cell: 'gru', inputs: 2, units: 3, predict: 'every', seed: 1 });
    expect(rnn[1]!.split(/ {2,}/)).toEqual(['input', 'InputLayer', '[batch, any, 2]', '0']);
    const { layers } = models.summary(models.rnn({ cell: 'gru', inputs: 2, units: 3, bidirectional: true, seed: 1 }));
    expect(layers[1]!.weights).toEqual({
      'forward_gru1/kernel': [2, 9],
      'forward_gru1/recurrent_kernel': [3, 9],
      'forward_gru1/bias': [9],
      'backward_gru1/kernel': [2, 9],
      'backward_gru1/recurrent_kernel': [3, 9],
      'backward_gru1/bias': [9],
    });
    tf.disposeVariables();
  });
});

test.each<[() => unknown, string, string | undefined]>([
  [
    () => models.mlp({ inputs: 4, hidden: 16 as never }),
    'models.mlp({ hidden }): expected a list of layer sizes, such as [16], received 16.',
    'For one hidden layer write hidden: [16].',
  ],
  [
    () => models.mlp({ inputs: 4, hidden: [8, 0] }),
    'models.mlp({ hidden })[1]: expected a whole number from 1, received 0.',
    undefined,
  ],
  [
    () => models.linear({} as never),
    'models.linear({ inputs }): expected a whole number from 1, received undefined.',
    'It is how many numbers describe one example: the width of x.',
  ],
  [
    () => models.mlp({ inputs: 4, hidden: [], task: 'classification' }),
    'models.mlp({ outputs }): expected at least 2 classes for classification, received none.',
    "Give the number of classes; for yes or no, one output with task: 'binary' does it too.",
  ],
  [
    () => models.mlp({ inputs: 4, hidden: [], outputs: 3, task: 'binary' }),
    "models.mlp({ outputs }): expected 1 output for task 'binary', received 3.",
    "For several classes, use task: 'classification'.",
  ],
  [
    () => models.mlp({ inputs: 4, hidden: [], task: 'clasification' as never }),
    "models.mlp({ task }): expected one of 'regression', 'classification', 'binary', received 'clasification'.",
    "Did you mean 'classification'?",
  ],
  [
    () => models.mlp({ inputs: 4, hiden: [3] } as never),
    "models.mlp(config): expected options among inputs, hidden, outputs, task, activation, dropout, seed, received 'hiden'.",
    "Did you mean 'hidden'?",
  ],
  [
    () => models.linear({ inputs: 1, seed: -1 }),
    'models.linear({ seed }): expected a whole number from 0 as the seed, received -1.',
    undefined,
  ],
])('%# a wrong config says what to do', (build, message, hint) => {
  let error: LearnableError | undefined;
  try {
    build();
  } catch (thrown) {
    error = thrown as LearnableError;
  }
  expect(error?.message).toBe(message);
  expect(error?.hint).toBe(hint);
});
