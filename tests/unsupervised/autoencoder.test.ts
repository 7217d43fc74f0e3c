import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as models from '../../src/models/index.ts';
import * as unsupervised from '../../src/unsupervised/index.ts';
import { expectClose } from '../estimators/close.ts';

const x = [
  [1, 2, 3],
  [0, -1, 2],
  [4, 4, 0],
  [1, 1, 1],
];

describe('helpers of autoencoders', () => {
  let network: tf.LayersModel;
  let before: number;
  beforeEach(() => {
    before = tf.memory().numTensors;
    network = models.autoencoder({ inputs: 3, hidden: [5], code: 2, seed: 1 });
  });
  afterEach(() => {
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('there and back is the model, and its halves one after the other', () => {
    const codes = unsupervised.encode(network, x);
    expect(codes.map(row => row.length)).toEqual([2, 2, 2, 2]);
    const copies = unsupervised.decode(network, codes);
    expectClose(unsupervised.reconstruct(network, x), copies, 1e-6);
    const input = tf.tensor2d(x);
    const output = network.predict(input) as tf.Tensor2D;
    expectClose(copies, output.arraySync(), 1e-6);
    expectClose(unsupervised.encode(network, input), codes, 0);
    expectClose(unsupervised.encode(network, { x: input }), codes, 0);
    tf.dispose([input, output]);
  });

  it('errors are of each row, and the score of all together', () => {
    const copies = unsupervised.reconstruct(network, x);
    const errors = unsupervised.reconstructionErrors(network, x);
    x.forEach((row, i) => {
      const square = row.reduce((sum, value, j) => sum + (value - copies[i]![j]!) ** 2, 0);
      expect(errors[i]).toBeCloseTo(square / 3, 5);
    });
    const means = [0, 1, 2].map(j => x.reduce((sum, row) => sum + row[j]! / 4, 0));
    const spread = x.flat().reduce((sum, value, i) => sum + (value - means[i % 3]!) ** 2, 0);
    const left = errors.reduce((sum, error) => sum + 3 * error, 0);
    expect(unsupervised.reconstructionScore(network, x)).toBeCloseTo(1 - left / spread, 5);
  });

  it('take images in their shape', () => {
    const pictures = models.autoencoder({ inputs: [4, 4, 1], channels: [2], code: 3, seed: 1 });
    const images = tf.randomUniform([5, 4, 4, 1], 0, 1, 'float32', 1);
    expect(unsupervised.encode(pictures, images).map(row => row.length)).toEqual(Array(5).fill(3));
    expect(unsupervised.reconstruct(pictures, images)[0]).toHaveLength(16);
    expect(unsupervised.reconstructionErrors(pictures, images)).toHaveLength(5);
    expect(() => unsupervised.encode(pictures, x)).toThrow(
      "unsupervised.encode(model, x): expected shape [any, 4, 4, 1], as the model's input, received [4, 3].",
    );
    images.dispose();
    expect(() => unsupervised.encode(pictures, images)).toThrow('the tensor was disposed before');
    pictures.dispose();
  });

  it('refuse what is no autoencoder, and NaN', () => {
    const plain = models.mlp({ inputs: 3, hidden: [2], outputs: 3, seed: 1 });
    expect(() => unsupervised.encode(plain, x)).toThrow("expected an autoencoder, which has a layer 'code'");
    expect(() => unsupervised.reconstruct({} as never, x)).toThrow(
      'unsupervised.reconstruct(model): expected a tfjs layers model',
    );
    expect(() => unsupervised.reconstruct(network, [[1, Number.NaN, 2]])).toThrow('expected finite numbers');
    expect(() => unsupervised.decode(network, x)).toThrow(
      "unsupervised.decode(model, x): expected shape [any, 2], as the model's input, received [4, 3].",
    );
    plain.dispose();
  });
});
