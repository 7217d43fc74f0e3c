import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
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

const build = () => models.mlp({ inputs: 2, hidden: [6], task: 'binary', seed: 1 });

describe('early stopping', () => {
  /** Learns at a rate that is far too high, so that validation soon gets worse. */
  const overshoot = {
    epochs: 60,
    batchSize: 8,
    seed: 1,
    optimizer: { kind: 'adam', learningRate: 0.3 },
  } as const;

  test('ends when the validation loss has not been better for so many epochs, with the best weights', async () => {
    const [fitting, validation] = [moons(40, 1), moons(30, 2)];
    const model = build();
    const snapshots: number[][][] = [];
    const history = await train.fit(model, fitting, {
      ...overshoot,
      validation,
      earlyStopping: { patience: 4 },
      onEpochEnd: () => void snapshots.push(weightsOf(model)),
    });
    const losses = history.history.valLoss!;
    const best = losses.indexOf(Math.min(...losses));
    expect(history.epochs.length).toBe(best + 1 + 4);
    expect(history).toMatchObject({
      ended: 'early-stopping',
      stopped: false,
      best: { monitor: 'valLoss', epoch: best + 1, value: losses[best], restored: true },
    });
    expect(weightsOf(model)).toEqual(snapshots[best]);
    expect((await train.evaluate(model, validation)).loss).toBeCloseTo(losses[best]!, 6);
    dispose(fitting, validation);
  });

  test('can keep the last weights, and watch another score', async () => {
    const [fitting, validation] = [moons(40, 1), moons(30, 2)];
    const model = build();
    let last: number[][] = [];
    const history = await train.fit(model, fitting, {
      ...overshoot,
      validation,
      earlyStopping: { monitor: 'valAccuracy', patience: 2, restoreBest: false, minDelta: 0.01 },
      onEpochEnd: () => {
        last = weightsOf(model);
      },
    });
    const accuracies = history.history.valAccuracy!;
    let best = 0;
    for (const [i, value] of accuracies.entries()) if (value > accuracies[best]! + 0.01) best = i;
    expect(history.best).toEqual({ monitor: 'valAccuracy', epoch: best + 1, value: accuracies[best], restored: false });
    expect(history.epochs.length).toBe(best + 1 + 2);
    expect(weightsOf(model)).toEqual(last);
    dispose(fitting, validation);
  });

  test('that never strikes leaves the run as it is, and the best weights at its end', async () => {
    const fitting = moons(40, 1);
    const history = await train.fit(build(), fitting, { epochs: 3, seed: 1, earlyStopping: {} });
    expect(history).toMatchObject({ ended: 'completed', best: { monitor: 'loss', epoch: 3 } });
    dispose(fitting);
  });

  test.each<[train.EarlyStopping, string]>([
    [
      { monitor: 'valLoss' },
      "train.fit({ earlyStopping }).monitor: 'valLoss' needs validation data, and there is none.",
    ],
    [{ monitor: 'los' }, "train.fit({ earlyStopping }).monitor: expected one of 'loss', 'accuracy', received 'los'."],
    [{ patience: 0 }, 'train.fit({ earlyStopping }).patience: expected a whole number from 1, received 0.'],
    [
      { patients: 3 } as never,
      "train.fit({ earlyStopping }): expected options among monitor, patience, minDelta, restoreBest, better, received 'patients'.",
    ],
  ])('refuses %j', async (earlyStopping, message) => {
    const fitting = moons(10, 1);
    await expect(train.fit(build(), fitting, { earlyStopping })).rejects.toThrow(message);
    dispose(fitting);
  });
});

describe('callbacks', () => {
  test('are told of everything, in order', async () => {
    const fitting = moons(20, 1);
    const events: train.TrainEvent[] = [];
    const model = build();
    const history = await train.fit(model, fitting, {
      epochs: 2,
      batchSize: 8,
      seed: 1,
      optimizer: { kind: 'sgd', learningRate: 0.1 },
      schedule: { kind: 'step', every: 1, factor: 0.5 },
      callbacks: [event => void events.push(event)],
    });
    const epoch = ['batch', 'batch', 'batch', 'epoch'];
    expect(events.map(({ kind }) => kind)).toEqual(['start', ...epoch, ...epoch, 'end']);
    expect(events.every(event => event.model === model)).toBe(true);
    expect(events[0]).toMatchObject({ epochs: 2, batches: 3, samples: 20 });
    expect(events[5]).toMatchObject({ epoch: 2, batch: 1, step: 4, learningRate: 0.05 });
    expect(events[8]).toMatchObject({ kind: 'epoch', record: history.epochs[1] });
    expect(events[9]).toMatchObject({ kind: 'end', history });
    const losses = events.flatMap(event => (event.kind === 'batch' && event.epoch === 1 ? [event.scores.loss!] : []));
    expect((8 * losses[0]! + 8 * losses[1]! + 4 * losses[2]!) / 20).toBeCloseTo(history.epochs[0]!.loss, 6);
    expect(history.epochs.map(({ learningRate }) => learningRate)).toEqual([0.1, 0.05]);
    dispose(fitting);
  });

  test('one that says stop ends the run, at a batch or at an epoch; the others are told too', async () => {
    const fitting = moons(20, 1);
    let told = 0;
    const ends: ProgressEvent[] = [];
    const unsubscribe = onProgress(event => void (event.kind === 'fit-end' && ends.push(event)));
    const run = (stop: train.Callback) =>
      train.fit(build(), fitting, { epochs: 5, batchSize: 8, seed: 1, callbacks: [stop, () => void told++] });
    const atBatch = await run(event => (event.kind === 'batch' && event.step === 4 ? 'stop' : undefined));
    expect(atBatch).toMatchObject({ ended: 'callback', stopped: false });
    expect(atBatch.epochs.length).toBe(1);
    expect(told).toBe(1 + 3 + 1 + 1 + 1);
    const atEpoch = await run(async event => (event.kind === 'epoch' && event.record.epoch === 2 ? 'stop' : undefined));
    expect(atEpoch.epochs.length).toBe(2);
    unsubscribe();
    expect(ends).toMatchObject([{ reason: 'completed' }, { reason: 'completed' }]);
    dispose(fitting);
  });

  test('one that throws fails the run', async () => {
    const fitting = moons(20, 1);
    const callbacks = [
      () => {
        throw new Error('no more');
      },
    ];
    await expect(train.fit(build(), fitting, { callbacks })).rejects.toThrow('no more');
    await expect(train.fit(build(), fitting, { callbacks: [3 as never] })).rejects.toThrow(
      'train.fit({ callbacks }): expected a list of functions, received [3].',
    );
    dispose(fitting);
  });

  test('know the type of each event', () => {
    expectTypeOf<Extract<train.TrainEvent, { kind: 'batch' }>>().toEqualTypeOf<train.BatchEvent>();
    expectTypeOf<train.TrainEvent['kind']>().toEqualTypeOf<'start' | 'batch' | 'epoch' | 'end'>();
    expectTypeOf<train.EpochEvent['record']['loss']>().toEqualTypeOf<number>();
  });
});

describe('schedules and clipping in a run', () => {
  test('each step takes the rate of the schedule', async () => {
    const fitting = moons(20, 1);
    const schedule: train.Schedule = { kind: 'warm-up', epochs: 1, next: { kind: 'cosine', end: 0.1 } };
    const rates: (number | undefined)[] = [];
    await train.fit(build(), fitting, {
      epochs: 3,
      batchSize: 8,
      seed: 1,
      optimizer: { kind: 'sgd', learningRate: 0.2 },
      schedule,
      callbacks: [event => void (event.kind === 'batch' && rates.push(event.learningRate))],
    });
    expect(rates).toEqual(train.learningRates(schedule, { learningRate: 0.2, epochs: 3, batches: 3 }));
    dispose(fitting);
  });

  test("the caller's own optimiser has its rate back at the end, one of tfjs too", async () => {
    const fitting = moons(20, 1);
    for (const optimizer of [train.optimizer({ kind: 'adam' }), tf.train.adam(0.001), tf.train.sgd(0.001)]) {
      await train.fit(build(), fitting, { epochs: 2, optimizer, schedule: { kind: 'exponential', decay: 0.5 } });
      expect((optimizer as unknown as { learningRate: number }).learningRate).toBe(0.001);
      optimizer.dispose();
    }
    tf.disposeVariables();
    dispose(fitting);
    tensors = tf.memory().numTensors; // of tfjs's sgd
  });

  test('a schedule moves optimisers of tfjs as it moves ours', async () => {
    const fitting = moons(20, 1);
    const run = async (optimizer: tf.Optimizer) => {
      const model = build();
      await train.fit(model, fitting, {
        epochs: 2,
        batchSize: 8,
        seed: 1,
        optimizer,
        schedule: { kind: 'step', every: 1, factor: 0.1 },
      });
      optimizer.dispose();
      return weightsOf(model).flat();
    };
    const pairs = [
      [train.optimizer({ kind: 'sgd', learningRate: 0.5 }), tf.train.sgd(0.5)],
      [train.optimizer({ kind: 'rmsprop', learningRate: 0.01 }), tf.train.rmsprop(0.01)],
    ] as const;
    for (const [ours, theirs] of pairs) {
      const [a, b] = [await run(ours), await run(theirs)];
      for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i]!, 5);
    }
    tf.disposeVariables();
    dispose(fitting);
    tensors = tf.memory().numTensors;
  });

  test('a clipped step is no longer than the rate times the longest gradient', async () => {
    const data = { x: tf.tensor2d([[100]]), y: tf.tensor1d([1000]) };
    const model = models.linear({ inputs: 1, seed: 1 });
    const before = weightsOf(model).flat();
    await train.fit(model, data, {
      epochs: 1,
      optimizer: { kind: 'sgd', learningRate: 0.1 },
      clip: { kind: 'norm', max: 2 },
    });
    const step = weightsOf(model)
      .flat()
      .map((value, i) => value - before[i]!);
    expect(Math.hypot(...step)).toBeCloseTo(0.2, 5);
    dispose(data);
  });
});
