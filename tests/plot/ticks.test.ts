import { describe, expect, it } from 'vitest';
import { formatNumber, linearTicks, logTicks, tickTexts } from '../../src/plot/ticks.ts';

describe('ticks', () => {
  it.each([
    [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [2700, 6300, [3000, 4000, 5000, 6000]],
    [-0.013, 0.011, [-0.01, -0.005, 0, 0.005, 0.01]],
  ])('from %d to %d', (low, high, ticks) => {
    expect(linearTicks(low, high)).toEqual(ticks);
  });

  it('are no closer than they may be', () => {
    expect(linearTicks(1, 3, 7)).toEqual([1, 1.5, 2, 2.5, 3]);
    expect(linearTicks(0.9, 3.1, 7, 1)).toEqual([1, 2, 3]);
  });

  it('on a log axis are powers of ten, with steps between where there are few', () => {
    expect(logTicks(1e-4, 1)).toEqual([0.0001, 0.001, 0.01, 0.1, 1]);
    expect(logTicks(0.3, 8)).toEqual([0.5, 1, 2, 5]);
  });

  it('are written with as many decimals as the finest needs', () => {
    expect(tickTexts([0, 0.5, 1])).toEqual(['0.0', '0.5', '1.0']);
    expect(tickTexts([3000, 4000])).toEqual(['3,000', '4,000']);
    expect(tickTexts([0.001, 0.1, 1])).toEqual(['0.001', '0.1', '1']);
    expect(tickTexts([1e-6, 2e-6])).toEqual(['1e-6', '2e-6']);
  });
});

it.each([
  [0, '0'],
  [1234.5, '1,235'],
  [0.05893, '0.0589'],
  [-2.5, '−2.5'],
  [0.000158, '1.58e−4'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '−∞'],
  [1e12, '1.00e12'],
])('formatNumber(%d)', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});
