import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as metrics from '../../src/metrics/index.ts';
import { golden } from './golden.ts';

const { truth, scores } = golden.binary;

describe('rankings, against scikit-learn', () => {
  it('roc', () => {
    const curve = metrics.roc(truth, scores);
    expect(curve.thresholds).toEqual([Number.POSITIVE_INFINITY, ...golden.binary.thresholds]);
    expect(curve.falsePositiveRate).toEqual(golden.binary.falsePositiveRate);
    expect(curve.truePositiveRate).toEqual(golden.binary.truePositiveRate);
  });

  it.each([metrics.rocAuc, metrics.averagePrecision])('$name', score => {
    expect(score(truth, scores)).toBeCloseTo(golden.binary[score.name as 'rocAuc'], 12);
  });

  it('precisionRecall', () => {
    const curve = metrics.precisionRecall(truth, scores);
    const places = golden.binary.falling.map(threshold => curve.thresholds.indexOf(threshold));
    expect(places).not.toContain(-1);
    expect(places.map(place => curve.precision[place])).toEqual(golden.binary.precision);
    expect(places.map(place => curve.recall[place])).toEqual(golden.binary.recall);
  });
});

const examples = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 9 })), { minLength: 2, maxLength: 40 });
const both = examples.filter(list => list.some(([is]) => is) && list.some(([is]) => !is));

describe('what rankings promise', () => {
  it('rocAuc is the share of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(both, list => {
        let right = 0;
        const [high, low] = [list.filter(([is]) => is), list.filter(([is]) => !is)];
        for (const [, a] of high) for (const [, b] of low) right += a > b ? 1 : a === b ? 0.5 : 0;
        const found = metrics.rocAuc(
          list.map(([is]) => Number(is)),
          list.map(([, score]) => score),
        );
        expect(found).toBeCloseTo(right / (high.length * low.length), 10);
      }),
    );
  });

  it('bestThreshold has the F1 that it says, and none is better', () => {
    fc.assert(
      fc.property(both, list => {
        const labels = list.map(([is]) => Number(is));
        const values = list.map(([, score]) => score);
        const f1At = (threshold: number) =>
          metrics.f1(
            labels,
            values.map(value => Number(value >= threshold)),
            { positive: 1 },
          );
        const best = metrics.bestThreshold(labels, values);
        expect(f1At(best.threshold)).toBeCloseTo(best.score, 12);
        expect(Math.max(...values.map(f1At))).toBeCloseTo(best.score, 12);
      }),
    );
  });

  it('names the positive class, and finds the same', () => {
    const names = truth.map(label => (label === 1 ? 'spam' : 'ham'));
    expect(metrics.rocAuc(names, scores, { positive: 'spam' })).toBe(metrics.rocAuc(truth, scores));
    const youden = metrics.bestThreshold(names, scores, { positive: 'spam', by: 'youden' });
    const { thresholds, truePositiveRate, falsePositiveRate } = metrics.roc(truth, scores);
    const place = thresholds.indexOf(youden.threshold);
    expect(youden.score).toBeCloseTo(truePositiveRate[place]! - falsePositiveRate[place]!, 12);
  });
});

describe('what cannot be ranked', () => {
  it.each([
    [() => metrics.roc([1, 1], [0.1, 0.2]), 'expected positive and negative examples, received positive ones only.'],
    [() => metrics.rocAuc([0, 1], [0.1, Number.NaN]), 'expected finite numbers as scores, received NaN at position 1.'],
    [() => metrics.roc([0, 1], [0.1]), 'expected 2 values as scores, one for each of truth, received 1.'],
    [() => metrics.roc([], []), 'expected at least one value as truth, received none.'],
    [() => metrics.roc(['ham', 'spam'], [0, 1]), "expected the classes 0 and 1, received 'ham'."],
    [
      () => metrics.roc(['ham', 'spam'], [0, 1], { positive: 'Spam' }),
      "expected one of the classes that occur: 'ham', 'spam', received 'Spam'.",
    ],
    [() => metrics.roc([0, 1], [0, 1], { positiv: 1 } as never), "received 'positiv'."],
    [() => metrics.bestThreshold([0, 1], [0, 1], { by: 'F1' as never }), "expected one of 'f1', 'youden'"],
  ])('case %#', (call, message) => expect(call).toThrow(message));
});
