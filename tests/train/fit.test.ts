import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onProgress, type ProgressEvent, random } from '../../src/core/index.ts';
import { installDisplayChannel } from '../../src/display/channel.ts';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';
import * as train from '../../src/train/index.ts';

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  tf.disposeVariables();
  expect(tf.memory().numTensors).toBe(tensors);
});

/** y = 3 a − 2 b + 1 + noise */
function line(rows = 60, noise = 0.1) {
  const generator = random(1);
  const xs = Array.from({ length: rows }, () => [generator.normal(), generator.normal()]);
  const ys = xs.map(([a, b]) => 3 * a! - 2 * b! + 1 + generator.normal(0, noise));
  return { xs, ys, x: tf.tensor2d(xs), y: tf.tensor1d(ys) };
}

/** Two half circles, one in the arm of the other. */
function moons(rows: number, seed: number) {
  const generator = random(seed);
  const labels = Array.from({ length: rows }, (_, i) => i % 2);
  const points = labels.map(label => {
    const angle = generator.uniform(0, Math.PI);
    const [a, b] = label ? [1 - Math.cos(angle), 0.5 - Math.sin(angle)] : [Math.cos(angle), Math.sin(angle)];
    return [a + generator.normal(0, 0.15), b + generator.normal(0, 0.15)];
  });
  return { x: tf.tensor2d(points), y: tf.tensor1d(labels, 'int32') };
}

const dispose = (...data: { x: tf.Tensor; y: tf.Tensor }[]) => {
  for (const { x, y } of data) tf.dispose([x, y]);
};
const weightsOf = (model: tf.LayersModel) => model.getWeights().map(weight => [...weight.dataSync()]);

/** Least squares with an intercept, by the normal equations and Gauss's elimination, in float64. */
function leastSquares(xs: number[][], ys: number[]): number[] {
  const rows = xs.map(row => [...row, 1]);
  const size = rows[0]!.length;
  const matrix = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
    rows.reduce((sum, row, k) => sum + row[i]! * ys[k]!, 0),
  ]);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      if (i === j) continue;
      const factor = matrix[j]![i]! / matrix[i]![i]!;
      matrix[j] = matrix[j]!.map((value, k) => value - factor * matrix[i]![k]!);
    }
  return matrix.map((row, i) => row[size]! / row[i]!);
}

describe('what it learns', () => {
  test('linear regression reaches the closed-form solution', async () => {
    const { xs, ys, x, y } = line();
    const model = models.linear({ inputs: 2, seed: 1 });
    await train.fit(
      model,
      { x, y },
      { epochs: 150, batchSize: 60, seed: 1, optimizer: { kind: 'sgd', learningRate: 0.1 } },
    );
    const [w, b] = weightsOf(model) as [number[], number[]];
    const wanted = leastSquares(xs, ys);
    for (const [i, value] of [...w, ...b].entries()) expect(value).toBeCloseTo(wanted[i]!, 4);
    dispose({ x, y });
  });

  test.each([1, 2, 3])('an mlp tells two moons apart, a line does not, seed %d', async seed => {
    const [fitting, unseen] = [moons(300, seed), moons(200, seed + 100)];
    const options = { epochs: 40, seed, optimizer: { kind: 'adam', learningRate: 0.02 } } as const;
    const score = async (model: tf.LayersModel) => {
      await train.fit(model, fitting, options);
      return (await train.evaluate(model, unseen)).accuracy!;
    };
    const curved = await score(models.mlp({ inputs: 2, hidden: [16], outputs: 2, task: 'classification', seed }));
    const straight = await score(models.linear({ inputs: 2, task: 'binary', seed }));
    expect(curved).toBeGreaterThan(0.95);
    expect(straight).toBeLessThan(0.93);
    expect(straight).toBeGreaterThan(0.75);
    dispose(fitting, unseen);
  });

  const kinds: [train.OptimizerConfig, () => tf.Optimizer][] = [
    [{ kind: 'sgd', learningRate: 0.05 }, () => tf.train.sgd(0.05)],
    [{ kind: 'momentum', learningRate: 0.02 }, () => tf.train.momentum(0.02, 0.9)],
    [{ kind: 'rmsprop', learningRate: 0.01 }, () => tf.train.rmsprop(0.01, 0.9)],
    [{ kind: 'adam' }, () => tf.train.adam(0.001)],
  ];
  test.each(kinds)('%j without shuffling gives the weights and losses of tfjs', async (config, plain) => {
    const { x, y } = line(50);
    const build = () => models.mlp({ inputs: 2, hidden: [6], outputs: 1, activation: 'tanh', seed: 3 });
    const [ours, theirs] = [build(), build()];
    const history = await train.fit(
      ours,
      { x, y },
      { epochs: 4, batchSize: 16, seed: 1, shuffle: false, optimizer: config },
    );
    const optimizer = plain();
    theirs.compile({ optimizer, loss: 'meanSquaredError' });
    const reference = await theirs.fit(x, y.reshape([50, 1]), { epochs: 4, batchSize: 16, shuffle: false, verbose: 0 });
    for (const [i, loss] of history.history.loss!.entries())
      expect(loss).toBeCloseTo(reference.history.loss![i] as number, 5);
    for (const [i, values] of weightsOf(ours).entries())
      for (const [j, value] of values.entries()) expect(value).toBeCloseTo(weightsOf(theirs)[i]![j]!, 5);
    // What tfjs itself leaves behind is not what is counted here.
    tf.disposeVariables();
    optimizer.dispose();
    dispose({ x, y });
    tensors = tf.memory().numTensors;
  });
});

describe('determinism', () => {
  test('the same seed gives the same weights and history, another seed others', async () => {
    const data = moons(100, 1);
    const run = async (seed: number) => {
      const model = models.mlp({ inputs: 2, hidden: [8], task: 'binary', seed: 1 });
      const { epochs } = await train.fit(model, data, { epochs: 3, seed, validationSplit: 0.2 });
      return { epochs, weights: weightsOf(model) };
    };
    const first = await run(5);
    expect(await run(5)).toEqual(first);
    expect((await run(6)).weights).not.toEqual(first.weights);
    dispose(data);
  });

  test('a run without a seed can be repeated by the seed in its history', async () => {
    const data = moons(60, 1);
    const run = async (seed?: number) => {
      const model = models.linear({ inputs: 2, task: 'binary', seed: 1 });
      return train.fit(model, data, { epochs: 2, batchSize: 8, seed });
    };
    const first = await run();
    expect((await run(first.seed)).epochs).toEqual(first.epochs);
    dispose(data);
  });
});

describe('history and progress', () => {
  test('history is data by epoch and by score; events tell the same', async () => {
    const [fitting, validation] = [moons(50, 1), moons(20, 2)];
    const events: ProgressEvent[] = [];
    const stop = onProgress(event => events.push(event));
    const told: train.EpochRecord[] = [];
    const model = models.mlp({ inputs: 2, hidden: [4], task: 'binary', seed: 1 });
    const history = await train.fit(model, fitting, {
      epochs: 2,
      batchSize: 20,
      seed: 1,
      validation,
      live: true,
      onEpochEnd: record => void told.push(record),
    });
    stop();
    expect(history.epochs.map(record => Object.keys(record))).toEqual(
      Array(2).fill(['epoch', 'loss', 'accuracy', 'valLoss', 'valAccuracy']),
    );
    expect(history.history.valLoss).toEqual(history.epochs.map(record => record.valLoss));
    expect(told).toEqual(history.epochs);
    expect(history).toMatchObject({ seed: 1, stopped: false });
    const scored = await train.evaluate(model, validation);
    expect(scored.loss).toBeCloseTo(history.epochs[1]!.valLoss!, 6);
    expect(scored.accuracy).toBeCloseTo(history.epochs[1]!.valAccuracy!, 6);

    expect(events.map(({ kind }) => kind.slice(4))).toEqual([
      'start',
      ...['batch', 'batch', 'batch', 'epoch'],
      ...['batch', 'batch', 'batch', 'epoch'],
      'end',
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
    const scores = ['loss', 'accuracy', 'valLoss', 'valAccuracy'];
    expect(events[0]).toMatchObject({ epochs: 2, batches: 3, samples: 50, scores, live: true });
    const { epoch: _, ...last } = history.epochs[1]!;
    expect(events[8]).toMatchObject({ epoch: 2, epochs: 2, scores: last });
    expect(events[7]).toMatchObject({ batch: 3, scores: { loss: last.loss, accuracy: last.accuracy } });
    expect(events[9]).toMatchObject({ reason: 'completed', epochs: 2 });
    dispose(fitting, validation);
  });

  test('the loss of an epoch weighs its batches by their size', async () => {
    const { x, y } = line(50);
    const model = models.linear({ inputs: 2, seed: 1 });
    const before = await train.evaluate(model, { x, y });
    // A learning rate this small changes nothing: the average over the batches is the loss of before.
    const history = await train.fit(
      model,
      { x, y },
      { epochs: 1, batchSize: 40, optimizer: { kind: 'sgd', learningRate: 1e-12 } },
    );
    expect(history.epochs[0]!.loss).toBeCloseTo(before.loss, 4);
    dispose({ x, y });
  });

  test('other work gets its turn while training runs', async () => {
    const data = moons(20, 1);
    const stop = new AbortController();
    let turns = 0;
    const timer = setInterval(() => ++turns === 5 && stop.abort(), 1);
    const { stopped } = await train.fit(models.mlp({ inputs: 2, hidden: [4], task: 'binary', seed: 1 }), data, {
      epochs: 2000,
      batchSize: 10,
      signal: stop.signal,
    });
    clearInterval(timer);
    dispose(data);
    expect(stopped).toBe(true);
  });
});

describe('stopping', () => {
  test('a signal ends it at once; history and weights stay as they are', async () => {
    const data = moons(100, 1);
    const [model, same] = [1, 2].map(() => models.mlp({ inputs: 2, hidden: [4], task: 'binary', seed: 1 })) as [
      tf.LayersModel,
      tf.LayersModel,
    ];
    const stop = new AbortController();
    const ends: ProgressEvent[] = [];
    const unsubscribe = onProgress(event => event.kind === 'fit-end' && ends.push(event));
    const history = await train.fit(model, data, {
      epochs: 50,
      seed: 1,
      signal: stop.signal,
      onEpochEnd: ({ epoch }) => epoch === 2 && stop.abort(),
    } as train.FitOptions);
    unsubscribe();
    expect(history.stopped).toBe(true);
    expect(history.epochs.length).toBe(2);
    expect(ends).toMatchObject([{ reason: 'stopped', epochs: 2 }]);
    await train.fit(same, data, { epochs: 2, seed: 1 });
    expect(weightsOf(model)).toEqual(weightsOf(same));
    dispose(data);
  });

  test("a notebook's interrupt ends it too", async () => {
    const data = moons(40, 1);
    const stop = new AbortController();
    installDisplayChannel({ display() {}, clearOutput() {}, signal: stop.signal });
    const model = models.linear({ inputs: 2, task: 'binary', seed: 1 });
    setTimeout(() => stop.abort(), 20);
    const history = await train.fit(model, data, { epochs: 100_000, batchSize: 8 });
    Reflect.deleteProperty(globalThis, Symbol.for('learnable.display'));
    expect(history.stopped).toBe(true);
    dispose(data);
  });
});

describe('memory', () => {
  test.each<train.OptimizerConfig>([{ kind: 'sgd' }, { kind: 'momentum' }, { kind: 'rmsprop' }, { kind: 'adam' }])(
    'fit with %j and evaluate leave no tensor behind',
    async optimizer => {
      const data = moons(50, 1);
      const model = models.mlp({ inputs: 2, hidden: [4], outputs: 2, task: 'classification', seed: 1 });
      const before = tf.memory().numTensors;
      await train.fit(model, data, { epochs: 2, optimizer, validationSplit: 0.2 });
      await train.evaluate(model, data);
      expect(tf.memory().numTensors).toBe(before);
      await expect(train.fit(model, { x: data.x }, { optimizer })).rejects.toThrow('expected a tensor');
      expect(tf.memory().numTensors).toBe(before);
      dispose(data);
    },
  );

  test("the caller's own optimiser keeps its state, and is not disposed", async () => {
    const data = moons(40, 1);
    const build = () => models.linear({ inputs: 2, task: 'binary', seed: 1 });
    const [twice, once] = [build(), build()];
    const optimizer = train.optimizer({ kind: 'adam', learningRate: 0.1 });
    const options = { epochs: 1, shuffle: false };
    await train.fit(twice, data, { ...options, optimizer });
    await train.fit(twice, data, { ...options, optimizer });
    await train.fit(once, data, { ...options, epochs: 2, optimizer: { kind: 'adam', learningRate: 0.1 } });
    expect(weightsOf(twice)).toEqual(weightsOf(once));
    optimizer.dispose();
    dispose(data);
  });
});
