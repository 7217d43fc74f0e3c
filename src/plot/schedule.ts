import { assertInteger, describe, mismatch } from '../core/index.ts';
import type { Line } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions, scaleOf, toNumbers } from './options.ts';
import { colourOf } from './theme.ts';
import { formatCount, formatNumber } from './ticks.ts';

export interface ScheduleOptions extends PlotOptions {
  /** Steps in an epoch: the axis then counts epochs. */
  batches?: number;
}

/**
 * Learning rates, step by step: of one schedule, or of several by name.
 *
 * @example
 * const run = { learningRate: 0.01, epochs: 10, batches: 50 };
 * plot.schedule({
 *   cosine: train.learningRates({ kind: 'cosine' }, run),
 *   step: train.learningRates({ kind: 'step', every: 4, factor: 0.3 }, run),
 * }, { batches: 50 });
 */
export function schedule(
  rates: ArrayLike<number> | Readonly<Record<string, ArrayLike<number>>>,
  options: ScheduleOptions = {},
): Figure {
  const where = 'plot.schedule(rates)';
  assertOptions('plot.schedule(rates, options)', options, ['batches']);
  const { batches } = options;
  if (batches !== undefined) assertInteger('plot.schedule({ batches })', batches, { min: 1 });
  const isList = typeof rates === 'object' && rates !== null && typeof rates.length === 'number';
  const named: [string | undefined, ArrayLike<number>][] = isList
    ? [[undefined, rates as ArrayLike<number>]]
    : Object.entries(rates ?? {});
  const marks = named.map(([name, list], place): Line => {
    const y = toNumbers(where, list);
    return { kind: 'line', name, x: y.map((_, step) => step / (batches ?? 1)), y, colour: colourOf(place) };
  });
  if (marks.every(mark => mark.y.length === 0))
    throw mismatch({
      where,
      expected: 'learning rates',
      received: describe(rates),
      hint: 'train.learningRates(schedule, run) gives them.',
    });
  return createFigure({
    title: options.title ?? titleOf(marks),
    subtitle: options.subtitle,
    x: {
      label: options.xLabel ?? (batches ? 'epoch' : 'step'),
      scale: scaleOf('x', options.log),
      range: options.xRange,
    },
    y: { label: options.yLabel ?? 'learning rate', scale: scaleOf('y', options.log), range: options.yRange },
    marks,
    height: options.height ?? 320,
  });
}

function titleOf(marks: readonly Line[]): string {
  if (marks.length > 1) return `Learning rate: ${formatCount(marks.length, 'schedule')}`;
  const [rates] = marks.map(mark => mark.y);
  const highest = Math.max(...rates!);
  const [first, last] = [rates![0]!, rates!.at(-1)!];
  if (first === last && highest === first) return `Learning rate: ${formatNumber(first)} all the time`;
  const rise =
    highest > first ? `from ${formatNumber(first)} up to ${formatNumber(highest)}` : `from ${formatNumber(first)}`;
  return `Learning rate: ${rise}${last < highest ? `, down to ${formatNumber(last)}` : ''}`;
}
