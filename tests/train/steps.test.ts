import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
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

const build = () => models.mlp({ inputs: 2, hidden: [5], outputs: 2, task: 'classification', dropout: 0.2, seed: 1 });
const options = { epochs: 2, batchSize: 8, seed: 4, clip: { kind: 'norm', max: 0.5 } } as const;

test.each<train.OptimizerConfig>([{ kind: 'adam', learningRate: 0.05 }, { kind: 'momentum' }])(
  'the steps of %j are those of fit, bit for bit',
  async optimizer => {
    const data = moons(20, 1);
    const [stepped, fitted] = [build(), build()];
    const losses: number[] = [];
    for (const phase of train.steps(stepped, data, { ...options, optimizer }))
      if (phase.kind === 'loss') losses.push(phase.loss);
    const told: number[] = [];
    await train.fit(fitted, data, {
      ...options,
      optimizer,
      callbacks: [event => void (event.kind === 'batch' && told.push(event.scores.loss!))],
    });
    expect(weightsOf(stepped)).toEqual(weightsOf(fitted));
    expect(losses).toEqual(told);
    dispose(data);
  },
);

test('a step shows its four phases, and each is what it says', () => {
  const data = moons(6, 1);
  const model = models.linear({ inputs: 2, task: 'binary', seed: 1 });
  const sgd = { kind: 'sgd', learningRate: 0.5 } as const;
  const before = weightsOf(model);
  const phases = train.steps(model, data, { batchSize: 6, optimizer: sgd, shuffle: false });
  const next = <K extends train.Phase['kind']>(kind: K) => {
    const { value } = phases.next() as { value: train.Phase };
    expect(value).toMatchObject({ kind, step: 1, epoch: 1, batch: 1 });
    return value as Extract<train.Phase, { kind: K }>;
  };
  const forward = next('forward');
  expect([...forward.x.dataSync()]).toEqual([...data.x.dataSync()]);
  expect(forward.target.shape).toEqual([6, 1]);
  const byHand = tf.tidy(() => (model.predict(data.x) as tf.Tensor).sub(forward.output).abs().max().dataSync()[0]!);
  expect(byHand).toBeLessThan(1e-6);
  const { loss } = next('loss');
  const check = train.gradients(model, data);
  expect(loss).toBeCloseTo(check.loss, 6);
  const { gradients } = next('backward');
  expect(Object.keys(gradients)).toEqual(['output/kernel', 'output/bias']);
  for (const [name, gradient] of Object.entries(gradients))
    expect([...gradient.dataSync()]).toEqual([...check.gradients[name]!.dataSync()]);
  expect(weightsOf(model)).toEqual(before); // nothing has moved yet
  const slope = [...gradients['output/kernel']!.dataSync()];
  const { changes } = next('update');
  const change = [...changes['output/kernel']!.dataSync()];
  for (const [i, value] of change.entries()) expect(value).toBeCloseTo(-0.5 * slope[i]!, 6);
  expect(weightsOf(model)[0]![0]).toBeCloseTo(before[0]![0]! + change[0]!, 6);
  expect(phases.next().done).toBe(true);
  expect(() => forward.output.dataSync()).toThrow('disposed');
  tf.dispose(check.gradients);
  dispose(data);
});

test('who leaves early leaves nothing behind', () => {
  const data = moons(20, 1);
  for (const phase of train.steps(build(), data, options)) if (phase.step === 2 && phase.kind === 'backward') break;
  for (const phase of train.steps(build(), data, options)) if (phase.kind === 'forward') break;
  dispose(data);
});

test('what is wrong is said at once', () => {
  const data = moons(4, 1);
  expect(() => train.steps(build(), data, { batch: 3 } as never)).toThrow(
    "train.steps(options): expected options among epochs, batchSize, seed, optimizer, loss, clip, shuffle, received 'batch'.",
  );
  expect(() => train.steps({} as never, data)).toThrow('train.steps(model): expected a tfjs layers model');
  expect(() => [...train.steps(build(), { x: data.x })]).toThrow('train.steps(model, { y }): expected a tensor');
  dispose(data);
});
