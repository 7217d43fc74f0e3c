import { describe, expect, it } from 'vitest';
import * as metrics from '../../src/metrics/index.ts';
import { golden } from './golden.ts';

const { truth, scores } = golden.binary;

describe('probabilities, against scikit-learn', () => {
  it('logLoss of two classes, with sure mistakes', () => {
    expect(metrics.logLoss(truth, scores)).toBeCloseTo(golden.binary.logLoss, 10);
  });

  it('logLoss of several', () => {
    const { probabilities, logLoss } = golden.classes;
    const classes = ['ant', 'bee', 'cat'];
    expect(metrics.logLoss(golden.truth, probabilities, { classes })).toBeCloseTo(logLoss, 12);
    const numbers = golden.truth.map(name => classes.indexOf(name));
    expect(metrics.logLoss(numbers, probabilities)).toBeCloseTo(logLoss, 12);
  });

  it('brier', () => expect(metrics.brier(truth, scores)).toBeCloseTo(golden.binary.brier, 12));

  it.each([
    ['uniform', golden.binary.calibration],
    ['quantile', golden.binary.quantiles],
  ] as const)('calibration, %s', (strategy, expected) => {
    const { bins } = metrics.calibration(truth, scores, { bins: 5, strategy });
    expect(bins.map(bin => bin.count).reduce((a, b) => a + b)).toBe(truth.length);
    bins.forEach((bin, i) => {
      expect(bin.observed).toBeCloseTo(expected.observed[i]!, 12);
      expect(bin.predicted).toBeCloseTo(expected.predicted[i]!, 12);
    });
    expect(bins).toHaveLength(expected.observed.length);
  });
});

it('the expected error is the mean gap, by count', () => {
  const { expectedError } = metrics.calibration([1, 1, 1, 0, 0], [0.9, 0.9, 0.9, 0.9, 0.1], { bins: 2 });
  expect(expectedError).toBeCloseTo(0.8 * Math.abs(0.9 - 0.75) + 0.2 * 0.1, 12);
});

describe('what is no probability', () => {
  it.each([
    [
      () => metrics.logLoss([1], [1.2]),
      'expected probabilities from 0 to 1 as probabilities, received 1.2 at position 0.',
    ],
    [
      () =>
        metrics.logLoss(
          [0, 1],
          [
            [1, 2],
            [0, 1],
          ],
        ),
      'expected probabilities from 0 to 1 as probabilities[0]',
    ],
    [
      () => metrics.logLoss([0], [[0.5, 0.4]]),
      'expected rows of probabilities that add up to 1, received 0.9 in row 0.',
    ],
    [() => metrics.logLoss(['cat'], [[0.5, 0.5]]), "expected a class number below 2, received 'cat'."],
    [
      () => metrics.logLoss(['cow'], [[0.5, 0.5]], { classes: ['a', 'b'] }),
      "expected one of the classes a, b, received 'cow'.",
    ],
    [() => metrics.brier([0, 1], [0.1, Number.NaN]), 'received NaN at position 1.'],
    [() => metrics.calibration([0, 1], [0.1, 0.2], { bins: 0 }), 'expected a whole number from 1'],
  ])('case %#', (call, message) => expect(call).toThrow(message));
});
