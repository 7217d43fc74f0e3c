import { assertKeys, assertNumber, describe, mismatch } from '../core/index.ts';
import { DISPLAY, type MimeBundle } from '../display/channel.ts';
import { printsAsText } from '../display/printed.ts';
import type { Animation } from './animation.ts';
import type { Figure, PlotlyTrace } from './figure.ts';
import { buttons, slider } from './player.ts';

export interface Picture {
  /** What the slider says. */
  label: string;
  figure: Figure;
}

export interface ScrubOptions {
  /** Before each label. Default ''. */
  prefix?: string;
  /** When it is played. Default 8. */
  framesPerSecond?: number;
}

const where = 'plot.scrub(pictures)';

/**
 * Pictures of one kind, one after the other, with a slider to go back and forth: the states of a training, step by step.
 * The axes hold all of them, so that nothing jumps. Without scripts the last one is seen.
 *
 * @example
 * plot.scrub([3, 2, 1].map((loss, step) => ({ label: `step ${step}`, figure: plot.line([loss, loss / 2]) })));
 */
export function scrub(pictures: readonly Picture[], options: ScrubOptions = {}): Animation {
  assertKeys('plot.scrub(pictures, options)', options, ['prefix', 'framesPerSecond']);
  const { prefix = '', framesPerSecond = 8 } = options;
  assertNumber('plot.scrub({ framesPerSecond })', framesPerSecond, { min: 0, aboveMin: true, max: 60 });
  assertPictures(pictures);
  const first = pictures[0]!.figure;
  const moving = movingTraces(pictures);
  const frames = pictures.map(({ figure }, i) => ({
    name: String(i), // of its own, whatever the labels are
    traces: moving,
    data: moving.map(place => figure.data[place]!),
    layout: { title: figure.layout.title },
  }));
  const { margin, height } = first.layout as { margin: { b: number }; height: number };
  const layout = {
    ...first.layout,
    xaxis: wideAxis(pictures, 'x'),
    yaxis: wideAxis(pictures, 'y'),
    height: height + 80,
    margin: { ...margin, b: margin.b + 80 },
    updatemenus: [{ ...buttons(1000 / framesPerSecond), pad: { t: 66, r: 10 } }],
    sliders: [
      {
        ...slider(
          pictures.map(({ label }, i) => ({ name: String(i), label })),
          prefix,
        ),
        pad: { t: 52 },
      },
    ],
  };
  const { data, config } = first;
  const last = pictures.at(-1)!;
  const description = `${pictures.length} pictures, ${prefix}${pictures[0]!.label} to ${last.label}. At the end: ${last.figure.description}`;
  const film = { data, layout, config, frames, description };
  const draw = () => last.figure.toSvg();
  Object.defineProperty(film, 'toSvg', { value: draw });
  Object.defineProperty(film, DISPLAY, {
    value: (): MimeBundle => ({
      'application/vnd.plotly.v1+json': { data, layout, config, frames },
      'text/html': draw(),
      'text/plain': description,
    }),
  });
  return printsAsText(film as unknown as Animation);
}

function assertPictures(pictures: readonly Picture[]): void {
  const isList = Array.isArray(pictures) && pictures.length > 0;
  if (!isList || !pictures.every(({ label, figure }) => typeof label === 'string' && Array.isArray(figure?.data)))
    throw mismatch({
      where,
      expected: 'at least one { label, figure }',
      received: describe(isList ? pictures[0] : pictures),
    });
  const traces = pictures[0]!.figure.data.length;
  const other = pictures.find(({ figure }) => figure.data.length !== traces);
  if (other)
    throw mismatch({
      where,
      expected: `figures of ${traces} traces, as the first one`,
      received: `${other.figure.data.length} in '${other.label}'`,
      hint: 'Draw the same marks in each, with no points in those that are not there yet.',
    });
}

/** The places of the traces that are not the same in all pictures: the others are sent once. */
function movingTraces(pictures: readonly Picture[]): number[] {
  const first = pictures[0]!.figure.data.map(trace => JSON.stringify(trace));
  return first.flatMap((text, place) =>
    pictures.some(({ figure }) => JSON.stringify(figure.data[place]) !== text) ? [place] : [],
  );
}

/** The axis of the first picture, wide enough for all of them. */
function wideAxis(pictures: readonly Picture[], name: 'x' | 'y'): Record<string, unknown> {
  const axis = pictures[0]!.figure.layout[`${name}axis`] as { range?: unknown; type?: string };
  if (axis.range) return axis;
  const log = axis.type === 'log';
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { figure } of pictures)
    for (const value of figure.data.flatMap(trace => numbersOf(trace, name))) {
      const place = log ? Math.log10(value) : value;
      if (!Number.isFinite(place)) continue;
      low = Math.min(low, place);
      high = Math.max(high, place);
    }
  if (low > high) return axis;
  const margin = 0.04 * (high - low) || 0.5;
  return { ...axis, range: [low - margin, high + margin] };
}

/** Where a trace is: bars from 0 up, and as wide as they are. */
function numbersOf(trace: PlotlyTrace, name: 'x' | 'y'): number[] {
  const values = (trace[name] ?? []) as unknown[];
  const numbers = values.filter((value): value is number => typeof value === 'number');
  if (trace.type !== 'bar') return numbers;
  if (name === 'y') return [0, ...numbers];
  const half = Number(trace.width) / 2;
  return numbers.flatMap(value => [value - half, value + half]);
}
