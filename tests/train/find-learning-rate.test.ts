import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { onProgress, type ProgressEvent } from '../../src/core/index.ts';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';
import * as train from '../../src/train/index.ts';
import { dispose, moons, weightsOf } from './support.ts';

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  tf.disposeVariables();
  expect(tf.memory().numTensors).toBe(tensors);
});

test.each([1, 2, 3])(
  'the rate that it suggests learns faster than a hundredth of it, and better than the last before the explosion, seed %d',
  async seed => {
    const data = moons(200, seed);
    const build = () => models.mlp({ inputs: 2, hidden: [16], outputs: 2, task: 'classification', seed });
    const model = build();
    const before = weightsOf(model);
    const optimizer = { kind: 'sgd' } as const;
    const search = await train.findLearningRate(model, data, { from: 1e-4, to: 100, optimizer, seed });
    expect(weightsOf(model)).toEqual(before);
    expect(search.rates[0]).toBeCloseTo(1e-4, 12);
    expect(search.rates.at(-1)).toBeLessThan(100); // it exploded before
    expect(search.losses.length).toBe(search.rates.length);
    for (let i = 1; i < search.rates.length; i++)
      expect(search.rates[i]! / search.rates[i - 1]!).toBeCloseTo(1e6 ** (1 / 99), 6);
    const rate = search.suggestion!;
    const loss = async (learningRate: number) => {
      const history = await train.fit(build(), data, { epochs: 3, seed, optimizer: { kind: 'sgd', learningRate } });
      return history.epochs.at(-1)!.loss;
    };
    const suggested = await loss(rate);
    expect(suggested).toBeLessThan(await loss(rate / 100));
    expect(suggested).toBeLessThan(await loss(search.rates.at(-1)!).catch(() => Number.POSITIVE_INFINITY));
    dispose(data);
  },
);

test('the same seed searches the same, and dropout goes on with the numbers of before', async () => {
  const data = moons(60, 1);
  const build = () => models.mlp({ inputs: 2, hidden: [8], dropout: 0.3, task: 'binary', seed: 1 });
  const [searched, fresh] = [build(), build()];
  const first = await train.findLearningRate(searched, data, { seed: 2, steps: 30 });
  expect(await train.findLearningRate(searched, data, { seed: 2, steps: 30 })).toEqual(first);
  await train.fit(searched, data, { epochs: 1, seed: 1 });
  await train.fit(fresh, data, { epochs: 1, seed: 1 });
  expect(weightsOf(searched)).toEqual(weightsOf(fresh));
  dispose(data);
});

test('it tells how far it is, stops at a signal, and leaves the model as it was', async () => {
  const data = moons(60, 1);
  const model = models.linear({ inputs: 2, task: 'binary', seed: 1 });
  const before = weightsOf(model);
  const stop = new AbortController();
  stop.abort();
  const events: ProgressEvent[] = [];
  const unsubscribe = onProgress(event => event.kind !== 'task-step' && events.push(event)); // of steps as time goes by
  const search = await train.findLearningRate(model, data, { signal: stop.signal });
  unsubscribe();
  expect(search.rates.length).toBe(1);
  expect(events.map(({ kind }) => kind)).toEqual(['task-start', 'task-end']);
  expect(events).toMatchObject([{ label: 'Learning rates', total: 100 }, { reason: 'stopped' }]);
  expect(weightsOf(model)).toEqual(before);
  dispose(data);
});

test.each<[train.FindLearningRateOptions, string]>([
  [{ from: 0 }, 'train.findLearningRate({ from }): expected a number above 0, received 0.'],
  [{ from: 2 }, 'train.findLearningRate({ to }): expected a number above 2, received 1.'],
  [{ steps: 5 }, 'train.findLearningRate({ steps }): expected a whole number from 10, received 5.'],
  [{ optimizer: { kind: 'adm' as 'adam' } }, "optimizer.kind: expected one of 'sgd'"],
])('%j is refused', async (options, message) => {
  const data = moons(10, 1);
  const model = models.linear({ inputs: 2, task: 'binary', seed: 1 });
  await expect(train.findLearningRate(model, data, options)).rejects.toThrow(message);
  dispose(data);
});
