import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import '../../src/engine/index.ts';
import * as train from '../../src/train/index.ts';
import { ruleOf } from '../../src/train/optimisers/index.ts';

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  tf.disposeVariables();
  expect(tf.memory().numTensors).toBe(tensors);
});

const golden = JSON.parse(readFileSync(new URL('golden/golden.json', import.meta.url), 'utf8')) as Record<
  string,
  number[][]
>;

describe('as PyTorch, to the last digits of float64', () => {
  const kinds: train.OptimizerConfig[] = [
    { kind: 'sgd', learningRate: 0.05 },
    { kind: 'momentum', learningRate: 0.02 },
    { kind: 'nesterov', learningRate: 0.02 },
    { kind: 'adam', learningRate: 0.1 },
    { kind: 'adamw', learningRate: 0.1, weightDecay: 0.05 },
  ];
  test.each(kinds)('$kind', config => {
    const { rule, learningRate } = ruleOf('test', config);
    const weights = Float64Array.of(1.5, -0.5, 0.25, 3);
    const [scale, target] = [
      [1, 2, 10, 0.1],
      [0.5, 0, -0.25, 1],
    ];
    const memory = Object.fromEntries(rule.slots.map(slot => [slot, new Float64Array(4)]));
    for (const [i, wanted] of golden[config.kind]!.entries()) {
      const gradient = weights.map((w, j) => scale![j]! * (w - target![j]!) ** 3 + w);
      rule.update(weights, gradient, memory, learningRate, i + 1);
      for (const [j, value] of wanted.entries()) expect(weights[j]).toBeCloseTo(value, 12);
    }
  });
});

describe('as tfjs, over 20 steps on a network', () => {
  const kinds: [train.OptimizerConfig, () => tf.Optimizer][] = [
    [{ kind: 'sgd', learningRate: 0.05 }, () => tf.train.sgd(0.05)],
    [{ kind: 'momentum', learningRate: 0.02, momentum: 0.8 }, () => tf.train.momentum(0.02, 0.8)],
    [{ kind: 'momentum', learningRate: 0.02, nesterov: true }, () => tf.train.momentum(0.02, 0.9, true)],
    [{ kind: 'nesterov', learningRate: 0.02 }, () => tf.train.momentum(0.02, 0.9, true)],
    [{ kind: 'rmsprop', learningRate: 0.01, decay: 0.8 }, () => tf.train.rmsprop(0.01, 0.8)],
    [{ kind: 'rmsprop', learningRate: 0.01, momentum: 0.5 }, () => tf.train.rmsprop(0.01, 0.9, 0.5)],
    [{ kind: 'adam', learningRate: 0.05 }, () => tf.train.adam(0.05)],
    [{ kind: 'adam', learningRate: 0.05, beta1: 0.5, beta2: 0.9 }, () => tf.train.adam(0.05, 0.5, 0.9)],
    [{ kind: 'adamw', learningRate: 0.05, weightDecay: 0 }, () => tf.train.adam(0.05)],
  ];
  test.each(kinds)('%j', (config, stock) => {
    const x = tf.tensor2d(Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.cos(3 * i), 1]));
    const y = tf.tensor2d(Array.from({ length: 12 }, (_, i) => [Math.sin(2 * i) + 0.5]));
    const start = (shape: number[], k: number) =>
      tf.tidy(() =>
        tf.variable(
          tf
            .range(0, shape[0]! * shape[1]!)
            .add(k)
            .sin()
            .reshape(shape),
        ),
      );
    const run = (optimizer: tf.Optimizer) => {
      const [w, v] = [start([3, 4], 1), start([4, 1], 5)];
      const loss = () => x.matMul(w!).tanh().matMul(v!).sub(y).square().mean() as tf.Scalar;
      const path = Array.from({ length: 20 }, () => {
        tf.tidy(() => void optimizer.minimize(loss, false, [w!, v!]));
        return [...w!.dataSync(), ...v!.dataSync()];
      });
      optimizer.dispose();
      return path;
    };
    const [ours, theirs] = [run(train.optimizer(config)), run(stock())];
    for (const [i, values] of theirs.entries())
      for (const [j, value] of values.entries()) expect(Math.abs(ours[i]![j]! - value)).toBeLessThan(2e-5);
    expect(theirs[0]).not.toEqual(theirs[19]);
    tf.dispose([x, y]);
    tf.disposeVariables();
    tensors = tf.memory().numTensors; // tfjs's momentum forgets one tensor
  });
});

test("it stands for one of tfjs's in compile and fit, and leaves what shares the numbers of a weight alone", async () => {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: 'ones', useBias: false })],
  });
  const adam = train.optimizer({ kind: 'adam', learningRate: 0.1 });
  model.compile({ optimizer: adam, loss: 'meanSquaredError' });
  const kernel = model.getWeights()[0]!.clone();
  const [x, y] = [tf.ones([4, 2]), tf.zeros([4, 1])];
  const { history } = await model.fit(x, y, { epochs: 5, verbose: 0 });
  expect(history.loss!.at(-1)).toBeLessThan(history.loss![0] as number);
  expect([...kernel.dataSync()]).toEqual([1, 1]);
  expect(adam.steps).toBe(5);
  tf.dispose([x, y, kernel]);
});

test('a weight that is frozen between two steps leaves the memory of the others where it is', () => {
  const [a, b] = tf.tidy(() => [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(1))] as const);
  const run = (optimizer: tf.Optimizer) => {
    a.assign(tf.scalar(1));
    b.assign(tf.scalar(1));
    const loss = () => a.square().add(b.mul(3).square()) as tf.Scalar;
    tf.tidy(() => {
      optimizer.minimize(loss, false, [a, b]);
      optimizer.minimize(loss, false, [b]);
    });
    return b.dataSync()[0]!;
  };
  const alone = tf.tidy(() => run(train.optimizer({ kind: 'momentum', learningRate: 0.01 })));
  // By hand: the gradient of (3b)² is 18b.
  let [weight, velocity] = [1, 0];
  for (let i = 0; i < 2; i++) {
    velocity = 0.9 * velocity + 18 * weight;
    weight -= 0.01 * velocity;
  }
  expect(alone).toBeCloseTo(weight, 6);
});

describe('clipping', () => {
  const gradients = () => ({ a: tf.tensor1d([3, -1]), b: tf.tensor2d([[2], [0.5]]) });
  const values = (named: Record<string, tf.Tensor>) => Object.values(named).map(tensor => [...tensor.dataSync()]);

  test('by norm is that of PyTorch: all weights together, the direction stays', () => {
    const given = gradients();
    const clipped = train.clipGradients(given, { kind: 'norm', max: 1 });
    for (const [i, list] of values(clipped).entries())
      for (const [j, value] of list.entries()) expect(value).toBeCloseTo(golden.clipped![i]![j]!, 5);
    const long = train.clipGradients(given, { kind: 'norm', max: 100 });
    expect(values(long)).toEqual(values(given));
    tf.dispose([given, clipped, long]);
  });

  test('by value cuts each number', () => {
    const given = gradients();
    const clipped = train.clipGradients(given, { kind: 'value', max: 0.75 });
    expect(values(clipped)).toEqual([
      [0.75, -0.75],
      [0.75, 0.5],
    ]);
    tf.dispose([given, clipped]);
  });

  test.each([
    [{ kind: 'norm', max: 0 }, 'clip).max: expected a number above 0, received 0.'],
    [{ kind: 'length', max: 1 }, "clip).kind: expected one of 'norm', 'value', received 'length'."],
  ])('refuses %j', (clip, message) => {
    expect(() => train.clipGradients({}, clip as train.Clip)).toThrow(message);
  });
});
