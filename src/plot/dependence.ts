import { describe, mismatch } from '../core/index.ts';
import type { Line } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { axisLabel } from './labels.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { BLUE, INK } from './theme.ts';
import { formatNumber } from './ticks.ts';

export interface DependenceLike {
  readonly feature: string;
  readonly grid: readonly number[];
  readonly mean: readonly number[];
  readonly individuals?: readonly (readonly number[])[];
}

/** More lines than this are a carpet. */
const MOST_LINES = 60;

/**
 * What a model says as one feature changes: thin for single rows, thick for their mean.
 *
 * @example plot.dependence(interpret.partialDependence(rows => rows.map(([a]) => a * a), [[0], [2]], { feature: 0 }))
 */
export function dependence(found: DependenceLike, options: Omit<PlotOptions, 'log'> = {}): Figure {
  assertOptions('plot.dependence(found, options)', options);
  const { feature, grid, mean, individuals = [] } = found ?? {};
  if (!Array.isArray(grid) || grid.length === 0 || mean?.length !== grid.length)
    throw mismatch({
      where: 'plot.dependence(found)',
      expected: 'a grid and a mean for each of its values',
      received: describe(found),
      hint: 'interpret.partialDependence(…) makes them.',
    });
  const every = Math.ceil(individuals.length / MOST_LINES);
  const line = (y: readonly number[]): Omit<Line, 'colour'> => ({ kind: 'line', x: [...grid], y: [...y] });
  const thin = individuals
    .filter((_, i) => i % every === 0)
    .map((y): Line => ({ ...line(y), colour: INK, muted: true }));
  const [low, high] = [Math.min(...mean), Math.max(...mean)];
  return createFigure({
    title: options.title ?? `${axisLabel(feature)}: the answer goes from ${formatNumber(low)} to ${formatNumber(high)}`,
    subtitle:
      options.subtitle ?? (thin.length > 0 ? 'Thin: single rows, all else unchanged; thick: their mean' : undefined),
    x: { label: options.xLabel ?? axisLabel(feature), range: options.xRange },
    y: { label: options.yLabel ?? 'what the model says', range: options.yRange },
    marks: [...thin, { ...line(mean), colour: BLUE }],
    height: options.height ?? 340,
  });
}
