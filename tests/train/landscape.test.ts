import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { random } from '../../src/core/index.ts';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';
import { filterNormalised, planeOfPath } from '../../src/train/directions.ts';
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

describe('on a line', () => {
  test('of a linear regression the loss is a parabola', async () => {
    const generator = random(1);
    const data = {
      x: tf.tensor2d(Array.from({ length: 20 }, () => [generator.normal()])),
      y: tf.tensor1d(Array.from({ length: 20 }, () => generator.normal())),
    };
    const model = models.linear({ inputs: 1, seed: 1 });
    const before = weightsOf(model);
    const [from, to] = [
      [Float32Array.of(-1), Float32Array.of(0)],
      [Float32Array.of(2), Float32Array.of(1)],
    ];
    const { positions, losses } = await train.lossLine(model, data, from!, to!, { steps: 9, margin: 0.5 });
    expect([positions[0], positions[4], positions[8]]).toEqual([-0.5, 0.5, 1.5]);
    const thirds = losses.slice(3).map((loss, i) => loss - 3 * losses[i + 2]! + 3 * losses[i + 1]! - losses[i]!);
    for (const third of thirds) expect(Math.abs(third)).toBeLessThan(1e-4);
    train.restore(model, to!);
    expect((await train.evaluate(model, data)).loss).toBeCloseTo(losses[6]!, 5);
    train.restore(
      model,
      before.map(list => Float32Array.from(list)),
    );
    dispose(data);
  });

  test('weights of another model are refused', async () => {
    const data = moons(4, 1);
    const model = models.linear({ inputs: 2, task: 'binary', seed: 1 });
    await expect(train.lossLine(model, data, [], train.snapshot(model))).rejects.toThrow(
      'train.lossLine(from): expected weights of 2, 1 numbers, as the model has, received .',
    );
    dispose(data);
  });
});

describe('on a plane', () => {
  test('random directions are as long as each filter, and biases stay', () => {
    const model = models.cnn({ inputs: [4, 4, 2], channels: [3], hidden: [5], seed: 1 });
    const [first, second] = filterNormalised(model, 7);
    for (const [i, weight] of model.weights.entries()) {
      const [values, shape] = [weight.read().dataSync(), weight.shape as number[]];
      if (shape.length === 1) expect([...first[i]!, ...second[i]!].every(value => value === 0)).toBe(true);
      else
        for (let output = 0; output < shape.at(-1)!; output++) {
          const filter = (list: ArrayLike<number>) => Array.from(list).filter((_, j) => j % shape.at(-1)! === output);
          for (const direction of [first, second])
            expect(Math.hypot(...filter(direction[i]!))).toBeCloseTo(Math.hypot(...filter(values)), 4);
        }
    }
    expect(filterNormalised(model, 7)).toEqual([first, second]);
    expect(filterNormalised(model, 8)[0]).not.toEqual(first);
  });

  test('the middle is the loss of the model, which keeps its weights', async () => {
    const data = moons(30, 1);
    const model = models.mlp({ inputs: 2, hidden: [6], task: 'binary', seed: 1 });
    const before = weightsOf(model);
    const map = await train.landscape(model, data, { steps: 5, range: 0.5, seed: 1 });
    expect(map.a).toEqual([-0.5, -0.25, 0, 0.25, 0.5]);
    expect(map.b).toEqual(map.a);
    expect(map.losses.map(row => row.length)).toEqual([5, 5, 5, 5, 5]);
    expect(map.losses[2]![2]).toBeCloseTo((await train.evaluate(model, data)).loss, 6);
    expect(new Set(map.losses.flat()).size).toBe(25);
    expect(weightsOf(model)).toEqual(before);
    dispose(data);
  });

  test('along a path: its places lie on it, its losses are those of the map, it ends at 0', async () => {
    const data = moons(60, 1);
    const model = models.mlp({ inputs: 2, hidden: [6], task: 'binary', seed: 1 });
    const film = train.recorder({ every: 4 });
    await train.fit(model, data, {
      epochs: 10,
      batchSize: 16,
      seed: 1,
      optimizer: { kind: 'sgd', learningRate: 0.5 },
      callbacks: [film.callback],
    });
    const path = film.frames.map(frame => frame.weights!);
    const map = await train.landscape(model, data, { path, steps: 7 });
    expect(map.path!.a.length).toBe(path.length);
    expect([map.path!.a.at(-1), map.path!.b.at(-1)]).toEqual([0, 0]);
    expect(map.explained![0]).toBeGreaterThan(map.explained![1]);
    expect(map.explained![0] + map.explained![1]).toBeGreaterThan(0.9);
    expect(map.explained![0] + map.explained![1]).toBeLessThanOrEqual(1 + 1e-9);
    expect(Math.min(...map.a)).toBeLessThan(Math.min(...map.path!.a));
    expect(Math.max(...map.b)).toBeGreaterThan(Math.max(...map.path!.b));
    dispose(data);
  });

  test('the plane of a path in two directions is that plane', () => {
    const center = [Float32Array.of(1, 2, 3), Float32Array.of(4)];
    const at = (s: number, t: number) => [Float32Array.of(1 + 3 * s, 2, 3 + 4 * s), Float32Array.of(4 + t)];
    const plane = planeOfPath([at(10, 1), at(5, -1), at(2, 2), at(0, 0)]);
    expect(plane.center).toEqual(center);
    expect(plane.explained![0] + plane.explained![1]).toBeCloseTo(1, 9);
    const along = plane.first.flatMap(list => [...list]);
    expect(Math.abs(along[0]! * 0.6 + along[2]! * 0.8)).toBeCloseTo(1, 2);
    const rebuilt = plane.center.map((list, i) =>
      list.map((w, j) => w + plane.path!.a[1]! * plane.first[i]![j]! + plane.path!.b[1]! * plane.second[i]![j]!),
    );
    for (const [i, list] of at(5, -1).entries())
      for (const [j, value] of list.entries()) expect(rebuilt[i]![j]).toBeCloseTo(value, 4);
  });

  test('a map that was stopped is none', async () => {
    const data = moons(10, 1);
    const model = models.linear({ inputs: 2, task: 'binary', seed: 1 });
    const before = weightsOf(model);
    const stop = new AbortController();
    stop.abort();
    await expect(train.landscape(model, data, { steps: 3, signal: stop.signal })).rejects.toThrow(
      'train.landscape: it was stopped after 1 of 9 points.',
    );
    expect(weightsOf(model)).toEqual(before);
    await expect(train.landscape(model, data, { path: [train.snapshot(model)] })).rejects.toThrow(
      'train.landscape({ path }): expected at least 3 places, received 1.',
    );
    dispose(data);
  });
});

describe('recorder', () => {
  const run = async (options: train.RecorderOptions, epochs = 5) => {
    const data = moons(40, 1);
    const film = train.recorder(options);
    const model = models.mlp({ inputs: 2, hidden: [4], task: 'binary', seed: 1 });
    const first = weightsOf(model);
    await train.fit(model, data, { epochs, batchSize: 8, seed: 1, callbacks: [film.callback] });
    dispose(data);
    return { film, first, last: weightsOf(model) };
  };
  const plain = (weights: train.WeightValues | undefined) => weights!.map(list => [...list]);

  test('keeps every state from the first to the last, with scores and weights', async () => {
    const { film, first, last } = await run({});
    expect(film.frames.map(({ step }) => step)).toEqual(Array.from({ length: 26 }, (_, i) => i));
    expect(plain(film.frames[0]!.weights)).toEqual(first);
    expect(plain(film.frames.at(-1)!.weights)).toEqual(last);
    expect(film.frames[0]).toMatchObject({ epoch: 0, scores: {} });
    expect(film.frames[6]).toMatchObject({ epoch: 2, scores: { loss: expect.any(Number) } });
    expect(film.frames[3]!.weights).not.toEqual(film.frames[4]!.weights);
  });

  test('forgets every other state when it is full, and always has the last', async () => {
    const { film, last } = await run({ capacity: 8 });
    expect(film.frames.map(({ step }) => step)).toEqual([0, 4, 8, 12, 16, 20, 24, 25]);
    expect(plain(film.frames.at(-1)!.weights)).toEqual(last);
    const longer = await run({ capacity: 8, every: 3 }, 13);
    expect(longer.film.frames.map(({ step }) => step)).toEqual([0, 12, 24, 36, 48, 60, 65]);
    const small = await run({ megabytes: (17 * 4 * 3) / 1e6 }); // three states of 17 weights
    expect(small.film.frames.length).toBeLessThanOrEqual(3);
  });

  test('keeps predictions of some inputs, and no weights where none are wanted; a new run empties it', async () => {
    const inputs = tf.tensor2d([
      [0, 0],
      [1, 1],
    ]);
    const { film } = await run({ inputs, weights: false, every: 5 });
    expect(film.frames.map(({ step }) => step)).toEqual([0, 5, 10, 15, 20, 25]);
    expect(film.frames[2]).not.toHaveProperty('weights');
    expect((film.frames[2]!.predictions as number[]).length).toBe(2);
    const data = moons(8, 1);
    await train.fit(models.linear({ inputs: 2, task: 'binary', seed: 1 }), data, {
      epochs: 1,
      callbacks: [film.callback],
    });
    expect(film.frames.map(({ step }) => step)).toEqual([0, 1]);
    dispose(data);
    inputs.dispose();
  });
});

describe('race', () => {
  test.each(Object.entries(train.surfaces))('%s has the gradient of its values, and its minimum', (_, surface) => {
    const generator = random(1);
    for (let i = 0; i < 20; i++) {
      const [x, y] = [generator.uniform(...surface.x), generator.uniform(...surface.y)];
      const h = 1e-5;
      const slope = [
        (surface.value(x + h, y) - surface.value(x - h, y)) / (2 * h),
        (surface.value(x, y + h) - surface.value(x, y - h)) / (2 * h),
      ];
      for (const [axis, value] of surface.gradient(x, y).entries())
        expect(Math.abs(value - slope[axis]!) / Math.max(1, Math.abs(value))).toBeLessThan(1e-4);
    }
    expect(Math.hypot(...surface.gradient(...surface.minimum))).toBeLessThan(1e-9);
    for (const [dx, dy] of [
      [0.01, 0],
      [-0.01, 0.01],
      [0, -0.01],
    ])
      expect(surface.value(surface.minimum[0] + dx!, surface.minimum[1] + dy!)).toBeGreaterThan(
        surface.value(...surface.minimum),
      );
  });

  test('in a ravine momentum overtakes plain descent, and Adam does not care how steep it is', () => {
    const { runs, surface } = train.race({
      surface: 'ravine',
      steps: 60,
      optimizers: {
        SGD: { kind: 'sgd', learningRate: 0.9 },
        momentum: { kind: 'momentum', learningRate: 0.2, momentum: 0.8 },
        Adam: { kind: 'adam', learningRate: 0.5 },
      },
    });
    expect(surface.name).toBe('ravine');
    expect(runs.map(({ name, x }) => [name, x.length])).toEqual([
      ['SGD', 61],
      ['momentum', 61],
      ['Adam', 61],
    ]);
    const last = runs.map(({ losses }) => losses.at(-1)!);
    expect(last[1]).toBeLessThan(last[0]!);
    expect(runs[0]!.losses[0]).toBeCloseTo(surface.value(...surface.start), 12);
    expect(runs[0]!.x[1]).toBeCloseTo(-10 - 0.9 * surface.gradient(-10, 1.3)[0], 12);
  });

  test('who leaves all numbers behind ends early; a surface of one’s own', () => {
    const mine: train.Surface = {
      ...train.surfaces.ravine,
      value: (x, y) => x * x + y * y,
      gradient: (x, y) => [2 * x, 2 * y],
    };
    const { runs } = train.race({
      surface: mine,
      start: [1, 1],
      steps: 2000,
      optimizers: { wild: { kind: 'sgd', learningRate: 3 } },
    });
    expect(runs[0]!.x.length).toBeLessThan(500);
    expect(runs[0]!.losses.every(Number.isFinite)).toBe(true);
  });

  test.each<[unknown, string]>([
    [
      { surface: 'beal', optimizers: { a: { kind: 'sgd' } } },
      "train.race({ surface }): expected one of 'beale', 'ravine', 'rosenbrock', 'saddle', received 'beal'.",
    ],
    [
      { optimizers: {} },
      "train.race({ optimizers }): expected configs by name, such as { Adam: { kind: 'adam', learningRate: 0.1 } }, received an empty object.",
    ],
    [{ optimizers: { a: { kind: 'sdg' } } }, "train.race, a.kind: expected one of 'sgd'"],
  ])('%j is refused', (options, message) => {
    expect(() => train.race(options as train.RaceOptions)).toThrow(message);
  });
});
