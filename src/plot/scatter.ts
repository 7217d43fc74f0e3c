import { columnNumbers, columnValues, describe, isMissing, isTable, mismatch, type Table } from '../core/index.ts';
import type { Line, Points } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { axisLabel, sentence, withoutUnit } from './labels.ts';
import { assertOptions, assertSameLength, type PlotOptions, scaleOf, toNumbers } from './options.ts';
import { BLUE, colourOf, RED, symbolOf } from './theme.ts';
import { formatCount, formatNumber } from './ticks.ts';

export interface ScatterOptions extends PlotOptions {
  /** A line through the points: `slope · x + intercept`, or any function of x. */
  line?: { slope: number; intercept: number } | ((x: number) => number);
  /** For the legend. Default 'fit'. */
  lineName?: string;
}

export interface FrameScatterOptions extends ScatterOptions {
  /** The column along the x axis. */
  x: string;
  /** The column along the y axis. */
  y: string;
  /** The column that gives colour and shape. */
  group?: string;
}

export interface ScatterPoints {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** One a point: gives colour and shape. */
  group?: ArrayLike<string | number>;
}

/**
 * Points, from two columns of a frame or from two lists. Points with a missing value are left out, and counted.
 *
 * @example plot.scatter(penguins, { x: 'bill_length_mm', y: 'bill_depth_mm', group: 'species' })
 * @example plot.scatter({ x, y }, { line: { slope: 2, intercept: 1 }, xLabel: 'hours', yLabel: 'score' })
 */
export function scatter(frame: Table, options: FrameScatterOptions): Figure;
export function scatter(points: ScatterPoints, options?: ScatterOptions): Figure;
export function scatter(source: Table | ScatterPoints, options: ScatterOptions | FrameScatterOptions = {}): Figure {
  assertOptions('plot.scatter(points, options)', options, ['x', 'y', 'group', 'line', 'lineName']);
  const named = options as Partial<FrameScatterOptions>;
  const { x, y, group } = isTable(source) ? fromFrame(source, named) : fromLists(source);
  const xLabel = options.xLabel ?? (named.x === undefined ? 'x' : axisLabel(named.x));
  const yLabel = options.yLabel ?? (named.y === undefined ? 'y' : axisLabel(named.y));

  const kept = x.flatMap((value, i) => (Number.isFinite(value) && Number.isFinite(y[i]) ? [i] : []));
  const points = toMarks(kept, x, y, group);
  const fit = options.line
    ? [
        fitMark(
          options,
          kept.map(i => x[i]!),
        ),
      ]
    : [];
  const left = x.length - kept.length;
  return createFigure(
    {
      title: options.title ?? titleOf(xLabel, yLabel, points, named.group),
      subtitle: options.subtitle ?? (left > 0 ? `${formatCount(left, 'row')} left out: a value is missing` : undefined),
      x: { label: xLabel, scale: scaleOf('x', options.log), range: options.xRange },
      y: { label: yLabel, scale: scaleOf('y', options.log), range: options.yRange },
      marks: [...points, ...fit],
      height: options.height ?? 420,
    },
    describeScatter(xLabel, yLabel, kept, x, y, options),
  );
}

interface Lists {
  x: number[];
  y: number[];
  group: (string | undefined)[] | undefined;
}

function fromFrame(frame: Table, { x, y, group }: Partial<FrameScatterOptions>): Lists {
  const column = (axis: 'x' | 'y', name: string | undefined) => {
    const where = `plot.scatter({ ${axis} })`;
    if (name !== undefined) return columnNumbers(where, frame, name);
    throw mismatch({ where, expected: `one of the columns ${frame.columns.join(', ')}`, received: 'undefined' });
  };
  const groups = group === undefined ? undefined : columnValues('plot.scatter({ group })', frame, group);
  return {
    x: column('x', x),
    y: column('y', y),
    group: groups?.map(value => (isMissing(value) ? undefined : String(value))),
  };
}

function fromLists(points: ScatterPoints): Lists {
  const where = 'plot.scatter(points)';
  if (points === null || typeof points !== 'object' || !('x' in points && 'y' in points))
    throw mismatch({ where, expected: 'a data frame, or lists as { x, y }', received: describe(points) });
  const [x, y] = [toNumbers(`${where}: x`, points.x), toNumbers(`${where}: y`, points.y)];
  assertSameLength(where, x, y);
  const group = points.group === undefined ? undefined : Array.from(points.group, String);
  if (group) assertSameLength(`${where}: group`, x, group);
  return { x, y, group };
}

function toMarks(kept: readonly number[], x: readonly number[], y: readonly number[], group: Lists['group']): Points[] {
  const names = group ? [...new Set(kept.map(i => group[i] ?? 'missing'))].sort() : [undefined];
  const opacity = kept.length > 1000 ? 0.45 : kept.length > 150 ? 0.75 : 0.85;
  return names.map((name, place) => {
    const members = name === undefined ? kept : kept.filter(i => (group![i] ?? 'missing') === name);
    return {
      kind: 'points',
      name,
      x: members.map(i => x[i]!),
      y: members.map(i => y[i]!),
      colour: name === undefined ? BLUE : colourOf(place),
      symbol: name === undefined ? 'circle' : symbolOf(place),
      size: kept.length > 1000 ? 5 : 7,
      opacity,
    };
  });
}

/** From the first point to the last, in as many steps as a curve needs. */
function fitMark({ line, lineName = 'fit', xRange, log }: ScatterOptions, x: readonly number[]): Line {
  const isCurve = typeof line === 'function';
  const value = isCurve ? line : (at: number) => line!.slope * at + line!.intercept;
  const low = xRange?.[0] ?? Math.min(...x);
  const high = xRange?.[1] ?? Math.max(...x);
  const steps = isCurve || log ? 120 : 1;
  const at = Array.from({ length: steps + 1 }, (_, i) => low + ((high - low) * i) / steps);
  return { kind: 'line', name: lineName, x: at, y: at.map(value), colour: RED };
}

function titleOf(xLabel: string, yLabel: string, points: readonly Points[], group: string | undefined): string {
  const by = points.length > 1 ? `, by ${axisLabel(group ?? 'group')}` : '';
  return sentence(`${withoutUnit(yLabel)} against ${withoutUnit(xLabel)}${by}`);
}

function describeScatter(
  xLabel: string,
  yLabel: string,
  kept: readonly number[],
  x: readonly number[],
  y: readonly number[],
  { title, line }: ScatterOptions,
): string {
  const count = formatCount(kept.length, 'point');
  const r = correlation(
    kept.map(i => x[i]!),
    kept.map(i => y[i]!),
  );
  const fit =
    line && typeof line !== 'function'
      ? `; line ${formatNumber(line.slope)} · x ${line.intercept < 0 ? '−' : '+'} ${formatNumber(Math.abs(line.intercept))}`
      : '';
  return `${title ? `${title}. ` : ''}${sentence(yLabel)} against ${xLabel}: ${count}, correlation ${formatNumber(r, 2)}${fit}`;
}

/** Pearson's. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, i) => {
    xy += (value - meanX) * (y[i]! - meanY);
    xx += (value - meanX) ** 2;
    yy += (y[i]! - meanY) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}
