import type { Line } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { sentence, withoutUnit } from './labels.ts';
import { assertOptions, assertSameLength, type PlotOptions, scaleOf, toNumbers } from './options.ts';
import { colourOf } from './theme.ts';
import { formatCount, formatNumber } from './ticks.ts';

/** y values at 0, 1, 2, …, or points by x and y. */
export type Series = ArrayLike<number> | { x: ArrayLike<number>; y: ArrayLike<number> };

/**
 * One or more curves. A NaN makes a gap.
 *
 * @example plot.line({ 'rate 0.1': losses, 'rate 0.5': others }, { xLabel: 'step', yLabel: 'loss', log: 'y' })
 */
export function line(series: Series | Record<string, Series>, options: PlotOptions = {}): Figure {
  assertOptions('plot.line(series, options)', options);
  const named: [string | undefined, Series][] = isSeries(series) ? [[undefined, series]] : Object.entries(series);
  const marks = named.map(([name, values], place) => curve(name, values, place));
  const { xLabel = 'step', yLabel = 'value', height = 360 } = options;
  return createFigure({
    title: options.title ?? titleOf(marks, yLabel),
    subtitle: options.subtitle,
    x: { label: xLabel, scale: scaleOf('x', options.log), range: options.xRange },
    y: { label: yLabel, scale: scaleOf('y', options.log), range: options.yRange },
    marks,
    height,
  });
}

function isSeries(series: Series | Record<string, Series>): series is Series {
  if (series === null || typeof series !== 'object') return true;
  return 'length' in series || ('x' in series && 'y' in series);
}

function curve(name: string | undefined, series: Series, place: number): Line {
  const where = name === undefined ? 'plot.line(series)' : `plot.line('${name}')`;
  const points = series !== null && typeof series === 'object' && 'x' in series ? series : undefined;
  const y = toNumbers(where, points ? points.y : (series as ArrayLike<number>));
  const x = points ? toNumbers(where, points.x) : y.map((_, position) => position);
  assertSameLength(where, x, y);
  return { kind: 'line', name, x, y, colour: colourOf(place) };
}

function titleOf(marks: readonly Line[], yLabel: string): string {
  const name = sentence(withoutUnit(yLabel));
  if (marks.length !== 1) return `${name}: ${compareEnds(marks)}`;
  const values = marks[0]!.y.filter(Number.isFinite);
  if (values.length === 0) return `${name}: no values`;
  return `${name}: from ${formatNumber(values[0]!)} to ${formatNumber(values.at(-1)!)}`;
}

/** Which curve ends lowest and which highest: more names than two make no title. */
function compareEnds(marks: readonly Line[]): string {
  const ends = marks
    .map(mark => ({ name: mark.name, end: mark.y.at(-1) ?? Number.NaN }))
    .filter(({ end }) => Number.isFinite(end))
    .sort((a, b) => a.end - b.end);
  const [lowest, highest] = [ends[0], ends.at(-1)];
  if (!lowest || !highest || lowest.end === highest.end) return formatCount(marks.length, 'curve');
  return `${lowest.name} ends lowest, ${highest.name} highest`;
}
