import { assertInteger, assertNumber, type Features, mismatch, nearestRows, readFeatures } from '../core/index.ts';
import type { Line } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { BLUE, RED } from './theme.ts';
import { formatCount, formatNumber } from './ticks.ts';

export interface NeighbourDistancesOptions extends Omit<PlotOptions, 'log'> {
  /** As for `unsupervised.dbscan`: the row itself is one of them. Default 5. */
  minRows?: number;
  /** A radius to look at, as a dashed line. */
  radius?: number;
}

/**
 * How far each row is from so many others, sorted: a radius for DBSCAN lies at the bend (Ester et al., 1996, 4.2). Rows to
 * the left of it have enough neighbours, those to the right are noise or at the edge of a cluster.
 *
 * x: (rows, features), all rows; compares each with all others.
 *
 * @example plot.neighbourDistances([[1, 1], [1, 2], [2, 1], [9, 9]], { minRows: 3, radius: 1.5 })
 */
export function neighbourDistances(x: Features, options: NeighbourDistancesOptions = {}): Figure {
  const where = 'plot.neighbourDistances(x, options)';
  assertOptions(where, options, ['minRows', 'radius']);
  const { minRows = 5, radius } = options;
  const rows = readFeatures('plot.neighbourDistances(x)', x);
  assertInteger('plot.neighbourDistances({ minRows })', minRows, { min: 2 });
  if (radius !== undefined) assertNumber('plot.neighbourDistances({ radius })', radius, { min: 0, aboveMin: true });
  if (rows.rows < minRows)
    throw mismatch({ where, expected: `at least ${minRows} rows, as many as minRows`, received: `${rows.rows}` });
  const count = minRows - 1;
  const { squares } = nearestRows(rows, rows, count, true);
  const distances = Array.from({ length: rows.rows }, (_, row) => Math.sqrt(squares[(row + 1) * count - 1]!));
  distances.sort((a, b) => a - b);
  const places = distances.map((_, rank) => rank + 1);
  const within = radius === undefined ? 0 : distances.filter(distance => distance <= radius).length;
  const line: Line[] =
    radius === undefined
      ? []
      : [{ kind: 'line', name: 'radius', x: [1, rows.rows], y: [radius, radius], colour: RED, dashed: true }];
  return createFigure({
    title:
      options.title ??
      (radius === undefined
        ? `Half of the rows have ${formatCount(count, 'other')} within ${formatNumber(distances[rows.rows >> 1]!)}`
        : `${within} of ${rows.rows} rows have ${formatCount(count, 'other')} within ${formatNumber(radius)}`),
    subtitle: options.subtitle ?? 'A good radius is where the curve bends upwards',
    x: { label: options.xLabel ?? 'rows, nearest first', range: options.xRange },
    y: { label: options.yLabel ?? `distance to neighbour ${count}`, range: options.yRange },
    marks: [{ kind: 'line', name: 'distance', x: places, y: distances, colour: BLUE }, ...line],
    height: options.height ?? 340,
  });
}
