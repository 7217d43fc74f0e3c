import { describe, expect, it } from 'vitest';
import { DISPLAY } from '../../src/display/channel.ts';
import * as plot from '../../src/plot/index.ts';
import { contour, relief } from '../../src/plot/relief.ts';

const bowl = {
  name: 'bowl',
  value: (x: number, y: number) => x * x + y * y,
  x: [-2, 2],
  y: [-2, 2],
  minimum: [0, 0],
} as const;
const runs = [
  { name: 'slow', x: [2, 1.9, 1.8], y: [0, 0, 0], losses: [4, 3.61, 3.24] },
  { name: 'fast', x: [2, 1, 0], y: [0, 0, 0], losses: [4, 1, 0] },
];
const map = {
  a: [-1, 0, 1],
  b: [-1, 0, 1],
  losses: [
    [3, 2, 3],
    [2, 1, 2],
    [3, 2, 3],
  ],
};
const search = { rates: [0.001, 0.01, 0.1], losses: [1, 0.8, 2], smoothed: [1, 0.9, 1.4], suggestion: 0.01 };

const EVERY: [string, plot.Figure][] = [
  ['schedule', plot.schedule({ a: [0.1, 0.05], b: [0.1, 0.1] })],
  ['learningRateSearch', plot.learningRateSearch(search)],
  ['landscape', plot.landscape(map)],
  ['landscape with a path', plot.landscape({ ...map, path: { a: [0.9, 0], b: [0.5, 0] }, explained: [0.8, 0.1] })],
  ['lossLine', plot.lossLine({ positions: [0, 0.5, 1], losses: [2, 1, 0.5] })],
  ['race', plot.race({ surface: bowl, runs })],
  [
    'attention',
    plot.attention(
      [
        [1, 0],
        [0.3, 0.7],
      ],
      ['the', 'cat'],
    ),
  ],
];

describe.each(EVERY)('%s', (_, figure) => {
  it('is a whole picture in every form, and keeps the theme of the page', () => {
    const layout = figure.layout as Record<'title' | 'xaxis' | 'yaxis', { text: string; title: { text: string } }>;
    expect([layout.title.text, layout.xaxis.title.text, layout.yaxis.title.text]).not.toContain('');
    expect(figure.layout).toMatchObject({ paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)' });
    expect(figure.layout.font).not.toHaveProperty('color');
    expect(JSON.stringify(figure.data)).not.toContain('NaN');
    const svg = figure.toSvg();
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
    expect(svg).not.toMatch(/<script|NaN|undefined|Infinity/);
    expect(figure[DISPLAY]()['text/plain']).toBe(figure.description);
  });
});

describe('schedule', () => {
  it('counts steps, or epochs where it knows how many steps they have', () => {
    expect(plot.schedule([0.1, 0.05, 0.02]).data[0]!.x).toEqual([0, 1, 2]);
    const figure = plot.schedule([0.1, 0.05, 0.02, 0.01], { batches: 2 });
    expect(figure.data[0]!.x).toEqual([0, 0.5, 1, 1.5]);
    expect(figure.layout.xaxis).toMatchObject({ title: { text: 'epoch' } });
  });

  it.each([
    [[0.1, 0.05, 0.01], 'Learning rate: from 0.1, down to 0.01'],
    [[0.01, 0.1, 0.02], 'Learning rate: from 0.01 up to 0.1, down to 0.02'],
    [[0.1, 0.1], 'Learning rate: 0.1 all the time'],
  ])('%j', (rates, title) => {
    expect(plot.schedule(rates).description).toBe(title);
  });

  it('refuses what is none', () => {
    expect(() => plot.schedule([])).toThrow('plot.schedule(rates): expected learning rates, received [].');
    expect(() => plot.schedule([1], { batch: 3 } as never)).toThrow("received 'batch'.");
  });
});

describe('learningRateSearch', () => {
  it('marks the suggestion, on an axis of powers of ten', () => {
    const figure = plot.learningRateSearch(search);
    expect(figure.description).toBe('The loss falls fastest at a learning rate of 0.01. Tried from 0.001 to 0.1');
    expect(figure.layout.xaxis).toMatchObject({ type: 'log' });
    expect(figure.data[2]).toMatchObject({ x: [0.01], y: [0.9], text: ['falls fastest at 0.01'] });
  });

  it('says so where there is none', () => {
    const { suggestion: _, ...none } = search;
    expect(plot.learningRateSearch(none).description).toMatch(/^The loss falls at no learning rate that was tried/);
    expect(() => plot.learningRateSearch(Promise.resolve(search) as never)).toThrow(
      'plot.learningRateSearch(search): expected rates, losses and smoothed, as many of each, received a Promise.',
    );
  });
});

describe('relief', () => {
  it('a contour lies where the height is the level', () => {
    const places = Array.from({ length: 41 }, (_, i) => -2 + i / 10);
    const values = places.map(y => places.map(x => Math.hypot(x, y)));
    const line = contour({ x: places, y: places, values }, 1.5);
    const radii = line.x.flatMap((x, i) => (Number.isNaN(x) ? [] : [Math.hypot(x, line.y[i]!)]));
    expect(radii.length).toBeGreaterThan(80);
    for (const radius of radii) expect(Math.abs(radius - 1.5)).toBeLessThan(0.01);
    expect(contour({ x: places, y: places, values }, 5).x).toEqual([]);
  });

  it('shows what spans many sizes by powers of ten, what does not as it is', () => {
    const heights = (values: number[][]) => relief({ x: [0, 1], y: [0, 1], values }, 'loss');
    expect(
      heights([
        [1, 2],
        [3, 4],
      ]).log,
    ).toBe(false);
    expect(
      heights([
        [0, 2],
        [300, 4],
      ]).log,
    ).toBe(true);
    expect(
      heights([
        [-1, 2],
        [300, 4],
      ]).log,
    ).toBe(false);
    const cells = heights([
      [1, 1],
      [1, 1],
    ]).marks[0] as { values: number[][]; scale: { value: number }[] };
    expect(cells.values.flat().every(Number.isFinite)).toBe(true);
    const broken = heights([
      [1, 2],
      [3, Number.NaN],
    ]).marks[0] as { values: number[][] };
    expect(broken.values.flat().every(Number.isFinite)).toBe(true);
  });
});

describe('landscape', () => {
  it('says the lowest and the highest loss, and marks the model or the way', () => {
    expect(plot.landscape(map).description).toBe('Loss from 1 to 3. The model is in the middle');
    const way = plot.landscape({ ...map, path: { a: [0.9, 0.4, 0], b: [0.5, 0.1, 0] }, explained: [0.8, 0.125] });
    expect(way.layout.xaxis).toMatchObject({
      title: { text: 'along the first direction (80 % of the way)' },
      range: [-1, 1],
    });
    expect(way.data.at(-3)).toMatchObject({ x: [0.9, 0.4, 0], y: [0.5, 0.1, 0] });
    expect(way.data.at(-1)).toMatchObject({ x: [0], y: [0], text: ['end'] });
  });

  it('refuses what is no map', () => {
    expect(() => plot.landscape({ ...map, b: [0, 1] })).toThrow('expected a, b, and losses with a row for each b');
  });
});

describe('lossLine', () => {
  it('tells whether there is a hill between the ends', () => {
    const line = (losses: number[]) => plot.lossLine({ positions: [-0.5, 0, 0.5, 1, 1.5], losses }).description;
    expect(line([3, 2, 1, 0.5, 0.6])).toBe('Loss 2 at the one end, 0.5 at the other, no hill between');
    expect(line([9, 2, 3, 0.5, 9])).toBe('Loss 2 at the one end, 0.5 at the other, up to 3 between');
    expect(() => plot.lossLine({ positions: [0], losses: [] })).toThrow('expected as many losses as positions');
  });
});

describe('race', () => {
  it('says who is lowest, after as many steps as are shown', () => {
    const figure = plot.race({ surface: bowl, runs });
    expect(figure.description).toMatch(/^fast is lowest after 2 steps: 0\. On bowl/);
    const way = figure.data.find(trace => trace.name === 'fast')!;
    expect(way.x).toEqual([2, 1, 0]);
    const early = plot.race({ surface: bowl, runs }, { after: 1 });
    expect(early.data.find(trace => trace.name === 'fast')!.x).toEqual([2, 1]);
    expect(early.description).toMatch(/^fast is lowest after 1 step: 1/);
  });

  it('as a film sends the ground once', () => {
    const film = plot.raceFilm({ surface: bowl, runs });
    expect(film.frames.map(frame => frame.name)).toEqual(['0', '1', '2']);
    const [frame] = film.frames as unknown as { traces: number[]; data: { type: string }[] }[];
    expect(frame!.traces.every(place => film.data[place]!.type === 'scatter')).toBe(true);
    expect(frame!.traces.length).toBeLessThan(film.data.length - 8);
    expect(film.description).toMatch(/^3 pictures, step 0 to 2\. At the end: fast is lowest/);
  });

  it('refuses what is none', () => {
    expect(() => plot.race({ runs } as never)).toThrow('plot.race(race): expected a surface and runs on it');
  });
});

describe('attention', () => {
  it('names who takes most from another', () => {
    const figure = plot.attention(
      [
        [1, 0, 0],
        [0.6, 0.4, 0],
        [0.1, 0.2, 0.7],
      ],
      ['the', 'black', 'cat'],
    );
    expect(figure.description).toBe('“black” takes 60 % from “the”');
    expect(JSON.stringify(figure.data[0])).toContain('cat takes 20 % from black');
    expect(plot.attention([[1]], ['a']).description).toBe('Each token looks at itself alone');
    expect(() => plot.attention([[1]], ['a', 'b'])).toThrow('expected a square of weights, with a token for each row');
  });
});

describe('scrub', () => {
  const pictures = [3, 2, 1].map((loss, step) => ({
    label: `${step}`,
    figure: plot.line({ a: [loss, loss / 2], b: [5, 5] }),
  }));

  it('has a frame for each picture, with what moves, on axes that hold all', () => {
    const film = plot.scrub(pictures, { prefix: 'step ' });
    expect(film.frames).toMatchObject([
      { name: '0', traces: [0], data: [{ y: [3, 1.5] }] },
      { name: '1', traces: [0], data: [{ y: [2, 1] }] },
      { name: '2', traces: [0], data: [{ y: [1, 0.5] }] },
    ]);
    const { yaxis, sliders, updatemenus } = film.layout as {
      yaxis: { range: [number, number] };
      sliders: { steps: { label: string }[]; currentvalue: { prefix: string } }[];
      updatemenus: unknown[];
    };
    expect(yaxis.range[0]).toBeLessThan(0.5);
    expect(yaxis.range[1]).toBeGreaterThan(5);
    expect(sliders[0]!.steps.map(step => step.label)).toEqual(['0', '1', '2']);
    expect(sliders[0]!.currentvalue.prefix).toBe('step ');
    expect(updatemenus.length).toBe(1);
    const bundle = film[DISPLAY]() as Record<string, { frames: unknown[] }>;
    expect(bundle['application/vnd.plotly.v1+json']!.frames.length).toBe(3);
    expect(film.toSvg()).toBe(pictures[2]!.figure.toSvg());
    expect(film.data).toEqual(pictures[0]!.figure.data);
  });

  it('keeps the ends that a picture has, and bars whole', () => {
    const fixed = plot.scrub([{ label: 'a', figure: plot.line([1, 2], { yRange: [0, 9] }) }]);
    expect(fixed.layout.yaxis).toMatchObject({ range: [0, 9] });
    const bars = plot.scrub([{ label: 'a', figure: plot.histogram([1, 2, 3, 4, 5, 6, 7, 8, 9]) }]);
    const [low, high] = (bars.layout.xaxis as { range: [number, number] }).range;
    expect([low <= 1, high >= 10]).toEqual([true, true]);
    expect((bars.layout.yaxis as { range: [number, number] }).range[0]).toBeLessThanOrEqual(0);
    const log = plot.scrub([{ label: 'a', figure: plot.line([1, 1000], { log: 'y' }) }]);
    expect((log.layout.yaxis as { range: [number, number] }).range[1]).toBeCloseTo(3.12, 2);
  });

  it.each<[() => unknown, string]>([
    [() => plot.scrub([]), 'plot.scrub(pictures): expected at least one { label, figure }, received [].'],
    [
      () => plot.scrub([pictures[0]!, { label: 'z', figure: plot.line([1]) }]),
      "expected figures of 2 traces, as the first one, received 1 in 'z'.",
    ],
    [() => plot.scrub(pictures, { fps: 3 } as never), "received 'fps'."],
  ])('refuses case %#', (call, message) => expect(call).toThrow(message));
});
