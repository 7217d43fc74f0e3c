import { assertInteger, describe, mismatch } from '../core/index.ts';
import type { Cells, Points } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, assertSameLength, type PlotOptions, toNumbers } from './options.ts';
import { colourOf, fade, symbolOf } from './theme.ts';
import { formatCount, formatShare } from './ticks.ts';

/** A classifier of rows of two numbers, such as those of `supervised` and `unsupervised.kmeans`. */
export interface RegionsLike {
  predict(rows: number[][]): ArrayLike<string | number>;
}

export interface RegionPoints {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** The true class of each point. */
  group: ArrayLike<string | number>;
}

export interface RegionsOptions extends Omit<PlotOptions, 'log'> {
  /** So many predictions along each axis. Default 80. */
  steps?: number;
}

/**
 * What a classifier says everywhere in the plane of its two features, as coloured ground, with points whose class is
 * known on it: where colours meet is its decision boundary.
 *
 * @example
 * const model = supervised.knn({ x: [[1, 1], [2, 1], [8, 9], [9, 9]], y: ['a', 'a', 'b', 'b'] }, { neighbours: 1 });
 * plot.regions(model, { x: [1, 2, 8, 9], y: [1, 1, 9, 9], group: ['a', 'a', 'b', 'b'] })
 */
export function regions(model: RegionsLike, points: RegionPoints, options: RegionsOptions = {}): Figure {
  const where = 'plot.regions(model, points)';
  assertOptions('plot.regions(model, points, options)', options, ['steps']);
  const { steps = 80 } = options;
  assertInteger('plot.regions({ steps })', steps, { min: 2, max: 400 });
  if (typeof model?.predict !== 'function')
    throw mismatch({ where, expected: 'a model that can predict', received: describe(model) });
  const [x, y] = [toNumbers(`${where}: x`, points?.x), toNumbers(`${where}: y`, points?.y)];
  const truth = Array.from(points.group ?? [], String);
  assertSameLength(where, x, y);
  assertSameLength(`${where}: group`, x, truth);
  if (x.length === 0 || ![...x, ...y].every(Number.isFinite))
    throw mismatch({ where, expected: 'points without missing values, one at least', received: `${x.length} points` });

  const across = middles(x, options.xRange, steps);
  const up = middles(y, options.yRange, steps);
  const grid = up.flatMap(v => across.map(h => [h, v]));
  const said = predictions(where, model, [...grid, ...x.map((h, i) => [h, y[i]!])]);
  const classes = [...new Set([...truth, ...said])].sort();
  const number = new Map(classes.map((name, place) => [name, place]));
  const ground: Cells = {
    kind: 'cells',
    x: across,
    y: up,
    values: up.map((_, row) => across.map((_, column) => number.get(said[row * steps + column]!)!)),
    // A stop more, so that a single class has a scale, too.
    scale: [...classes, ''].map((_, value) => ({ value, colour: fade(colourOf(value), 0.22) })),
    notes: up.map((_, row) => across.map((_, column) => said[row * steps + column]!)),
    gap: { x: 0, y: 0 },
  };
  const marks = classes.map((name, place): Points => {
    const members = x.flatMap((_, i) => (truth[i] === name ? [i] : []));
    return {
      kind: 'points',
      name,
      x: members.map(i => x[i]!),
      y: members.map(i => y[i]!),
      colour: colourOf(place),
      symbol: symbolOf(place),
      size: x.length > 1000 ? 5 : 8,
      opacity: 0.9,
    };
  });
  const right = truth.filter((name, i) => said[grid.length + i] === name).length;
  return createFigure({
    title: options.title ?? `${formatShare(right / x.length)} of the points lie in the region of their class`,
    subtitle: options.subtitle ?? `${formatCount(x.length, 'point')} on what the model says for each place`,
    x: { label: options.xLabel ?? 'x', range: ends(across), plain: true },
    y: { label: options.yLabel ?? 'y', range: ends(up), plain: true },
    marks: [ground, ...marks],
    height: options.height ?? 440,
  });
}

function predictions(where: string, model: RegionsLike, rows: number[][]): string[] {
  const said = Array.from(model.predict(rows), String);
  if (said.length === rows.length) return said;
  throw mismatch({ where, expected: `a prediction for each of ${rows.length} rows`, received: `${said.length}` });
}

/** The middles of cells that reach over all points, and a little beyond. */
function middles(values: readonly number[], range: PlotOptions['xRange'], steps: number): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = (high - low) * 0.08 || 1;
  const [from, to] = range ?? [low - margin, high + margin];
  return Array.from({ length: steps }, (_, i) => from + ((i + 0.5) * (to - from)) / steps);
}

function ends(places: readonly number[]): [number, number] {
  const half = (places[1]! - places[0]!) / 2;
  return [places[0]! - half, places.at(-1)! + half];
}
