import { describe, expect, it } from 'vitest';
import * as plot from '../../src/plot/index.ts';

describe('roc and precisionRecall', () => {
  const curve = { falsePositiveRate: [0, 0, 0.5, 1], truePositiveRate: [0, 0.5, 1, 1] };

  it('says the area, and draws chance', () => {
    const figure = plot.roc(curve);
    expect(figure.description).toBe('Area under the curve: 0.875. 1 is perfect, 0.5 is chance: the dashed line');
    expect(figure.data).toMatchObject([{ x: [0, 0, 0.5, 1], y: [0, 0.5, 1, 1] }, { line: { dash: 'dash' } }]);
  });

  it('compares several by name', () => {
    const figure = plot.roc({ ours: curve, chance: { falsePositiveRate: [0, 1], truePositiveRate: [0, 1] } });
    expect(figure.description).toMatch(/^Area under the curve: ours 0.875, chance 0.5\./);
  });

  it('says the average precision', () => {
    const figure = plot.precisionRecall({ precision: [1, 0.5, 2 / 3], recall: [0.5, 0.5, 1] });
    expect(figure.description).toMatch(/^Average precision: 0.833\./);
  });

  it.each([
    [() => plot.roc({} as never), 'expected a curve with falsePositiveRate and truePositiveRate, or several by name'],
    [() => plot.roc({ a: [1, 2] } as never), 'received an object with a.'],
    [() => plot.precisionRecall({ precision: [1], recall: [1, 0] }), 'expected as many x as y, received 2 x and 1 y.'],
  ])('refuses what is no curve: %#', (call, message) => expect(call).toThrow(message));
});

describe('calibration', () => {
  it('draws what came against what was said, larger where there are more', () => {
    const bins = [
      { predicted: 0.2, observed: 0.1, count: 100 },
      { predicted: 0.8, observed: 0.9, count: 25 },
    ];
    const figure = plot.calibration({ bins, expectedError: 0.1 });
    expect(figure.description).toMatch(/^Off by 10 % on average\./);
    const [, line, many, few] = figure.data as unknown as { x: number[]; y: number[]; marker: { size: number } }[];
    expect(line).toMatchObject({ x: [0.2, 0.8], y: [0.1, 0.9] });
    expect(many!.marker.size).toBeGreaterThan(few!.marker.size);
    expect(JSON.stringify(few)).toContain('said 80 %, came 90 % of 25 times');
  });

  it('refuses what has no bins', () => {
    expect(() => plot.calibration({ bins: [] })).toThrow('expected bins with a predicted and an observed share');
  });
});

describe('rates', () => {
  it('puts the rates of a group side by side, and says the widest gap', () => {
    const groups = [
      { group: 'old', count: 4, selectionRate: 1, truePositiveRate: 1, falsePositiveRate: 0.5 },
      { group: 'young', count: 4, selectionRate: 0.25, truePositiveRate: 0.5, falsePositiveRate: Number.NaN },
    ];
    const figure = plot.rates({ groups });
    expect(figure.description).toBe('Given, of those who deserve it: old 100 %, young 50 %');
    expect(figure.data.map(({ y }) => y)).toEqual([
      [1, 0.25],
      [1, 0.5],
      [0.5, null],
    ]);
  });

  it('refuses what has no groups', () => {
    expect(() => plot.rates({ groups: [] })).toThrow('expected groups with their rates');
  });
});
