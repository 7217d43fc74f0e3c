import { describe, expect, it } from 'vitest';
import { DISPLAY } from '../../src/display/channel.ts';
import * as plot from '../../src/plot/index.ts';

const scene = (x: number, extra: plot.Shape[] = []): plot.Scene => ({
  x: [0, 10],
  y: [0, 5],
  caption: `at ${x}`,
  shapes: [
    { kind: 'rectangle', x: 0, y: 0, width: 10, height: 5, tone: 'faint' },
    { kind: 'circle', x, y: 1, radius: 0.5, tone: 'agent' },
    ...extra,
  ],
});

describe('animation', () => {
  const text: plot.Shape = { kind: 'text', x: 1, y: 1, text: '<b>', tone: 'ink' };
  const scenes = [
    scene(1, [
      text,
      {
        kind: 'line',
        points: [
          [0, 0],
          [1, 2],
        ],
        width: 3,
        tone: 'danger',
      },
    ]),
    scene(2),
    scene(3),
  ];
  const film = plot.animation(scenes, { title: 'A walk', framesPerSecond: 10 });

  it('is a Plotly figure with a frame for each scene, a slider and buttons', () => {
    const bundle = film[DISPLAY]() as Record<string, unknown>;
    expect(Object.keys(bundle['application/vnd.plotly.v1+json'] as object)).toEqual([
      'data',
      'layout',
      'config',
      'frames',
    ]);
    expect(film.frames.map(({ name }) => name)).toEqual(['0', '1', '2']);
    const { sliders, updatemenus } = film.layout as {
      sliders: { steps: unknown[] }[];
      updatemenus: { buttons: unknown[] }[];
    };
    expect(sliders[0]!.steps).toHaveLength(3);
    expect(updatemenus[0]!.buttons).toHaveLength(2);
    expect(film.description).toBe('Animation: A walk; at the end at 3');
  });

  it('fills frames up, so that Plotly keeps nothing of an earlier one', () => {
    const layouts = film.frames.map(
      ({ layout }) => layout as { shapes: { visible: boolean }[]; annotations: unknown[] },
    );
    expect(layouts.map(({ shapes }) => shapes.map(shape => shape.visible))).toEqual([
      [true, true, true],
      [true, true, false],
      [true, true, false],
    ]);
    expect(new Set(layouts.map(({ annotations }) => annotations.length))).toEqual(new Set([2]));
  });

  it('moves without scripts, what stands still drawn once', () => {
    const svg = film.toSvg();
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
    expect(svg).not.toMatch(/<script|NaN|undefined|Infinity|<b>/);
    expect(svg.match(/<rect /g)).toHaveLength(1);
    expect(svg.match(/<circle /g)).toHaveLength(3);
    expect(svg.match(/<animate [^>]*dur="0.30s"/g)).toHaveLength(3);
  });

  it('keeps evenly chosen pictures of a long film, the last among them', () => {
    const long = plot.animation(
      Array.from({ length: 1001 }, (_, i) => scene(i / 200)),
      { maxFrames: 5 },
    );
    expect(long.frames.map(({ name }) => name)).toEqual(['0', '250', '500', '750', '1000']);
  });

  it.each([
    [() => plot.animation([]), 'plot.animation(scenes): expected at least one scene, received [].'],
    [() => plot.animation(scenes, { framesPerSecond: 0 }), 'expected a number above 0'],
    [() => plot.animation(scenes, { fps: 3 } as never), "received 'fps'."],
  ])('refuses: %#', (call, message) => expect(call).toThrow(message));
});

describe('returns', () => {
  it('draws thin each seed, thick their mean, over a window', () => {
    const figure = plot.returns(
      {
        a: [
          [0, 2, 4],
          [2, 4, 6],
        ],
        b: [1, 1, 1],
      },
      { window: 2 },
    );
    expect(figure.data.map(({ y }) => y)).toEqual([
      [0, 1, 3],
      [2, 3, 5],
      [1, 2, 4],
      [1, 1, 1],
    ]);
    expect(figure.description).toBe(
      'Return at the end: a 4, b 1. Means over 2 episodes; thin: each of 2 seeds, thick: their mean',
    );
  });

  it('compares as many episodes as all seeds have', () => {
    const figure = plot.returns(
      [
        [1, 2, 3],
        [1, 2],
      ],
      { window: 1 },
    );
    expect(figure.data.at(-1)!.y).toEqual([1, 2]);
    expect(() => plot.returns([])).toThrow('expected returns of episodes, received [].');
  });
});

describe('gridValues', () => {
  const grid = { cells: ['S', '#', 'X', 'G'], rows: 2, columns: 2, values: [0.5, 0, 0, 0], policy: [1, 0, 0, 0] };

  it('writes the value and an arrow into each cell, names goal and pit', () => {
    const figure = plot.gridValues(grid);
    const texts = (figure.layout.annotations as { text: string }[]).map(({ text }) => text);
    expect(texts).toEqual(['→ 0.5', '', 'pit', 'goal']);
  });

  it('refuses values that do not fit', () => {
    expect(() => plot.gridValues({ ...grid, values: [1] })).toThrow(
      'expected cells and values, rows × columns of each',
    );
  });
});
