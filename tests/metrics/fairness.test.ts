import { describe, expect, it } from 'vitest';
import * as metrics from '../../src/metrics/index.ts';

// Counted by hand: of four young people two deserve the loan, of four old ones three.
const groups = ['young', 'young', 'young', 'young', 'old', 'old', 'old', 'old'];
const truth = [1, 1, 0, 0, 1, 1, 1, 0];
const given = [1, 0, 0, 0, 1, 1, 1, 1];

describe('fairness, by hand', () => {
  it('demographicParity', () => {
    expect(metrics.demographicParity(given, groups)).toEqual({
      groups: [
        { group: 'old', count: 4, selectionRate: 1 },
        { group: 'young', count: 4, selectionRate: 0.25 },
      ],
      difference: 0.75,
      ratio: 0.25,
    });
  });

  it('equalisedOdds', () => {
    expect(metrics.equalisedOdds(truth, given, groups)).toEqual({
      groups: [
        { group: 'old', count: 4, selectionRate: 1, truePositiveRate: 1, falsePositiveRate: 1 },
        { group: 'young', count: 4, selectionRate: 0.25, truePositiveRate: 0.5, falsePositiveRate: 0 },
      ],
      truePositiveDifference: 0.5,
      falsePositiveDifference: 1,
      difference: 1,
    });
  });

  it('takes names of classes and numbers of groups', () => {
    const name = (value: number) => (value === 1 ? 'Good' : 'Bad');
    const ages = groups.map(group => (group === 'old' ? 60 : 20));
    const found = metrics.equalisedOdds(truth.map(name), given.map(name), ages, { positive: 'Good' });
    expect(found.truePositiveDifference).toBe(0.5);
    expect(found.groups.map(({ group }) => group)).toEqual(['20', '60']);
  });

  it('a group in which nobody deserves it has no true positive rate, and is left out of the gap', () => {
    const found = metrics.equalisedOdds([1, 0, 0, 0], [1, 0, 1, 0], ['a', 'a', 'b', 'b']);
    expect(found.groups[1]!.truePositiveRate).toBeNaN();
    expect(found.truePositiveDifference).toBe(0);
    expect(found.falsePositiveDifference).toBe(0.5);
  });

  it('calibrationByGroup is calibration of each group', () => {
    const probabilities = [0.9, 0.4, 0.2, 0.1, 0.8, 0.7, 0.6, 0.5];
    const [old, young] = metrics.calibrationByGroup(truth, probabilities, groups, { bins: 2 });
    expect(young).toEqual({
      group: 'young',
      count: 4,
      ...metrics.calibration(truth.slice(0, 4), probabilities.slice(0, 4), { bins: 2 }),
    });
    expect(old).toEqual({
      group: 'old',
      count: 4,
      ...metrics.calibration(truth.slice(4), probabilities.slice(4), { bins: 2 }),
    });
  });

  it('equal rates are fair', () => {
    expect(metrics.demographicParity([1, 0, 1, 0], ['a', 'a', 'b', 'b'])).toMatchObject({ difference: 0, ratio: 1 });
  });

  it.each([
    [() => metrics.demographicParity(['yes'], ['a']), "expected the classes 0 and 1, received 'yes'."],
    [
      () => metrics.equalisedOdds([1, 0], [1, 0], ['a']),
      'expected 2 values as groups, one for each of truth, received 1.',
    ],
  ])('case %#', (call, message) => expect(call).toThrow(message));
});
