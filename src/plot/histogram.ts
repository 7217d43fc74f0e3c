import { columnNumbers, columnValues, isMissing, isTable, mismatch, type Table } from '../core/index.ts';
import type { Bars } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { axisLabel, sentence } from './labels.ts';
import { assertOptions, type PlotOptions, toNumbers } from './options.ts';
import { BLUE, colourOf } from './theme.ts';
import { formatCount, formatNumber, niceStep } from './ticks.ts';

export interface HistogramOptions extends Omit<PlotOptions, 'log'> {
  /** About how many bars: their ends fall on round numbers. Default: by the number of values. */
  bins?: number;
}

export interface FrameHistogramOptions extends HistogramOptions {
  column: string;
  /** A column of names: a histogram for each, one in front of the other. */
  group?: string;
}

/**
 * How often values of each size occur. Missing values are left out, and counted.
 *
 * @example plot.histogram(penguins, { column: 'body_mass_g', group: 'species' })
 * @example plot.histogram(weights, { xLabel: 'weight', bins: 40 })
 */
export function histogram(frame: Table, options: FrameHistogramOptions): Figure;
export function histogram(values: ArrayLike<number>, options?: HistogramOptions): Figure;
export function histogram(
  source: Table | ArrayLike<number>,
  options: HistogramOptions | FrameHistogramOptions = {},
): Figure {
  assertOptions('plot.histogram(values, options)', options, ['bins', 'column', 'group']);
  const { column, group } = options as Partial<FrameHistogramOptions>;
  const { values, groups } = isTable(source)
    ? fromFrame(source, column, group)
    : { values: toNumbers('plot.histogram(values)', source), groups: undefined };
  const kept = values.flatMap((value, i) => (Number.isFinite(value) ? [i] : []));
  const label = options.xLabel ?? (column === undefined ? 'value' : axisLabel(column));
  if (kept.length === 0)
    throw mismatch({ where: 'plot.histogram(values)', expected: 'at least one number', received: 'none' });

  const numbers = kept.map(i => values[i]!);
  const bins = binsFor(numbers, options.bins);
  const names = groups ? [...new Set(kept.map(i => groups[i]!))].sort() : [undefined];
  const marks = names.map((name, place): Bars => {
    const members = name === undefined ? numbers : kept.filter(i => groups![i] === name).map(i => values[i]!);
    return {
      kind: 'bars',
      name,
      ...countInto(bins, members),
      width: bins.step,
      colour: name === undefined ? BLUE : colourOf(place),
      opacity: names.length > 1 ? 0.6 : 0.9,
    };
  });
  const left = values.length - kept.length;
  return createFigure({
    title: options.title ?? titleOf(label, numbers),
    subtitle: options.subtitle ?? (left > 0 ? `${formatCount(left, 'missing value')} left out` : undefined),
    x: { label, range: options.xRange, plain: true },
    y: { label: options.yLabel ?? 'how many', range: options.yRange },
    marks,
    height: options.height ?? 320,
  });
}

function fromFrame(frame: Table, column: string | undefined, group: string | undefined) {
  const where = 'plot.histogram({ column })';
  if (column === undefined)
    throw mismatch({ where, expected: `one of the columns ${frame.columns.join(', ')}`, received: 'undefined' });
  const groups = group === undefined ? undefined : columnValues('plot.histogram({ group })', frame, group);
  return {
    values: columnNumbers(where, frame, column),
    groups: groups?.map(value => (isMissing(value) ? 'missing' : String(value))),
  };
}

interface Bins {
  start: number;
  step: number;
  count: number;
}

/** Ends at round numbers; about as many bins as the root of the number of values, between 8 and 50. */
function binsFor(
  values: readonly number[],
  wanted = Math.min(50, Math.max(8, Math.round(Math.sqrt(values.length) * 1.2))),
): Bins {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === high) return { start: low - 0.5, step: 1, count: 1 };
  const step = niceStep((high - low) / Math.max(1, wanted));
  const start = Math.floor(low / step) * step;
  return { start, step, count: Math.floor((high - start) / step) + 1 };
}

function countInto({ start, step, count }: Bins, values: readonly number[]): { x: number[]; y: number[] } {
  const y = new Array<number>(count).fill(0);
  for (const value of values) {
    const place = Math.min(count - 1, Math.floor((value - start) / step));
    y[place] = y[place]! + 1;
  }
  return { x: y.map((_, place) => Number((start + (place + 0.5) * step).toPrecision(12))), y };
}

function titleOf(label: string, values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return `${sentence(label)}: half of ${formatCount(values.length, 'value')} lie between ${formatNumber(quantile(0.25))} and ${formatNumber(quantile(0.75))}`;
}
