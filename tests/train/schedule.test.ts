import { describe, expect, test } from 'vitest';
import '../../src/engine/index.ts';
import * as train from '../../src/train/index.ts';

const run = { learningRate: 0.1, epochs: 4, batches: 2 };
const rates = (schedule: train.Schedule) => train.learningRates(schedule, run).map(rate => Number(rate.toFixed(6)));

describe('the learning rate of each step', () => {
  test.each<[train.Schedule, number[]]>([
    [{ kind: 'constant' }, [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]],
    [{ kind: 'step', every: 2 }, [0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.01]],
    [{ kind: 'step', every: 1, factor: 0.5 }, [0.1, 0.1, 0.05, 0.05, 0.025, 0.025, 0.0125, 0.0125]],
    [{ kind: 'exponential', decay: 0.25 }, [0.1, 0.05, 0.025, 0.0125, 0.00625, 0.003125, 0.001563, 0.000781]],
    [{ kind: 'warm-up', epochs: 2 }, [0.025, 0.05, 0.075, 0.1, 0.1, 0.1, 0.1, 0.1]],
    [
      { kind: 'warm-up', epochs: 1, next: { kind: 'step', every: 1, factor: 0.1 } },
      [0.05, 0.1, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001],
    ],
    [
      ({ step, learningRate }) => learningRate / (step + 1),
      [0.1, 0.05, 0.033333, 0.025, 0.02, 0.016667, 0.014286, 0.0125],
    ],
  ])('%j', (schedule, wanted) => {
    expect(rates(schedule)).toEqual(wanted);
  });

  test('a cosine starts at the rate, is half in the middle, and ends where it is told', () => {
    const cosine = (end?: number) =>
      train.learningRates({ kind: 'cosine', end }, { learningRate: 1, epochs: 10, batches: 10 });
    expect(cosine()[0]).toBe(1);
    expect(cosine()[50]).toBeCloseTo(0.5, 12);
    expect(cosine()[99]).toBeCloseTo(0.5 * (1 + Math.cos(0.99 * Math.PI)), 12);
    expect(cosine(0.2)[50]).toBeCloseTo(0.6, 12);
    const after = train.learningRates(
      { kind: 'warm-up', epochs: 2, next: { kind: 'cosine' } },
      { learningRate: 1, epochs: 12, batches: 10 },
    );
    expect(after.slice(20)).toEqual(cosine().map(rate => expect.closeTo(rate, 9)));
  });

  test.each<[unknown, string]>([
    [
      { kind: 'cosin' },
      "train.learningRates(schedule).kind: expected one of 'constant', 'step', 'exponential', 'cosine', 'warm-up', received 'cosin'.",
    ],
    [{ kind: 'step' }, 'train.learningRates(schedule).every: expected a number above 0, received undefined.'],
    [
      { kind: 'exponential', decay: 1.1 },
      'train.learningRates(schedule).decay: expected a number above 0 and up to 1, received 1.1.',
    ],
    [
      { kind: 'warm-up', epochs: 1, next: { kind: 'step', every: -1 } },
      'train.learningRates(schedule).next.every: expected a number above 0, received -1.',
    ],
    [() => Number.NaN, 'schedule(progress), step 0: expected a learning rate from 0, received NaN.'],
  ])('refuses %j', (schedule, message) => {
    expect(() => train.learningRates(schedule as train.Schedule, run)).toThrow(message);
  });
});
