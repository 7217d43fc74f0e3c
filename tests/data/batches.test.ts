import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import * as data from '../../src/data/index.ts';
import { thrown } from './fixtures.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const images = () =>
  data.images.imageSet({
    pixels: Uint8Array.from({ length: 10 }, (_, i) => i * 20),
    height: 1,
    width: 1,
    channels: 1,
    labels: Array.from({ length: 10 }, (_, i) => i % 2),
    classes: ['even', 'odd'],
  });

/** What comes, as numbers; every batch is disposed. */
const gone = (batches: Iterable<data.Batch>) =>
  Array.from(batches, ({ x, y, dispose, ...rest }) => {
    const found = { ...rest, x: [...x.dataSync()], y: y && [...y.dataSync()] };
    dispose();
    return found;
  });

describe('batches of images', () => {
  it('give every picture once an epoch, with its label', () => {
    const before = tf.memory().numTensors;
    const found = gone(data.batches(images(), { batchSize: 4, epochs: 2, seed: 1 }));
    expect(found.map(({ epoch, batch, batches, positions }) => [epoch, batch, batches, positions.length])).toEqual([
      [1, 1, 3, 4],
      [1, 2, 3, 4],
      [1, 3, 3, 2],
      [2, 1, 3, 4],
      [2, 2, 3, 4],
      [2, 3, 3, 2],
    ]);
    for (const epoch of [1, 2]) {
      const seen = found.filter(entry => entry.epoch === epoch).flatMap(({ positions }) => positions);
      expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    for (const { positions, x, y } of found) {
      expect(x).toEqual(positions.map(position => expect.closeTo((position * 20) / 255, 6)));
      expect(y).toEqual(positions.map(position => position % 2));
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it('come in another order each epoch, by the seed, or in their own', () => {
    const orders = (options: data.ImageBatchOptions) =>
      gone(data.batches(images(), { batchSize: 10, epochs: 2, ...options })).map(({ positions }) => positions);
    const [first, second] = orders({ seed: 1 });
    expect(first).not.toEqual(second);
    expect(orders({ seed: 1 })).toEqual([first, second]);
    expect(orders({ seed: 2 })[0]).not.toEqual(first);
    expect(orders({ shuffle: false })[1]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('can leave out what is left', () => {
    const found = gone(data.batches(images(), { batchSize: 4, last: 'drop' }));
    expect(found.map(({ positions }) => positions.length)).toEqual([4, 4]);
    expect(found[0]!.batches).toBe(2);
    expect(thrown(() => data.batches(images(), { batchSize: 11, last: 'drop' }).next()).message).toBe(
      'batches({ batchSize }): expected at most 10 examples a batch, as the last is dropped, received 11.',
    );
  });

  it('change pictures anew in each epoch', () => {
    const options = { batchSize: 10, epochs: 2, shuffle: false, seed: 3, augment: { brightness: 0.3 } };
    const [first, second] = gone(data.batches(images(), options));
    expect(first!.x).not.toEqual(second!.x);
    expect(gone(data.batches(images(), options)).map(({ x }) => x)).toEqual([first!.x, second!.x]);
  });

  it('have types that follow the source', () => {
    const [batch] = data.batches(images(), { batchSize: 2 });
    expectTypeOf(batch!.x).toEqualTypeOf<tf.Tensor4D>();
    expectTypeOf(batch!.y).toEqualTypeOf<tf.Tensor1D>();
    expect([batch!.x.shape, batch!.y.shape]).toEqual([[2, 1, 1, 1], [2]]);
    batch!.dispose();
  });
});

describe('batches of tensors', () => {
  it('keep rows of x and y together, and the tensors as they are', () => {
    const x = tf.tensor2d([
      [1, 10],
      [2, 20],
      [3, 30],
    ]);
    const y = tf.tensor1d([1, 2, 3], 'int32');
    const before = tf.memory().numTensors;
    const found = gone(data.batches({ x, y }, { batchSize: 2, seed: 1 }));
    for (const { x, y } of found) expect(x).toEqual(y!.flatMap(value => [value, value * 10]));
    expect(tf.memory().numTensors).toBe(before);
    const [alone] = data.batches({ x }, { batchSize: 3, shuffle: false });
    expectTypeOf(alone!.x).toEqualTypeOf<tf.Tensor2D>();
    expect([alone!.y, alone!.x.arraySync()]).toEqual([
      undefined,
      [
        [1, 10],
        [2, 20],
        [3, 30],
      ],
    ]);
    alone!.dispose();
    tf.dispose([x, y]);
  });

  it('take what a preparation gives', () => {
    const prepared = data.fitPreparation(data.frame({ n: [1, 2, 3], t: ['a', 'b', 'a'] }), { target: 't' })(
      data.frame({ n: [1, 2, 3], t: ['a', 'b', 'a'] }),
    );
    expect(gone(data.batches(prepared, { batchSize: 3 }))[0]!.y).toHaveLength(3);
    prepared.dispose();
  });

  it('explain what they cannot do', () => {
    const x = tf.zeros([3, 1]);
    const y = tf.zeros([2]);
    const first = (source: unknown, options: object = {}) =>
      thrown(() => data.batches(source as never, options).next());
    expect(first({ x, y }).message).toBe('batches({ x, y }): expected 3 rows in y, as in x, received 2.');
    expect(first([1, 2])).toEqual({
      message: 'batches(source): expected an image set, or tensors { x, y }, received [1, 2].',
      hint: 'A preparation makes them of a frame: data.batches(prepare(fitting)).',
    });
    expect(first({ x }, { augment: {} }).message).toContain("received 'augment'");
    expect(first({ x }, { batchsize: 2 }).hint).toBe("Did you mean 'batchSize'?");
    tf.dispose([x, y]);
  });
});
