import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import '../../src/engine/index.ts';
import { random } from '../../src/core/index.ts';
import { load } from '../../src/data/index.ts';
import { linear } from '../../src/models/index.ts';
import { evaluate, fit } from '../../src/train/index.ts';
import * as transfer from '../../src/transfer/index.ts';

/** Trains a linear head on some of Google's drawings; gives its accuracy on the other ones, and on Twitter's of the same things. */
async function scores(
  features: { google: tf.Tensor2D; twitter: tf.Tensor2D },
  labels: readonly number[],
  seed: number,
) {
  const order = random(seed).permutation(labels.length);
  const [held, fitting] = [order.slice(0, 100), order.slice(100)];
  const part = (x: tf.Tensor2D, rows: number[]) => ({
    x: x.gather(tf.tensor1d(rows, 'int32')) as tf.Tensor2D,
    y: tf.tensor1d(
      rows.map(row => labels[row]!),
      'int32',
    ),
  });
  const head = linear({ inputs: features.google.shape[1], outputs: 6, task: 'classification', seed });
  await fit(head, part(features.google, fitting), {
    epochs: 60,
    seed,
    optimizer: { kind: 'adam', learningRate: 0.01 },
  });
  const accuracy = async (x: tf.Tensor2D) => (await evaluate(head, part(x, held))).accuracy!;
  return { same: await accuracy(features.google), other: await accuracy(features.twitter) };
}

it('a head on the backbone carries over to the drawings of another vendor, where pixels do not', async () => {
  const { google, twitter } = await load('emoji');
  const backbone = await transfer.nanodet({ size: 128 });
  const [there, here] = await Promise.all([google, twitter].map(set => transfer.extract(backbone, set.tensor())));
  const small = (x: tf.Tensor4D) => tf.image.resizeBilinear(x, [16, 16]).reshape([x.shape[0], -1]) as tf.Tensor2D;
  const pixels = { google: small(google.tensor()), twitter: small(twitter.tensor()) };
  const means = { other: 0, pixels: 0 };
  for (const seed of [1, 2, 3, 4, 5]) {
    means.other += (await scores({ google: there!, twitter: here! }, google.labels, seed)).other / 5;
    means.pixels += (await scores(pixels, google.labels, seed)).other / 5;
  }
  expect(google.labels).toEqual(twitter.labels);
  expect(means.other).toBeGreaterThanOrEqual(0.7);
  expect(means.pixels).toBeLessThan(means.other - 0.2);
}, 600_000);
