import { describe, expect, it } from 'vitest';
import * as metrics from '../../src/metrics/index.ts';

const x = [[1], [2], [8], [9]];

describe('scores of clusters by hand', () => {
  it('silhouettes', () => {
    expect(metrics.silhouettes(x, [0, 0, 1, 1])).toEqual([6.5 / 7.5, 5.5 / 6.5, 5.5 / 6.5, 6.5 / 7.5]);
    expect(metrics.silhouettes(x, ['a', 'b', 'b', 'b'])[0]).toBe(0); // alone in its cluster
    expect(metrics.silhouettes([[1], [1], [1]], [0, 0, 1])).toEqual([0, 0, 0]);
    expect(metrics.silhouette(x, [0, 0, 1, 1])).toBeGreaterThan(metrics.silhouette(x, [0, 1, 0, 1]));
  });

  it("Davies and Bouldin's index", () => {
    expect(metrics.daviesBouldin(x, [0, 0, 1, 1])).toBeCloseTo(1 / 7, 12);
  });

  it('agreement, whatever clusters are called', () => {
    expect(metrics.adjustedRand(['a', 'a', 'b', 'b'], [1, 1, 0, 0])).toBe(1);
    expect(metrics.adjustedRand([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(-0.5, 12);
    expect(metrics.adjustedRand([0, 0, 0], [1, 1, 1])).toBe(1);
    expect(metrics.normalisedMutualInformation(['a', 'a', 'b', 'b'], [1, 1, 0, 0])).toBe(1);
    expect(metrics.normalisedMutualInformation([0, 0, 1, 1], [0, 1, 0, 1])).toBe(0);
    expect(metrics.normalisedMutualInformation([0, 0, 0], [1, 1, 1])).toBe(1);
  });

  it.each([
    [
      () => metrics.silhouette(x, [0, 0, 0, 0]),
      'silhouettes(x, labels): expected from 2 to 3 clusters for 4 rows, received 1.',
    ],
    [
      () => metrics.silhouette(x, [0, 1]),
      'silhouettes(x, labels): expected 4 values as labels, one for each of x, received 2.',
    ],
    [() => metrics.daviesBouldin([[Number.NaN]], [0]), 'expected finite numbers'],
    [
      () => metrics.adjustedRand([0], [0, 1]),
      'adjustedRand(truth, clusters): expected as many predictions as true values',
    ],
  ])('refuses case %#', (call, message) => expect(call).toThrow(message));
});
