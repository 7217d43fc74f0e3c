import { mismatch } from '../core/index.ts';
import type { Bars, Line } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions, toNumbers } from './options.ts';
import { assertGroups } from './plane.ts';
import { colourOf, INK } from './theme.ts';
import { formatNumber } from './ticks.ts';

/** More bars than this cannot be told apart: of more rows each so-manieth is drawn. */
const MOST = 200;

/**
 * How well each row lies in its cluster (Rousseeuw, 1987): a bar a row, sorted within each cluster, and the mean as a
 * dashed line. Bars below 0 are of rows that are nearer to another cluster.
 *
 * @example
 * const x = [[1, 1], [1, 2], [9, 8], [8, 8]];
 * const { assignments } = unsupervised.kmeans(x, { clusters: 2 });
 * plot.silhouette(metrics.silhouettes(x, assignments), assignments)
 */
export function silhouette(
  values: ArrayLike<number>,
  assignments: readonly number[],
  options: Omit<PlotOptions, 'log' | 'xRange'> = {},
): Figure {
  const where = 'plot.silhouette(values, assignments)';
  assertOptions(`${where.slice(0, -1)}, options)`, options);
  const numbers = toNumbers(where, values);
  if (numbers.length === 0) throw mismatch({ where, expected: 'at least one value', received: 'none' });
  assertGroups(where, assignments, numbers.length);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const names = [...new Set(assignments)].sort((a, b) => a - b);
  const step = Math.ceil(numbers.length / MOST);
  let end = 0;
  const bars = names.map((cluster, place): Bars => {
    const members = numbers.filter((_, row) => assignments[row] === cluster).sort((a, b) => b - a);
    const drawn = members.filter((_, rank) => rank % step === 0);
    const from = end;
    end += members.length + step;
    return {
      kind: 'bars',
      name: `${cluster < 0 ? 'noise' : `cluster ${cluster}`}: ${formatNumber(average(members), 2)}`,
      x: drawn.map((_, rank) => from + (rank + 0.5) * step),
      y: drawn,
      width: step,
      colour: cluster < 0 ? INK : colourOf(place),
      opacity: 0.9,
    };
  });
  const line: Line = { kind: 'line', name: 'mean', x: [0, end], y: [mean, mean], colour: INK, dashed: true };
  const below = numbers.filter(value => value < 0).length;
  return createFigure({
    title: options.title ?? `Silhouettes: ${formatNumber(mean, 2)} on average`,
    subtitle:
      options.subtitle ?? (below > 0 ? `${below} of ${numbers.length} rows are nearer to another cluster` : undefined),
    x: { label: options.xLabel ?? 'rows, by cluster', plain: true },
    y: { label: options.yLabel ?? 'silhouette', range: options.yRange },
    marks: [...bars, line],
    height: options.height ?? 360,
  });
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
