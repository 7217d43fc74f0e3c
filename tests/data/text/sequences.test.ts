import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { thrown } from '../fixtures.ts';

const { text } = data;
const ids = Array.from({ length: 100 }, (_, i) => i);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('pad', () => {
  const sequences = [[1], [1, 2, 3], []];

  it('fills up and cuts, at the end or at the start', () => {
    expect(text.pad(sequences)).toEqual([
      [1, 0, 0],
      [1, 2, 3],
      [0, 0, 0],
    ]);
    expect(text.pad(sequences, { length: 2, value: 9, side: 'start', cut: 'start' })).toEqual([
      [9, 1],
      [2, 3],
      [9, 9],
    ]);
    expect(text.pad(sequences, { length: 2 })[1]).toEqual([1, 2]);
    expect(text.pad([])).toEqual([]);
    expect(sequences).toEqual([[1], [1, 2, 3], []]);
    // @ts-expect-error: no such option
    expect(thrown(() => text.pad(sequences, { lenght: 2 })).hint).toBe("Did you mean 'length'?");
  });
});

describe('windows', () => {
  it('have their next tokens as targets', () => {
    expect(text.windows([1, 2, 3, 4, 5], { length: 2 })).toEqual({
      inputs: [
        [1, 2],
        [3, 4],
      ],
      targets: [
        [2, 3],
        [4, 5],
      ],
    });
    const overlapping = text.windows(Int32Array.from(ids), { length: 10, stride: 1 });
    expect(overlapping.inputs).toHaveLength(90);
    expect(overlapping.targets.at(-1)!.at(-1)).toBe(99);
    expect(text.windows([1, 2], { length: 2 })).toEqual({ inputs: [], targets: [] });
  });
});

describe('windowBatches', () => {
  const rows = (seed: number) =>
    [...text.windowBatches(ids, { length: 5, batchSize: 4, steps: 3, seed })].map(({ x, y, step, dispose }) => {
      const found = { x: x.arraySync(), y: y.arraySync(), step };
      dispose();
      return found;
    });

  it('give as many as asked for, each target one further on', () => {
    const before = tf.memory().numTensors;
    const found = rows(1);
    expect(found.map(({ step }) => step)).toEqual([1, 2, 3]);
    for (const { x, y } of found) {
      expect([x.length, x[0]!.length]).toEqual([4, 5]);
      expect(y).toEqual(x.map(row => row.map(value => value + 1)));
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it('begin anywhere, by the seed, from the first place to the last', () => {
    expect(rows(1)).toEqual(rows(1));
    expect(rows(1)).not.toEqual(rows(2));
    const starts = new Set<number>();
    for (const { x, dispose } of text.windowBatches(ids, { length: 97, batchSize: 64, steps: 1 })) {
      for (const [start] of x.arraySync()) starts.add(start!);
      dispose();
    }
    expect([...starts].sort((a, b) => a - b)).toEqual([0, 1, 2]);
  });

  it('want a sequence that is longer than a window', () => {
    const first = () => text.windowBatches([1, 2], { length: 2, steps: 1 }).next();
    expect(thrown(first).message).toBe(
      'windowBatches(ids): expected more than 2 tokens, the length of a window, received 2.',
    );
  });
});
