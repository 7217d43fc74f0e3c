import { describe, mismatch } from '../core/index.ts';
import type { Mark } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions, toNumbers } from './options.ts';
import { relief } from './relief.ts';
import { BLUE, PALETTE, RED } from './theme.ts';
import { formatNumber, formatShare } from './ticks.ts';

export interface LandscapeLike {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** `losses[i][j]` is the loss at `b[i]`, `a[j]`. */
  readonly losses: readonly (readonly number[])[];
  readonly path?: { readonly a: readonly number[]; readonly b: readonly number[] };
  readonly explained?: readonly [number, number];
}

/**
 * A map of the loss around the weights of a model, with the way that training took on it.
 *
 * @example plot.landscape({ a: [-1, 0, 1], b: [-1, 0, 1], losses: [[3, 2, 3], [2, 1, 2], [3, 2, 3]] })
 */
export function landscape(map: LandscapeLike, options: Omit<PlotOptions, 'log'> = {}): Figure {
  assertOptions('plot.landscape(map, options)', options);
  const { a, b, losses, path, explained } = map ?? {};
  const fits = Array.isArray(losses) && losses.length === b?.length && losses.every(row => row.length === a?.length);
  if (!fits || a.length < 2 || b.length < 2)
    throw mismatch({
      where: 'plot.landscape(map)',
      expected: 'a, b, and losses with a row for each b',
      received: describe(map),
      hint: 'Wait for it: await train.landscape(model, data).',
    });
  const all = losses.flat();
  const { marks, log } = relief({ x: [...a], y: [...b], values: losses.map(row => [...row]) }, 'loss');
  const axis = (name: string, share: number | undefined) =>
    share === undefined ? `along ${name}` : `along ${name} (${formatShare(share)} of the way)`;
  return createFigure({
    title: options.title ?? `Loss from ${formatNumber(Math.min(...all))} to ${formatNumber(Math.max(...all))}`,
    subtitle:
      options.subtitle ??
      (path
        ? 'The way of the training ends at the diamond'
        : `The model is in the middle${log ? '; colours by powers of ten' : ''}`),
    x: {
      label: options.xLabel ?? axis('the first direction', explained?.[0]),
      range: options.xRange ?? [a[0]!, a.at(-1)!],
      plain: true,
    },
    y: {
      label: options.yLabel ?? axis('the second', explained?.[1]),
      range: options.yRange ?? [b[0]!, b.at(-1)!],
      plain: true,
    },
    marks: [...marks, ...wayOf(path)],
    height: options.height ?? 440,
  });
}

function wayOf(path: LandscapeLike['path']): Mark[] {
  if (!path) return [{ kind: 'points', x: [0], y: [0], symbol: 'diamond', size: 11, opacity: 1, colour: RED }];
  const [x, y] = [[...path.a], [...path.b]];
  const point = { kind: 'points', opacity: 1, size: 11 } as const;
  return [
    { kind: 'line', x, y, colour: PALETTE[1] },
    { ...point, x: x.slice(0, 1), y: y.slice(0, 1), symbol: 'circle', colour: PALETTE[1], notes: ['start'] },
    { ...point, x: x.slice(-1), y: y.slice(-1), symbol: 'diamond', colour: RED, notes: ['end'] },
  ];
}

/**
 * The loss on the straight way between two sets of weights.
 *
 * @example plot.lossLine({ positions: [0, 0.5, 1], losses: [2, 1.2, 0.4] })
 */
export function lossLine(
  line: { readonly positions: ArrayLike<number>; readonly losses: ArrayLike<number> },
  options: PlotOptions = {},
): Figure {
  const where = 'plot.lossLine(line)';
  assertOptions('plot.lossLine(line, options)', options);
  const [x, y] = [toNumbers(where, line?.positions), toNumbers(where, line?.losses)];
  if (x.length !== y.length || x.length === 0)
    throw mismatch({ where, expected: 'as many losses as positions', received: `${y.length} and ${x.length}` });
  const at = (position: number) => {
    const i = x.reduce(
      (best, value, place) => (Math.abs(value - position) < Math.abs(x[best]! - position) ? place : best),
      0,
    );
    return { x: x[i]!, y: y[i]! };
  };
  const ends = [at(0), at(1)];
  const highest = Math.max(...y.filter((_, i) => x[i]! >= 0 && x[i]! <= 1));
  const hill = highest > Math.max(ends[0]!.y, ends[1]!.y) * 1.02;
  return createFigure({
    title:
      options.title ??
      `Loss ${formatNumber(ends[0]!.y)} at the one end, ${formatNumber(ends[1]!.y)} at the other${hill ? `, up to ${formatNumber(highest)} between` : ', no hill between'}`,
    subtitle: options.subtitle,
    x: { label: options.xLabel ?? 'from the one (0) to the other (1)', range: options.xRange },
    y: {
      label: options.yLabel ?? 'loss',
      scale: options.log === 'y' || options.log === 'both' ? 'log' : 'linear',
      range: options.yRange,
    },
    marks: [
      { kind: 'line', x, y, colour: BLUE },
      {
        kind: 'points',
        x: ends.map(end => end.x),
        y: ends.map(end => end.y),
        symbol: 'circle',
        size: 10,
        opacity: 1,
        colour: RED,
        notes: ['the one end', 'the other end'],
      },
    ],
    height: options.height ?? 320,
  });
}
