import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { tensorText } from '../../src/display/tensors.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** The text without its first line. */
function valuesOf(make: () => tf.Tensor): string {
  const tensor = make();
  const before = tf.memory().numTensors;
  const [head, ...lines] = tensorText(tensor).split('\n');
  expect(tf.memory().numTensors).toBe(before);
  expect(head).toBe(`Tensor ${tensor.dtype} [${tensor.shape.join(', ')}]`);
  tensor.dispose();
  return lines.join('\n');
}

describe('tensorText', () => {
  it.each<[string, () => tf.Tensor, string]>([
    ['a number', () => tf.scalar(0.1), '0.1'],
    ['a list', () => tf.tensor1d([1, 2.5, -3]), '[ 1.0,  2.5, -3.0]'],
    [
      'a matrix',
      () =>
        tf.tensor2d([
          [1, 200],
          [3, 4],
        ]),
      '[[  1, 200],\n [  3,   4]]',
    ],
    ['three axes', () => tf.tensor3d([[[1, 2]], [[3, 4]]]), '[[[1, 2]],\n\n [[3, 4]]]'],
    ['small numbers', () => tf.tensor1d([0.00012, 0.1]), '[0.00012, 0.10000]'],
    [
      'numbers that are none',
      () => tf.tensor1d([Number.NaN, Number.POSITIVE_INFINITY, 1]),
      '[     NaN, Infinity,        1]',
    ],
    ['booleans', () => tf.tensor1d([true, false], 'bool'), '[ true, false]'],
    ['texts', () => tf.tensor1d(['a', 'b"']), `['a', 'b"']`],
    ['complex numbers', () => tf.complex([1, 2], [0.5, -1]), '[1.0 + 0.5i, 2.0 - 1.0i]'],
    ['nothing', () => tf.zeros([0, 3]), ''],
    ['a long list', () => tf.range(0, 50, 1, 'int32'), '[ 0,  1,  2,  3,  4, …, 45, 46, 47, 48, 49]'],
    [
      'a large matrix, from its corners',
      () => tf.range(0, 40_000, 1, 'int32').reshape([200, 200]),
      [
        '[[    0,     1,     2, …,   197,   198,   199],',
        ' [  200,   201,   202, …,   397,   398,   399],',
        ' [  400,   401,   402, …,   597,   598,   599],',
        ' …,',
        ' [39400, 39401, 39402, …, 39597, 39598, 39599],',
        ' [39600, 39601, 39602, …, 39797, 39798, 39799],',
        ' [39800, 39801, 39802, …, 39997, 39998, 39999]]',
      ].join('\n'),
    ],
  ])('%s', (name, make, expected) => {
    if (name === 'nothing') expect(tensorText(make())).toBe('Tensor float32 [0, 3], without values');
    else expect(valuesOf(make)).toBe(expected);
  });

  it('does not read all of a large tensor', () => {
    const tensor = tf.zeros([1000, 1000]);
    tensor.dataSync = () => {
      throw new Error('read whole');
    };
    expect(tensorText(tensor)).toContain('[[0, 0, 0, …, 0, 0, 0],');
    tensor.dispose();
  });

  it('is short for many axes', () => {
    const tensor = tf.zeros([32, 28, 28, 16]);
    expect(tensorText(tensor).split('\n').length).toBeLessThan(50);
    tensor.dispose();
  });

  it('names variables, and says of a disposed tensor that it is', () => {
    const weights = tf.variable(tf.zeros([2]), true, 'w');
    expect(tensorText(weights)).toBe('Variable "w" float32 [2]\n[0, 0]');
    weights.dispose();
    expect(tensorText(weights)).toBe(
      'Variable "w" float32 [2], disposed: dispose() or the end of a tidy has freed its values',
    );
  });
});
