import { describe, expect, it } from 'vitest';
import * as metrics from '../../src/metrics/index.ts';
import { golden } from './golden.ts';

const { accuracy, precision, recall, f1 } = metrics;
const { meanSquaredError, rootMeanSquaredError, meanAbsoluteError, r2 } = metrics;

describe('classification, against scikit-learn', () => {
  it.each([accuracy, precision, recall, f1])('$name', score => {
    expect(score(golden.truth, golden.predicted)).toBeCloseTo(golden[score.name as 'f1'], 12);
  });

  it.each(['macro', 'micro', 'weighted'] as const)('averages: %s', average => {
    for (const score of [precision, recall, f1])
      expect(score(golden.truth, golden.predicted, { average })).toBeCloseTo(golden[average][score.name as 'f1'], 12);
  });

  it('of one class is what classScores has of it', () => {
    const [, bee] = metrics.classScores(metrics.confusion(golden.truth, golden.predicted));
    expect(precision(golden.truth, golden.predicted, { positive: 'bee' })).toBe(bee!.precision);
    expect(() => recall(golden.truth, golden.predicted, { positive: 'cow' })).toThrow(
      "expected one of the classes that occur: ant, bee, cat, dog, received 'cow'.",
    );
  });

  it('confusion, also for a class that is predicted but never true', () => {
    expect(metrics.confusion(golden.truth, golden.predicted)).toEqual({
      classes: ['ant', 'bee', 'cat', 'dog'],
      matrix: golden.confusion,
    });
  });

  it('takes class numbers for names, and typed arrays', () => {
    const found = metrics.confusion(Int32Array.of(0, 1, 1), Float32Array.of(0, 0, 1), ['cat', 'dog']);
    expect(found).toEqual({
      classes: ['cat', 'dog'],
      matrix: [
        [1, 0],
        [1, 1],
      ],
    });
    expect(metrics.confusion([10, 9], [9, 9]).classes).toEqual(['9', '10']);
  });

  it('scores each class by hand', () => {
    const confusion = {
      classes: ['a', 'b', 'never'],
      matrix: [
        [3, 1, 0],
        [2, 4, 0],
        [0, 0, 0],
      ],
    };
    expect(metrics.classScores(confusion)).toEqual([
      { class: 'a', precision: 3 / 5, recall: 3 / 4, f1: 6 / 9, support: 4 },
      { class: 'b', precision: 4 / 5, recall: 4 / 6, f1: 8 / 11, support: 6 },
      { class: 'never', precision: 0, recall: 0, f1: 0, support: 0 },
    ]);
  });
});

describe('regression, against scikit-learn', () => {
  it.each([meanSquaredError, rootMeanSquaredError, meanAbsoluteError, r2])('$name', score => {
    expect(score(golden.y, golden.guess)).toBeCloseTo(golden[score.name as 'r2'], 12);
  });

  it('r2 is 1 for the truth, 0 for its mean', () => {
    expect(metrics.r2([1, 2, 6], [1, 2, 6])).toBe(1);
    expect(metrics.r2([1, 2, 6], [3, 3, 3])).toBe(0);
  });
});

describe('what cannot be scored', () => {
  it.each([
    [
      () => metrics.accuracy([1, 2], [1]),
      'accuracy(truth, predicted): expected as many predictions as true values, at least one, received 2 true values and 1 predictions.',
    ],
    [
      () => metrics.f1([], []),
      'f1(truth, predicted): expected as many predictions as true values, at least one, received 0 true values and 0 predictions.',
    ],
    [
      () => metrics.meanSquaredError([1, 2], [1, Number.NaN]),
      'meanSquaredError(truth, predicted): expected finite numbers as predicted, received NaN at position 1.',
    ],
    [
      () => metrics.r2([2, 2], [1, 2]),
      'r2(truth, predicted): expected true values that differ, received one value only.',
    ],
    [
      () => metrics.accuracy(undefined as never, [1]),
      'accuracy(truth, predicted): expected a list as truth, received undefined.',
    ],
    [
      () => metrics.recall({ shape: [2] } as never, [1, 2]),
      'recall(truth, predicted): expected a list as truth, received a Object of shape [2].',
    ],
    [
      () => metrics.confusion(['a'], ['z'], ['a', 'b']),
      "confusion(truth, predicted): expected one of the classes a, b, received 'z'.",
    ],
  ])('case %#', (call, message) => {
    expect(call).toThrow(message);
  });
});
