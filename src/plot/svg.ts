import { escapeHtml } from '../display/html.ts';
import type { Axis, Chart, Mark } from './chart.ts';
import { drawMark, drawSymbol } from './svg-marks.ts';
import { FONT, GRID, TITLE_LETTERS, wrap } from './theme.ts';
import { linearTicks, logTicks, tickTexts } from './ticks.ts';

const WIDTH = 720;
const LETTER = 6.4;

/** A place on the page for each value of an axis. */
export interface Scale {
  place(value: number): number;
  ticks: { at: number; text: string }[];
}

/** The chart as an inline SVG that needs no script; its text takes the colour of the page. */
export function toSvg(chart: Chart, description: string): string {
  const ranges = { x: rangeOf(chart, 'x'), y: rangeOf(chart, 'y') };
  const bottom = chart.height - (chart.x.hidden ? 12 : 50);
  const rough = createScale(chart.y, ranges.y, bottom, 0, tickCount(bottom));
  const left = chart.y.hidden
    ? 18
    : Math.min(240, 38 + LETTER * Math.max(...rough.ticks.map(tick => tick.text.length)));
  const right = WIDTH - 18;
  const head = drawHead(chart, left, right);
  const top = head.height + 8;
  const x = createScale(chart.x, ranges.x, left, right, 7);
  const y = createScale(chart.y, ranges.y, bottom, top, tickCount(bottom - top));
  const box = `${left} ${top} ${right - left} ${bottom - top}`;

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeHtml(description)}" viewBox="0 0 ${WIDTH} ${chart.height}"`,
    ` width="${WIDTH}" style="max-width:100%;height:auto" font-family="${escapeHtml(FONT)}" font-size="12" fill="currentColor">`,
    head.svg,
    drawAxes(chart, x, y, { left, right, top, bottom }),
    // A nested picture cuts what lies outside, and needs no id that could clash with another's on the page.
    `<svg x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" viewBox="${box}">`,
    ...chart.marks.map(mark => drawMark(mark, x, y)),
    '</svg></svg>',
  ].join('');
}

function tickCount(height: number): number {
  return Math.max(3, Math.round(height / 52));
}

/** Title, subtitle and legend, and how much room they take. */
function drawHead(chart: Chart, left: number, right: number): { svg: string; height: number } {
  let y = 4;
  const line = (text: string, size: number, height: number, style: string) => {
    y += height;
    return `<text x="${left}" y="${y}" font-size="${size}" ${style}>${escapeHtml(text)}</text>`;
  };
  const title = wrap(chart.title, TITLE_LETTERS).map(text => line(text, 16, 20, 'font-weight="600"'));
  const subtitle = chart.subtitle ? wrap(chart.subtitle, 100).map(text => line(text, 13, 19, 'opacity=".75"')) : [];
  const entries = legendEntries(chart.marks);
  if (entries.length < 2) return { svg: [...title, ...subtitle].join(''), height: y + 8 };
  const legend = drawLegend(entries, left, right, y + 22);
  return { svg: [...title, ...subtitle, legend.svg].join(''), height: legend.bottom + 4 };
}

type NamedMark = Exclude<Mark, { kind: 'cells' | 'texts' }>;

function legendEntries(marks: readonly Mark[]): NamedMark[] {
  return marks.filter((mark): mark is NamedMark => mark.kind !== 'cells' && mark.name !== undefined);
}

function drawLegend(entries: readonly NamedMark[], left: number, right: number, first: number) {
  let [x, y] = [left, first];
  const parts = entries.map(mark => {
    const width = 40 + (LETTER + 0.8) * (mark.name?.length ?? 0);
    if (x > left && x + width > right) [x, y] = [left, y + 18];
    const sign = `${legendSign(mark, x, y)}<text x="${x + 20}" y="${y}">${escapeHtml(mark.name ?? '')}</text>`;
    x += width;
    return sign;
  });
  return { svg: parts.join(''), bottom: y };
}

function legendSign(mark: NamedMark, x: number, y: number): string {
  switch (mark.kind) {
    case 'points':
      return drawSymbol(mark.symbol, x + 7, y - 4, 9, mark.colour, 1);
    case 'bars':
      return `<rect x="${x}" y="${y - 10}" width="14" height="11" rx="1.5" fill="${mark.colour}" opacity="${mark.opacity}"/>`;
    case 'line': {
      const dash = mark.dashed ? ' stroke-dasharray="5 3"' : '';
      return `<path d="M${x} ${y - 4}h14" stroke="${mark.colour}" stroke-width="${mark.muted ? 1 : 2.5}"${dash}/>`;
    }
  }
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function drawAxes(chart: Chart, x: Scale, y: Scale, { left, right, top, bottom }: Box): string {
  if (chart.x.hidden && chart.y.hidden) return '';
  const lines = [
    ...(chart.x.plain ? [] : x.ticks.map(({ at }) => `M${round(at)} ${top}V${bottom}`)),
    ...(chart.y.plain ? [] : y.ticks.map(({ at }) => `M${left} ${round(at)}H${right}`)),
    `M${left} ${top}V${bottom}H${right}`,
  ];
  const xTexts = x.ticks.map(
    ({ at, text }) => `<text x="${round(at)}" y="${bottom + 17}" text-anchor="middle">${escapeHtml(text)}</text>`,
  );
  const yTexts = y.ticks.map(
    ({ at, text }) => `<text x="${left - 8}" y="${round(at + 4)}" text-anchor="end">${escapeHtml(text)}</text>`,
  );
  const middle = (top + bottom) / 2;
  return [
    `<path d="${lines.join('')}" fill="none" stroke="${GRID}"/>`,
    `<g opacity=".8">${xTexts.join('')}${yTexts.join('')}</g>`,
    `<text x="${(left + right) / 2}" y="${bottom + 38}" text-anchor="middle" font-size="13">${escapeHtml(chart.x.label)}</text>`,
    `<text transform="translate(16 ${middle}) rotate(-90)" text-anchor="middle" font-size="13">${escapeHtml(chart.y.label)}</text>`,
  ].join('');
}

function createScale(axis: Axis, [low, high]: [number, number], from: number, to: number, about: number): Scale {
  const log = axis.scale === 'log';
  const measure = log ? Math.log10 : (value: number) => value;
  const [start, end] = axis.reversed ? [to, from] : [from, to];
  const place = (value: number) =>
    start + ((measure(value) - measure(low)) / (measure(high) - measure(low))) * (end - start);
  const values =
    axis.scale === 'category'
      ? (axis.categories ?? []).map((_, position) => position)
      : log
        ? logTicks(low, high)
        : linearTicks(low, high, about, axis.whole ? 1 : 0);
  const texts = axis.scale === 'category' ? (axis.categories ?? []) : tickTexts(values);
  return { place, ticks: values.map((value, i) => ({ at: place(value), text: texts[i]! })) };
}

/** What the marks need, and a little more, so that none sticks to the frame. Bars start at 0. */
function rangeOf(chart: Chart, name: 'x' | 'y'): [number, number] {
  const axis = chart[name];
  if (axis.scale === 'category') return [-0.5, (axis.categories?.length ?? 1) - 0.5];
  if (axis.range) return axis.range;
  const log = axis.scale === 'log';
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const include = (value: number) => {
    if (!Number.isFinite(value) || (log && value <= 0)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const mark of chart.marks) {
    const half = name === 'x' ? halfWidth(mark) : 0;
    for (const value of mark[name]) {
      include(value - half);
      include(value + half);
    }
  }
  if (low > high) return log ? [1, 10] : [0, 1];
  const tight = chart.marks.every(mark => mark.kind === 'cells');
  const fromZero = name === 'y' && chart.marks.some(mark => mark.kind === 'bars');
  if (fromZero) low = Math.min(0, low);
  if (tight) return [low, high];
  if (log) return low === high ? [low / 2, high * 2] : [low / (high / low) ** 0.04, high * (high / low) ** 0.04];
  const margin = low === high ? Math.abs(low) * 0.1 || 1 : (high - low) * (name === 'x' ? 0.03 : 0.06);
  return [fromZero && low === 0 ? 0 : low - margin, high + margin];
}

function halfWidth(mark: Mark): number {
  if (mark.kind === 'bars') return mark.width / 2;
  return mark.kind === 'cells' && mark.x.length > 1 ? (mark.x[1]! - mark.x[0]!) / 2 : 0;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
