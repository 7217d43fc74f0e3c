/** A still picture of a plain Plotly figure, for pages that have no Plotly. */
import type { Axis, Bars, Cells, Chart, Line, Mark, Points } from './chart.ts';
import { toSvg } from './svg.ts';
import { BLUE, colourOf, fade } from './theme.ts';
import { niceStep } from './ticks.ts';

/** A number or a date, as Plotly reads them. */
const NOT_A_NAME = /^\s*([-+]?[\d.]+(e[-+]?\d+)?|-?\d{4}-\d\d.*)\s*$/i;

type Json = Record<string, unknown>;

/** More than this make a picture that is heavier than the figure. */
const MAX_VALUES = 40_000;
/** More names than this do not fit below an axis. */
const MAX_CATEGORIES = 24;

/**
 * The figure as SVG if it is of lines, points, upright bars, histograms or one heat map on two plain axes; its own
 * colours are kept where they are `#rrggbb`. Undefined for any other.
 */
export function staticPicture(figure: unknown): string | undefined {
  const { data, layout = {} } = (figure ?? {}) as { data?: unknown; layout?: Json };
  if (!Array.isArray(data) || data.length === 0 || !data.every(isRecord) || !isRecord(layout)) return undefined;
  if (data.reduce((sum, trace) => sum + sizeOf(trace), 0) > MAX_VALUES) return undefined;
  const chart = chartOf(data, layout);
  return chart && toSvg(chart, `${chart.title || 'Figure'}. ${describe(data)}`);
}

/** What a reader without pictures gets. */
export function describeFigure(figure: unknown): string {
  const { data, layout } = (figure ?? {}) as { data?: unknown; layout?: Json };
  const title = textOf(layout?.title);
  const traces = Array.isArray(data) ? data.filter(isRecord) : [];
  return `Plotly figure${title ? ` "${title}"` : ''}: ${describe(traces)}`;
}

function describe(traces: readonly Json[]): string {
  const names = traces.map(({ type = 'scatter', name }) => (name ? `${type} "${textOf(name)}"` : String(type)));
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown || 'nothing in it';
}

function chartOf(traces: readonly Json[], layout: Json): Chart | undefined {
  // A second pair of axes, and what is stacked, is beyond this.
  if (traces.some(({ xaxis = 'x', yaxis = 'y' }) => xaxis !== 'x' || yaxis !== 'y')) return undefined;
  const bars = traces.filter(({ type }) => type === 'bar' || type === 'histogram');
  if (bars.length > 1 && ['stack', 'relative'].includes(String(layout.barmode))) return undefined;
  const x = axisOf(
    layout.xaxis,
    traces.map(trace => trace.x),
  );
  const y = axisOf(layout.yaxis, []);
  if (x === undefined || y === undefined) return undefined;
  const marks: Mark[] = [];
  for (const [index, trace] of traces.entries()) {
    const made = marksOf(trace, { x: x.places, colour: colourOf(index), isNamed: traces.length > 1, bars });
    if (made === undefined) return undefined;
    marks.push(...made);
  }
  // Cells reach to the frame, and over its lines.
  for (const mark of marks) {
    if (mark.kind !== 'cells') continue;
    Object.assign(x.axis, { range: [-0.5, mark.x.length - 0.5], plain: true });
    Object.assign(y.axis, { range: [-0.5, mark.y.length - 0.5], plain: true });
  }
  const height = typeof layout.height === 'number' ? Math.min(900, Math.max(200, layout.height)) : 340;
  return { title: textOf(layout.title), x: x.axis, y: y.axis, marks, height };
}

interface Setting {
  /** Where values stand on the x axis; undefined for what cannot stand there. */
  x(value: unknown): number | undefined;
  colour: string;
  isNamed: boolean;
  bars: readonly Json[];
}

function marksOf(trace: Json, setting: Setting): Mark[] | undefined {
  switch (trace.type ?? 'scatter') {
    case 'scatter':
    case 'scattergl':
      return scatterMarks(trace, setting);
    case 'bar':
      return trace.orientation === 'h' ? undefined : barMarks(trace, setting);
    case 'histogram':
      return histogramMarks(trace, setting);
    case 'heatmap':
      return heatmapMarks(trace);
    default:
      return undefined;
  }
}

function scatterMarks(trace: Json, setting: Setting): Mark[] | undefined {
  const places = placesOf(trace, setting);
  if (places === undefined || (trace.fill !== undefined && trace.fill !== 'none')) return undefined;
  const { line, marker } = trace as { line?: Json; marker?: Json };
  const mode = String(trace.mode ?? (places.x.length < 20 ? 'lines+markers' : 'lines'));
  const name = setting.isNamed ? nameOf(trace) : undefined;
  const isLine = mode.includes('lines');
  const marks: Mark[] = [];
  if (isLine) {
    const dashed = line?.dash !== undefined && line.dash !== 'solid';
    const colour = hexOf(line?.color ?? marker?.color, setting.colour);
    marks.push({ kind: 'line', ...places, name, dashed, colour } satisfies Line);
  }
  if (mode.includes('markers')) {
    const colour = hexOf(marker?.color ?? line?.color, setting.colour);
    const size = typeof marker?.size === 'number' ? marker.size : 6;
    const opacity = typeof marker?.opacity === 'number' ? marker.opacity : 1;
    const shape = { symbol: 'circle', size, opacity } as const;
    marks.push({ kind: 'points', ...places, ...shape, name: isLine ? undefined : name, colour } satisfies Points);
  }
  return marks;
}

/** Bars of several traces stand beside each other, unless the layout says otherwise. */
function barMarks(trace: Json, setting: Setting): Mark[] | undefined {
  const places = placesOf(trace, setting);
  if (places === undefined) return undefined;
  const sorted = [...new Set(places.x)].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((value, i) => value - sorted[i]!);
  const room = 0.8 * (gaps.length > 0 ? Math.min(...gaps) : 1);
  const count = setting.bars.length;
  const offset = (room / count) * (setting.bars.indexOf(trace) - (count - 1) / 2);
  const x = places.x.map(value => value + offset);
  return [{ ...bar(trace, setting), x, y: places.y, width: room / count }];
}

function histogramMarks(trace: Json, setting: Setting): Mark[] | undefined {
  if (!Array.isArray(trace.x) || trace.y !== undefined || trace.histnorm) return undefined;
  const values = trace.x.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  if (
    values.length === 0 ||
    values.length > MAX_VALUES ||
    values.length < trace.x.filter(value => value !== null).length
  )
    return undefined;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const about = typeof trace.nbinsx === 'number' ? trace.nbinsx : Math.ceil(Math.sqrt(values.length));
  const step = niceStep((high - low || 1) / Math.min(60, about));
  const first = Math.floor(low / step);
  const counts = Array.from({ length: Math.floor(high / step) - first + 1 }, () => 0);
  for (const value of values) counts[Math.floor(value / step) - first]!++;
  const x = counts.map((_, place) => (first + place + 0.5) * step);
  return [{ ...bar(trace, setting), x, y: counts, width: step }];
}

function bar(trace: Json, { colour, isNamed, bars }: Setting): Omit<Bars, 'x' | 'y' | 'width'> {
  const { marker } = trace as { marker?: Json };
  const opacity = bars.length > 1 && trace.type === 'histogram' ? 0.6 : 0.9;
  return { kind: 'bars', name: isNamed ? nameOf(trace) : undefined, colour: hexOf(marker?.color, colour), opacity };
}

function heatmapMarks({ z, x, y, zmin, zmax }: Json): Mark[] | undefined {
  if (!Array.isArray(z) || !z.every(Array.isArray) || x !== undefined || y !== undefined) return undefined;
  const values = z.map(row => row.map(value => (typeof value === 'number' ? value : Number.NaN)));
  const all = values.flat();
  if (all.length === 0 || !all.every(Number.isFinite)) return undefined;
  const [low, high] = [numberOr(zmin, Math.min(...all)), numberOr(zmax, Math.max(...all))];
  const scale = [
    { value: low, colour: fade(BLUE, 0.06) },
    { value: high > low ? high : low + 1, colour: fade(BLUE, 1) },
  ];
  const cells: Cells = {
    kind: 'cells',
    x: values[0]!.map((_, column) => column),
    y: values.map((_, row) => row),
    values,
    scale,
    gap: { x: 0, y: 0 },
  };
  return [cells];
}

function placesOf({ x, y }: Json, setting: Setting): { x: number[]; y: number[] } | undefined {
  if (!Array.isArray(y) || !y.every(value => value === null || typeof value === 'number')) return undefined;
  if (x !== undefined && (!Array.isArray(x) || x.length < y.length)) return undefined;
  const places = y.map((_, i) => (x === undefined ? i : setting.x((x as unknown[])[i])));
  if (!places.every(place => place !== undefined)) return undefined;
  return { x: places, y: y.map(value => (value === null ? Number.NaN : value)) };
}

/** An axis, and where the values of the traces stand on it. */
function axisOf(spec: unknown, values: readonly unknown[]): { axis: Axis; places: Setting['x'] } | undefined {
  const { type, title, range } = (isRecord(spec) ? spec : {}) as Json;
  const all = values.flatMap(list => (Array.isArray(list) ? list : []));
  const label = textOf(title);
  if (all.some(value => typeof value === 'string') || type === 'category') {
    const categories = [...new Set(all.map(String))];
    // Dates, and numbers in quotes, are no names to Plotly.
    const areNames = type === 'category' || !categories.every(text => NOT_A_NAME.test(text));
    if (categories.length > MAX_CATEGORIES || !areNames || type === 'date') return undefined;
    const place = new Map(categories.map((category, index) => [category, index]));
    return { axis: { label, scale: 'category', categories }, places: value => place.get(String(value)) };
  }
  if (type !== undefined && type !== '-' && type !== 'linear' && type !== 'log') return undefined;
  const axis: Axis = { label, scale: type === 'log' ? 'log' : 'linear' };
  if (Array.isArray(range) && range.length === 2 && range.every(end => typeof end === 'number')) {
    const [from, to] = (type === 'log' ? range.map(end => 10 ** end) : range) as [number, number];
    axis.range = from < to ? [from, to] : [to, from];
    axis.reversed = from > to;
  }
  return { axis, places: value => (value === null ? Number.NaN : typeof value === 'number' ? value : undefined) };
}

/** Of a title: a text or `{ text }`, without Plotly's tags. */
function textOf(title: unknown): string {
  const text = isRecord(title) ? title.text : title;
  return typeof text === 'string' ? text.replace(/<br\s*\/?>/g, ' ').replace(/<[^>]*>/g, '') : '';
}

function nameOf({ name }: Json): string | undefined {
  return typeof name === 'string' ? textOf(name) : undefined;
}

function hexOf(colour: unknown, otherwise: string): string {
  return typeof colour === 'string' && /^#[0-9a-f]{6}$/i.test(colour) ? colour : otherwise;
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sizeOf({ x, y, z }: Json): number {
  const lists = [x, y, ...(Array.isArray(z) ? z : [])].filter(Array.isArray);
  return lists.reduce((sum, list) => sum + list.length, 0);
}
