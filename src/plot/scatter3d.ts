import { mismatch } from '../core/index.ts';
import type { Chart, Line, Points, Texts } from './chart.ts';
import { assembleFigure, type Figure, type PlotlyTrace } from './figure.ts';
import { assertOptions, assertSameLength, type PlotOptions, toNumbers } from './options.ts';
import { escapeText, toPlotly } from './plotly.ts';
import { BLUE, colourOf, INK, symbolOf } from './theme.ts';
import { formatCount, formatNumber } from './ticks.ts';

export interface SpacePoints {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  z: ArrayLike<number>;
  /** One a point: gives colour and shape. */
  group?: ArrayLike<string | number>;
}

export interface Scatter3dOptions extends Pick<PlotOptions, 'title' | 'subtitle' | 'height' | 'xLabel' | 'yLabel'> {
  zLabel?: string;
}

/** From where the whole box is seen, with the words at its edges. */
const CAMERA = { eye: { x: 1.2, y: -1.8, z: 0.76 }, center: { x: 0, y: 0, z: -0.18 } };

/** Of the page's grid, opaque: faint lines vanish in space. */
const SPACE_GRID = 'rgb(168,173,181)';

type Triple = readonly [number, number, number];

/**
 * Points in space, to turn with the mouse; without scripts, seen from one side. Points with a missing value are left out.
 *
 * @example
 * plot.scatter3d({ x: [1, 2, 4], y: [2, 1, 4], z: [3, 0, 4], group: ['a', 'b', 'a'] }, { zLabel: 'height' })
 */
export function scatter3d(points: SpacePoints, options: Scatter3dOptions = {}): Figure {
  const where = 'plot.scatter3d(points)';
  assertOptions('plot.scatter3d(points, options)', options, ['zLabel']);
  const lists = (['x', 'y', 'z'] as const).map(axis => toNumbers(`${where}: ${axis}`, points?.[axis]));
  for (const list of lists.slice(1)) assertSameLength(where, lists[0]!, list);
  const groups = points.group && Array.from(points.group, String);
  if (groups) assertSameLength(`${where}: group`, lists[0]!, groups);
  const kept = lists[0]!.flatMap((_, i) => (lists.every(list => Number.isFinite(list[i])) ? [i] : []));
  if (kept.length === 0) throw mismatch({ where, expected: 'at least one point', received: 'none' });
  const labels: [string, string, string] = [options.xLabel ?? 'x', options.yLabel ?? 'y', options.zLabel ?? 'z'];
  const names = groups ? [...new Set(kept.map(i => groups[i]!))].sort() : [undefined];
  const parts = names.map((name, place) => ({
    name,
    colour: name === undefined ? BLUE : colourOf(place),
    symbol: symbolOf(place),
    members: kept
      .filter(i => name === undefined || groups![i] === name)
      .map((i): Triple => [lists[0]![i]!, lists[1]![i]!, lists[2]![i]!]),
  }));
  const still = projection(parts, labels, options, kept.length, lists[0]!.length - kept.length);
  const { layout, config } = toPlotly(still);
  const { xaxis: _x, yaxis: _y, annotations: _a, hovermode: _h, ...shared } = layout;
  const axis = (text: string) => ({
    title: { text: escapeText(text) },
    gridcolor: SPACE_GRID,
    zerolinecolor: SPACE_GRID,
  });
  const scene = {
    xaxis: axis(labels[0]),
    yaxis: axis(labels[1]),
    zaxis: axis(labels[2]),
    aspectmode: 'cube',
    camera: CAMERA,
  };
  const data = parts.map(part => trace(part, labels));
  const description = `${still.title}${names.length > 1 ? `, in ${formatCount(names.length, 'group')}` : ''}. ${ranges(kept, lists, labels)}`;
  return assembleFigure({ data, layout: { ...shared, scene }, config }, still, description);
}

interface Part {
  name: string | undefined;
  colour: string;
  symbol: Points['symbol'];
  members: Triple[];
}

function trace({ name, colour, symbol, members }: Part, labels: readonly string[]): PlotlyTrace {
  const [x, y, z] = [0, 1, 2].map(axis => members.map(point => point[axis]!));
  const values = (['x', 'y', 'z'] as const).map((axis, i) => `${escapeText(labels[i]!)} %{${axis}}`).join('<br>');
  return {
    type: 'scatter3d',
    mode: 'markers',
    name: escapeText(name ?? ''),
    showlegend: name !== undefined,
    x,
    y,
    z,
    // Plotly has no triangles in space.
    marker: { color: colour, symbol: symbol === 'triangle' ? 'cross' : symbol, size: 3, opacity: 0.85 },
    hovertemplate: `${values}<extra>${escapeText(name ?? '')}</extra>`,
  };
}

const CORNERS: readonly Triple[] = [0, 1, 2, 3, 4, 5, 6, 7].map(i => [(i & 1) * 2 - 1, (i & 2) - 1, (i & 4) / 2 - 1]);

/** From the front, a little from the right and from above; each axis from −1 to 1. */
const [TURN, TILT] = [(-35 * Math.PI) / 180, (22 * Math.PI) / 180];

function seen([x, y, z]: Triple): { x: number; y: number; depth: number } {
  const across = x * Math.cos(TURN) - y * Math.sin(TURN);
  const back = x * Math.sin(TURN) + y * Math.cos(TURN);
  return {
    x: across,
    y: z * Math.cos(TILT) + back * Math.sin(TILT),
    depth: back * Math.cos(TILT) - z * Math.sin(TILT),
  };
}

/** Each point as an eye far away sees it, in a box whose edges are the axes. */
function projection(
  parts: readonly Part[],
  labels: readonly string[],
  options: Scatter3dOptions,
  count: number,
  left: number,
): Chart {
  const all = parts.flatMap(part => part.members);
  const ends = [0, 1, 2].map(axis => {
    const values = all.map(point => point[axis]!);
    return [Math.min(...values), Math.max(...values)] as const;
  });
  const scaled = (point: Triple) =>
    point.map((value, axis) => {
      const [low, high] = ends[axis]!;
      return high > low ? (1.84 * (value - low)) / (high - low) - 0.92 : 0;
    }) as unknown as Triple;
  const marks = parts.map(({ name, colour, symbol, members }): Points => {
    // Those in front are drawn last.
    const views = members.map(point => seen(scaled(point))).sort((a, b) => b.depth - a.depth);
    const places = { x: views.map(view => view.x), y: views.map(view => view.y) };
    return { kind: 'points', name, ...places, colour, symbol, size: count > 1000 ? 4 : 6, opacity: 0.75 };
  });
  const named: Texts = {
    kind: 'texts',
    ...placesOf([
      [0, -1.35, -1.2],
      [1.5, 0, -1.15],
      [-1.42, -1.2, 0],
    ]),
    texts: labels.map((label, axis) => `${label}\n${ends[axis]!.map(end => formatNumber(end)).join(' to ')}`),
    colour: INK,
    size: 12.5,
  };
  return {
    title: options.title ?? `${formatCount(count, 'point')} in space`,
    subtitle: options.subtitle ?? (left > 0 ? `${formatCount(left, 'point')} left out: a value is missing` : undefined),
    x: { label: '', range: [-2.3, 2.3], hidden: true },
    y: { label: '', range: [-1.75, 1.6], hidden: true },
    marks: [...edges(), ...marks, named],
    height: options.height ?? 480,
  };
}

function placesOf(points: readonly Triple[]): { x: number[]; y: number[] } {
  const views = points.map(seen);
  return { x: views.map(view => view.x), y: views.map(view => view.y) };
}

/** The twelve edges of the box, those that meet at the corner behind everything dashed. */
function edges(): Line[] {
  const farthest = CORNERS.map(seen).reduce((far, { depth }, i, views) => (depth > views[far]!.depth ? i : far), 0);
  return CORNERS.flatMap((from, i) =>
    [1, 2, 4].flatMap((bit): Line[] => {
      if (i & bit) return [];
      const hidden = i === farthest || (i | bit) === farthest;
      return [{ kind: 'line', ...placesOf([from, CORNERS[i | bit]!]), colour: INK, muted: true, dashed: hidden }];
    }),
  );
}

function ranges(kept: readonly number[], lists: readonly number[][], labels: readonly string[]): string {
  return lists
    .map((list, axis) => {
      const values = kept.map(i => list[i]!);
      return `${labels[axis]} from ${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}`;
    })
    .join(', ');
}
