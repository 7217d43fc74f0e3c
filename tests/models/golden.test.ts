import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';

interface Case {
  output: number[];
  gradients: number[][];
}
const golden = JSON.parse(readFileSync(new URL('golden/golden.json', import.meta.url), 'utf8')) as Record<string, Case>;

/** The same numbers as in golden/make.py. */
function fill(shape: readonly number[], k: number, scale = 0.4): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: size }, (_, i) => scale * Math.sin(12.9898 * (i + 1) + 78.233 * k));
  return tf.tensor(values, [...shape]);
}

const tokens = () =>
  tf.tensor2d(
    [
      [3, 1, 4, 1],
      [5, 2, 0, 0],
      [6, 0, 0, 0],
    ],
    [3, 4],
    'int32',
  );
const rnn = { kind: 'rnn', vocabulary: 7, embedding: 3, units: 4, task: 'binary' } as const;
const transformer = { vocabulary: 7, width: 4, heads: 2, feedForward: 8 } as const;

const CASES: [name: string, config: models.ModelConfig, input: () => tf.Tensor][] = [
  [
    'cnn',
    { kind: 'cnn', inputs: [6, 6, 2], channels: [3, 4], hidden: [5], outputs: 3, task: 'classification' },
    () => fill([2, 6, 6, 2], 0, 1),
  ],
  [
    'normalisedCnn',
    { kind: 'cnn', inputs: [4, 4, 1], channels: [2], batchNorm: true, pool: 'average', join: 'average' },
    () => fill([3, 4, 4, 1], 0, 1),
  ],
  ['simple', { ...rnn, cell: 'simple' }, tokens],
  ['gru', { ...rnn, cell: 'gru' }, tokens],
  ['lstm', { ...rnn, cell: 'lstm' }, tokens],
  ['simpleBoth', { ...rnn, cell: 'simple', bidirectional: true }, tokens],
  ['gruBoth', { ...rnn, cell: 'gru', bidirectional: true }, tokens],
  ['lstmBoth', { ...rnn, cell: 'lstm', bidirectional: true }, tokens],
  ['encoder', { kind: 'encoder', ...transformer, length: 6, blocks: 2, task: 'binary' }, tokens],
  ['decoder', { kind: 'decoder', ...transformer, length: 5, blocks: 1, positions: 'learned' }, tokens],
  [
    'autoencoder',
    { kind: 'autoencoder', inputs: [8, 4, 1], channels: [2, 3], code: 2, output: 'sigmoid' },
    () => fill([2, 8, 4, 1], 0, 1),
  ],
];

test('no case of make.py is left out', () => {
  expect(CASES.map(([name]) => name).sort()).toEqual(Object.keys(golden).sort());
});

test.each(CASES)('%s: output and all gradients as PyTorch computes them', (name, config, input) => {
  const before = tf.memory().numTensors;
  const model = models.create(config);
  tf.tidy(() => {
    for (const [k, weight] of model.trainableWeights.entries()) weight.write(fill(weight.shape as number[], k + 1));
    const variables = model.trainableWeights.map(weight => weight.read() as tf.Variable);
    let output: tf.Tensor | undefined;
    const { grads } = tf.variableGrads(() => {
      output = tf.keep(model.apply(input(), { training: true }) as tf.Tensor);
      return output.mul(fill(output.shape, 99)).sum() as tf.Scalar;
    }, variables);
    expectClose(output!, golden[name]!.output, 'output');
    output!.dispose();
    for (const [k, variable] of variables.entries())
      expectClose(grads[variable.name]!, golden[name]!.gradients[k]!, model.trainableWeights[k]!.originalName);
  });
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

function expectClose(tensor: tf.Tensor, wanted: readonly number[], what: string): void {
  const values = tensor.dataSync();
  expect(values.length, what).toBe(wanted.length);
  const largest = Math.max(...wanted.map(Math.abs), 1e-4);
  for (const [i, value] of values.entries())
    if (!(Math.abs(value - wanted[i]!) <= 2e-5 * largest))
      expect.fail(`${what}, position ${i}: ${value}, PyTorch has ${wanted[i]}`);
}
