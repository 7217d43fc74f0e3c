import { describe, expect, it } from 'vitest';
import { DISPLAY } from '../../src/display/channel.ts';
import * as plot from '../../src/plot/index.ts';

const table = (columns: string[], values: unknown[][]) => ({ columns, values });
const birds = table(
  ['bill', 'mass', 'kind'],
  [
    [40, 3700, 'Adelie'],
    [46, 5000, 'Gentoo'],
    [Number.NaN, 4000, 'Adelie'],
    [41, 3900, 'Adelie'],
    [47, 5200, null],
  ],
);
const EVERY: [string, plot.Figure][] = [
  ['line', plot.line([3, 2, 1])],
  ['lines', plot.line({ a: [1, 2], b: { x: [0, 5], y: [2, 3] } })],
  ['scatter', plot.scatter(birds, { x: 'bill', y: 'mass', group: 'kind', line: x => x * 100 })],
  ['history', plot.history({ history: { loss: [2, 1], val_loss: [2.1, 1.5] } }, { log: true })],
  [
    'confusion',
    plot.confusion({
      classes: ['cat', 'dog'],
      matrix: [
        [8, 2],
        [0, 10],
      ],
    }),
  ],
  ['roc', plot.roc({ falsePositiveRate: [0, 0, 1], truePositiveRate: [0, 0.5, 1] })],
  ['precisionRecall', plot.precisionRecall({ a: { precision: [1, 0.5], recall: [0.5, 1] } })],
  ['calibration', plot.calibration({ bins: [{ predicted: 0.2, observed: 0.3, count: 9 }], expectedError: 0.1 })],
  [
    'rates',
    plot.rates({
      groups: [
        { group: 'a', count: 3, selectionRate: 0.5 },
        { group: 'b', selectionRate: 1 },
      ],
    }),
  ],
  ['missing', plot.missing(birds)],
  ['histogram', plot.histogram(birds, { column: 'mass', group: 'kind' })],
];

describe.each(EVERY)('%s', (_, figure) => {
  it('has a title, a label on each axis, no background, and survives JSON', () => {
    const layout = figure.layout as {
      title: { text: string };
      xaxis: { title: { text: string } };
      yaxis: { title: { text: string } };
    };
    expect(layout.title.text).not.toBe('');
    expect(layout.xaxis.title.text).not.toBe('');
    expect(layout.yaxis.title.text).not.toBe('');
    expect(figure.layout).toMatchObject({ paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)' });
    const { data, layout: again } = JSON.parse(JSON.stringify(figure));
    expect({ data, layout: again }).toStrictEqual(
      JSON.parse(JSON.stringify({ data: figure.data, layout: figure.layout })),
    );
    expect(JSON.stringify(figure.data)).not.toContain('NaN');
  });

  it('leaves the colour of its texts to the page', () => {
    expect(figure.layout.font).not.toHaveProperty('color');
    expect(JSON.stringify(figure.layout.title)).not.toContain('color');
  });

  it('shows itself as Plotly, as a picture without scripts, as a line of text', () => {
    const bundle = figure[DISPLAY]() as Record<string, unknown>;
    expect(Object.keys(bundle)).toEqual(['application/vnd.plotly.v1+json', 'text/html', 'text/plain']);
    expect(Object.keys(bundle['application/vnd.plotly.v1+json'] as object)).toEqual(['data', 'layout', 'config']);
    expect(bundle['text/plain']).toBe(figure.description);
    const html = bundle['text/html'] as string;
    expect(html).toMatch(/^<svg [^>]*role="img"/);
    expect(html).not.toMatch(/<script|NaN|undefined|Infinity/);
  });
});

describe('line', () => {
  it('counts from 0, and makes a gap of a NaN', () => {
    const figure = plot.line([1, Number.NaN, 3, 4]);
    expect(figure.data).toMatchObject([{ type: 'scatter', mode: 'lines', x: [0, 1, 2, 3], y: [1, null, 3, 4] }]);
    expect(figure.toSvg()).toMatch(/d="M[\d.]+ [\d.]+M[\d.]+ [\d.]+L[\d.]+ [\d.]+"/);
    expect(figure.layout).toMatchObject({ title: { text: 'Value: from 1 to 4' }, showlegend: false });
  });

  it('names several curves, in colours that differ', () => {
    const [a, b] = plot.line({ a: [1], b: Float32Array.of(2, 3) }).data as unknown as {
      name: string;
      line: { color: string };
    }[];
    expect([a!.name, b!.name]).toEqual(['a', 'b']);
    expect(a!.line.color).not.toBe(b!.line.color);
  });

  it('of several says which ends lowest and which highest, not all names', () => {
    const titleOf = (series: Record<string, number[]>) =>
      (plot.line(series, { yLabel: 'loss (g²)' }).layout.title as { text: string }).text;
    expect(titleOf({ slow: [5, 4], good: [5, 1], fast: [5, 9] })).toBe('Loss: good ends lowest, fast highest');
    expect(titleOf({ a: [1, 2], b: [0, 2] })).toBe('Loss: 2 curves');
    expect(titleOf({ a: [1, 2], b: [0, Number.NaN] })).toBe('Loss: 2 curves');
  });

  it('keeps the range that it is given', () => {
    const { layout } = plot.line([1, 10], { yRange: [0.1, 100], log: 'y' });
    expect(layout.yaxis).toMatchObject({ type: 'log', range: [-1, 2] });
  });

  it.each([
    [() => plot.line({ a: { x: [1, 2], y: [1] } }), "plot.line('a'): expected as many x as y, received 2 x and 1 y."],
    [
      () => plot.line({ shape: [2] } as never, { xlabel: 'x' } as never),
      "plot.line(series, options): expected options among title, subtitle, xLabel, yLabel, height, xRange, yRange, log, received 'xlabel'.",
    ],
    [() => plot.line(['a'] as never), "plot.line(series): expected a list of numbers, received 'a' at position 0."],
    [() => plot.line(undefined as never), 'plot.line(series): expected a list of numbers, received undefined.'],
  ])('refuses case %#', (call, message) => {
    expect(call).toThrow(message);
  });
});

describe('scatter', () => {
  it('gives each group its colour and shape, and leaves out what is missing', () => {
    const { data, layout } = plot.scatter(birds, { x: 'bill', y: 'mass', group: 'kind' });
    expect(data.map(trace => [trace.name, trace.x])).toEqual([
      ['Adelie', [40, 41]],
      ['Gentoo', [46]],
      ['missing', [47]],
    ]);
    const markers = data.map(trace => trace.marker as { color: string; symbol: string });
    expect(new Set(markers.map(marker => marker.color)).size).toBe(3);
    expect(new Set(markers.map(marker => marker.symbol)).size).toBe(3);
    expect(layout).toMatchObject({
      title: { text: 'Mass against bill, by kind', subtitle: { text: '1 row left out: a value is missing' } },
      xaxis: { title: { text: 'bill' } },
      showlegend: true,
    });
  });

  it('writes the names of columns as words, with their units on the axes', () => {
    const frame = table(
      ['flipper_length_mm', 'body_mass_g', 'home_island'],
      [
        [181, 3750, 'Dream'],
        [210, 5000, 'Biscoe'],
      ],
    );
    const { layout } = plot.scatter(frame, { x: 'flipper_length_mm', y: 'body_mass_g', group: 'home_island' });
    expect(layout).toMatchObject({
      title: { text: 'Body mass against flipper length, by home island' },
      xaxis: { title: { text: 'flipper length (mm)' } },
      yaxis: { title: { text: 'body mass (g)' } },
    });
    expect(plot.histogram(frame, { column: 'body_mass_g' }).layout.xaxis).toMatchObject({
      title: { text: 'body mass (g)' },
    });
  });

  it('draws a line from its first point to its last, and describes it', () => {
    const figure = plot.scatter({ x: [0, 1, 2], y: [1, 3, 5] }, { line: { slope: 2, intercept: -1 } });
    expect(figure.data[1]).toMatchObject({ x: [0, 2], y: [-1, 3], name: 'fit' });
    expect(figure.description).toBe('y against x: 3 points, correlation 1; line 2 · x − 1');
  });

  it('keeps the picture small when there are many points', () => {
    const x = Array.from({ length: 20_000 }, (_, i) => i);
    const figure = plot.scatter({ x, y: x.map(Math.sin) });
    expect(figure.toSvg().length).toBeLessThan(40_000);
    expect((figure.data[0]!.x as number[]).length).toBe(20_000);
  });

  it('says what is wrong', () => {
    expect(() => plot.scatter(birds, { x: 'kind', y: 'mass' })).toThrow(
      "plot.scatter({ x }): expected a numeric column, received strings such as 'Adelie'.",
    );
    expect(() => plot.scatter(birds, { x: 'bil', y: 'mass' })).toThrow(
      "plot.scatter({ x }): expected one of the columns bill, mass, kind, received 'bil'.",
    );
    expect(() => plot.scatter([1, 2] as never)).toThrow(
      'expected a data frame, or lists as { x, y }, received [1, 2].',
    );
    expect(() => plot.scatter({ x: [1], y: [1, 2] })).toThrow('expected as many x as y, received 1 x and 2 y.');
  });
});

describe('history', () => {
  const titleOf = (figure: plot.Figure) => figure.layout.title as { text: string; subtitle?: { text: string } };

  it('says how far the loss came and where validation was best', () => {
    const figure = plot.history({ history: { loss: [1, 0.5, 0.2], val_loss: [1.1, 0.6, 0.7] } });
    expect(titleOf(figure)).toMatchObject({
      text: 'Loss fell from 1 to 0.2 in 3 epochs',
      subtitle: { text: 'validation loss 0.7, best 0.6 in epoch 2' },
    });
    expect(figure.data.map(trace => [trace.name, trace.x])).toEqual([
      ['training', [1, 2, 3]],
      ['validation', [1, 2, 3]],
    ]);
  });

  it.each([
    [[1, 2], 'Loss rose from 1 to 2 in 2 epochs'],
    [[1, Number.NaN], 'Loss became NaN in epoch 2: try a lower learning rate'],
    [[1], 'Loss is 1 after 1 epoch'],
    [[], 'Loss: no epoch yet'],
  ])('loss %j', (loss, text) => {
    expect(titleOf(plot.history({ loss })).text).toBe(text);
  });

  it.each([
    [3, 1],
    [40, 5],
    [200, 50],
  ])('of %d epochs has marks at whole epochs', (epochs, step) => {
    const figure = plot.history({ loss: Array.from({ length: epochs }, (_, epoch) => 1 / (epoch + 1)) });
    expect(figure.layout.xaxis).toMatchObject({ tick0: 0, dtick: step });
    if (epochs === 3) expect(figure.toSvg()).not.toContain('>1.5<');
  });

  it('takes the highest accuracy as the best', () => {
    const figure = plot.history({ accuracy: [0.5, 0.8], valAccuracy: [0.7, 0.6] }, { metric: 'accuracy' });
    expect(titleOf(figure).subtitle?.text).toBe('validation accuracy 0.6, best 0.7 in epoch 1');
  });

  it('says what is wrong', () => {
    expect(() => plot.history({ accuracy: [1] })).toThrow(
      "plot.history(history): expected a list named 'loss', received accuracy.",
    );
    expect(() => plot.history(undefined as never)).toThrow('expected what train.fit gave, received undefined.');
  });
});

describe('confusion', () => {
  const counts = {
    classes: ['cat', 'dog'],
    matrix: [
      [8, 2],
      [0, 10],
    ],
  };

  it('says how much is right and what is mistaken most often', () => {
    expect(plot.confusion({ confusion: counts }).description).toBe(
      '90 % right: 18 of 20. Most often: cat taken for dog, 2 times',
    );
    expect(plot.confusion({ classes: ['a'], matrix: [[0]] }).description).toBe(
      'No predictions. No class was taken for another',
    );
  });

  it('is blue where right and red where wrong', () => {
    const [heatmap] = plot.confusion(counts).data;
    expect(heatmap).toMatchObject({
      type: 'heatmap',
      z: [
        [0.8, -0.2],
        [-0, 1],
      ],
      zmin: -1,
      zmax: 1,
    });
    const annotations = plot.confusion(counts).layout.annotations as { text: string; font: { color?: string } }[];
    expect(annotations.map(annotation => annotation.text)).toEqual(['8', '2', '0', '10']);
    const colours = annotations.map(annotation => annotation.font.color);
    expect(colours).toEqual(['#ffffff', undefined, undefined, '#ffffff']);
  });

  it('wants a square matrix', () => {
    expect(() => plot.confusion({ classes: ['a', 'b'], matrix: [[1, 2]] })).toThrow(
      'plot.confusion(scores): expected classes and a square matrix of counts, received an object with classes, matrix.',
    );
  });
});

describe('missing', () => {
  it('counts, and marks the place', () => {
    const figure = plot.missing(birds);
    expect(figure.description).toBe('2 of 15 values are missing. Most in bill (20 %); 3 rows of 5 are complete');
    expect(figure.data[0]).toMatchObject({
      z: [
        [0, 0, 1, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 1],
      ],
    });
    expect(figure.layout.yaxis).toMatchObject({ ticktext: ['bill · 1', 'mass · 0', 'kind · 1'] });
  });

  it('joins rows where there are many, and loses none', () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => [row === 9_999 ? null : 1]);
    const { data } = plot.missing(table(['a'], rows));
    const shares = (data[0]!.z as number[][])[0]!;
    expect(shares.length).toBeLessThan(200);
    expect(shares.at(-1)).toBeGreaterThan(0);
    expect(shares.slice(0, -1).every(share => share === 0)).toBe(true);
  });

  it('can show a frame without gaps and one without rows', () => {
    expect(plot.missing(table(['a'], [[1]])).description).toBe('Nothing is missing');
    expect(plot.missing(table(['a'], [])).toSvg()).not.toContain('NaN');
  });
});

describe('histogram', () => {
  it('counts every value once, into bars that end at round numbers', () => {
    const values = Array.from({ length: 100 }, (_, i) => i / 10);
    const { data } = plot.histogram(values, { bins: 10 });
    expect(data[0]).toMatchObject({
      type: 'bar',
      width: 1,
      x: [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5],
      y: Array(10).fill(10),
    });
  });

  it('leaves missing values out and says so', () => {
    const figure = plot.histogram(birds, { column: 'bill' });
    expect(figure.description).toBe('Bill: half of 4 values lie between 41 and 47. 1 missing value left out');
    expect((figure.data[0]!.y as number[]).reduce((sum, count) => sum + count)).toBe(4);
  });

  it('can show one value, and refuses none', () => {
    expect(plot.histogram([3, 3]).data[0]?.y).toEqual([2]);
    expect(() => plot.histogram([Number.NaN])).toThrow(
      'plot.histogram(values): expected at least one number, received none.',
    );
  });
});

describe('long texts', () => {
  const words = 'word '.repeat(30).trim();

  it('are broken into lines, in both pictures', () => {
    const figure = plot.line({ [words]: [1, 2], [`${words} b`]: [2, 3] }, { title: words });
    const lines = (figure.layout.title as { text: string }).text.split('<br>');
    expect(lines.length).toBe(2);
    expect(lines.join(' ')).toBe(words);
    const legend = [...figure.toSvg().matchAll(/<text x="([\d.]+)" y="([\d.]+)">word/g)].map(match => Number(match[2]));
    expect(legend[1]).toBeGreaterThan(legend[0]!);
  });
});

describe('escaping', () => {
  const evil = '<script>alert("1")</script>&';

  it.each([
    plot.scatter(
      table(
        ['a', 'b', evil],
        [
          [1, 2, evil],
          [2, 3, 'x'],
        ],
      ),
      { x: 'a', y: 'b', group: evil },
    ),
    plot.line({ [evil]: [1, 2], b: [2] }, { title: evil, subtitle: evil, xLabel: evil, yLabel: evil }),
    plot.confusion({
      classes: [evil, 'b'],
      matrix: [
        [1, 2],
        [3, 4],
      ],
    }),
    plot.missing(table([evil], [[null]])),
  ])('case %#: neither the picture nor Plotly reads data as tags', figure => {
    expect(figure.toSvg()).not.toContain('<script');
    expect(figure.toSvg()).toContain('&lt;script&gt;');
    expect(JSON.stringify([figure.data, figure.layout])).not.toContain('<script');
  });
});
