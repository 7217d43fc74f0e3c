import { describe, expect, it } from 'vitest';
import * as plot from '../../src/plot/index.ts';

describe('importance', () => {
  const found = [
    { feature: 'bill_length_mm', mean: 0.3, standardDeviation: 0.25 },
    { feature: 'sex', mean: 0.01, standardDeviation: 0 },
  ];

  it('draws a stem to each mean, the first on top, and its spread', () => {
    const figure = plot.importance(found);
    expect(figure.description).toBe('Leans most on bill length (mm): without it the score falls by 0.3');
    expect(figure.layout.yaxis).toMatchObject({ ticktext: ['bill length (mm)', 'sex'], range: [1.5, -0.5] });
    expect(figure.data.map(({ x }) => x)).toEqual([[0, 0.3], [0.3 - 0.25, 0.55], [0.3], [0, 0.01], [0.01]]);
  });

  it('shows the first so many', () => {
    expect(plot.importance(found, { most: 1 }).layout.yaxis).toMatchObject({ ticktext: ['bill length (mm)'] });
    expect(() => plot.importance([])).toThrow('expected a list of features with their mean importance');
  });
});

describe('attribution', () => {
  it('sorts by strength, and tells where the answer comes from', () => {
    const figure = plot.attribution({ players: ['a', 'b'], values: [0.1, -0.4], base: 0.5, total: 0.2 });
    expect(figure.description).toBe('Counts most: b: from 0.5 without all to 0.2');
    expect(figure.layout.yaxis).toMatchObject({ ticktext: ['b', 'a'] });
    const colours = figure.data.flatMap(({ marker }) =>
      (marker as { color?: string })?.color ? [(marker as { color: string }).color] : [],
    );
    expect(new Set(colours).size).toBe(2);
  });

  it('takes the weights of LIME, and refuses what has none', () => {
    expect(plot.attribution({ players: ['a'], weights: [1] }).description).toBe('Counts most: a');
    expect(() => plot.attribution({ players: ['a'] })).toThrow('expected players and a value for each');
  });
});

describe('dependence', () => {
  it('draws thin lines for rows and a thick one for the mean', () => {
    const figure = plot.dependence({
      feature: 'age',
      grid: [1, 2],
      mean: [0.2, 0.8],
      individuals: [
        [0, 1],
        [0.4, 0.6],
      ],
    });
    expect(figure.data.map(({ y }) => y)).toEqual([
      [0, 1],
      [0.4, 0.6],
      [0.2, 0.8],
    ]);
    expect(figure.description).toMatch(/^age: the answer goes from 0.2 to 0.8\./);
  });

  it('draws at most sixty rows', () => {
    const individuals = Array.from({ length: 500 }, (_, i) => [i, i]);
    expect(plot.dependence({ feature: 'a', grid: [0, 1], mean: [0, 1], individuals }).data.length).toBeLessThanOrEqual(
      61,
    );
    expect(() => plot.dependence({ feature: 'a', grid: [], mean: [] })).toThrow('expected a grid');
  });
});
