import { describe, expect, it } from 'vitest';
import { random } from '../../src/core/index.ts';
import * as metrics from '../../src/metrics/index.ts';

const draw = random(5);
const truth = Array.from({ length: 400 }, () => draw.integer(0, 2));
const predicted = truth.map(label => (draw.uniform() < 0.8 ? label : 1 - label));

describe('bootstrap', () => {
  it('of an accuracy is the binomial interval', () => {
    const { value, low, high, standardError, samples } = metrics.bootstrap(metrics.accuracy, [truth, predicted], {
      seed: 1,
      samples: 4000,
    });
    const expected = Math.sqrt((value * (1 - value)) / truth.length);
    expect(value).toBe(metrics.accuracy(truth, predicted));
    expect(standardError / expected).toBeGreaterThan(0.95);
    expect(standardError / expected).toBeLessThan(1.05);
    expect((high - low) / (2 * 1.96 * expected)).toBeGreaterThan(0.92);
    expect((high - low) / (2 * 1.96 * expected)).toBeLessThan(1.08);
    expect(samples).toBe(4000);
  });

  it('covers the true accuracy about as often as it says', () => {
    let covered = 0;
    for (let seed = 0; seed < 200; seed++) {
      const right = Array.from({ length: 100 }, () => Number(draw.uniform() < 0.7));
      const { low, high } = metrics.bootstrap(metrics.accuracy, [right.map(() => 1), right], {
        seed,
        samples: 200,
        confidence: 0.9,
      });
      if (low <= 0.7 && 0.7 <= high) covered++;
    }
    expect(covered / 200).toBeGreaterThan(0.82);
    expect(covered / 200).toBeLessThan(0.97);
  });

  it('is the same for the same seed, wider for more confidence', () => {
    const at = (seed: number, confidence: number) =>
      metrics.bootstrap(metrics.f1, [truth, predicted], { seed, confidence, samples: 200 });
    expect(at(3, 0.95)).toEqual(at(3, 0.95));
    expect(at(4, 0.95)).not.toEqual(at(3, 0.95));
    expect(at(3, 0.99).high).toBeGreaterThan(at(3, 0.8).high);
  });

  it('leaves out draws that cannot be scored, and says when these are most', () => {
    const rare = [1, 0, 0];
    const { samples } = metrics.bootstrap(metrics.rocAuc, [rare, [0.9, 0.1, 0.2]], { samples: 300 });
    expect(samples).toBeLessThan(300);
    const [truth, scores] = [
      [1, 0],
      [0.9, 0.1],
    ];
    const never = () => {
      throw metrics.rocAuc([1, 1], [0, 1]);
    };
    expect(() => metrics.bootstrap((a, b) => (a === truth ? metrics.rocAuc(a, b) : never()), [truth, scores])).toThrow(
      'received 0 scores of 1000 draws.',
    );
  });
});
