import { assertInteger, describe, mismatch } from '../core/index.ts';
import type { Animation } from './animation.ts';
import type { Mark } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { relief } from './relief.ts';
import { scrub } from './scrub.ts';
import { colourOf, INK, symbolOf } from './theme.ts';
import { formatCount, formatNumber } from './ticks.ts';

export interface RaceLike {
  readonly surface: {
    readonly name: string;
    value(x: number, y: number): number;
    readonly x: readonly [number, number];
    readonly y: readonly [number, number];
    readonly minimum?: readonly [number, number];
  };
  readonly runs: readonly {
    readonly name: string;
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly losses: readonly number[];
  }[];
}

export interface RaceOptions extends Pick<PlotOptions, 'title' | 'subtitle' | 'height'> {
  /** The picture after so many steps. Default: at the end. */
  after?: number;
}

const POINTS = 61;
const where = 'plot.race(race)';

/**
 * Optimisers on their ways downhill, on a map of the function that they go down.
 *
 * @example
 * const optimizers = { SGD: { kind: 'sgd', learningRate: 0.01 }, Adam: { kind: 'adam', learningRate: 0.2 } } as const;
 * plot.race(train.race({ surface: 'beale', optimizers }));
 */
export function race(found: RaceLike, options: RaceOptions = {}): Figure {
  assertOptions('plot.race(race, options)', options, ['after']);
  assertRace(found);
  const { surface, runs } = found;
  const longest = Math.max(...runs.map(run => run.x.length - 1));
  const { after = longest } = options;
  assertInteger('plot.race({ after })', after, { min: 0 });
  const line = ([low, high]: readonly [number, number]) =>
    Array.from({ length: POINTS }, (_, i) => low + (i * (high - low)) / (POINTS - 1));
  const [x, y] = [line(surface.x), line(surface.y)];
  const values = y.map(at => x.map(across => surface.value(across, at)));
  const ways = runs.flatMap(({ name, ...run }, i): Mark[] => {
    const [across, up] = [run.x.slice(0, after + 1), run.y.slice(0, after + 1)];
    const colour = colourOf(i + 1);
    const here = { x: across.slice(-1), y: up.slice(-1), notes: [name] };
    return [
      { kind: 'line', name, x: across, y: up, colour },
      { kind: 'points', ...here, symbol: symbolOf(i), size: 11, opacity: 1, colour },
    ];
  });
  const goal: Mark[] = surface.minimum
    ? [
        {
          kind: 'points',
          x: [surface.minimum[0]],
          y: [surface.minimum[1]],
          symbol: 'square',
          size: 9,
          opacity: 1,
          colour: INK,
          notes: ['minimum'],
        },
      ]
    : [];
  return createFigure({
    title: options.title ?? titleOf(runs, after),
    subtitle: options.subtitle ?? `On ${surface.name}; the square is the minimum; the fainter the ground, the lower`,
    x: { label: 'x', range: [...surface.x], plain: true },
    y: { label: 'y', range: [...surface.y], plain: true },
    marks: [...relief({ x, y, values }, 'value').marks, ...goal, ...ways],
    height: options.height ?? 440,
  });
}

/**
 * The race as a film, to play, to stop and to step through.
 *
 * @example
 * const optimizers = { SGD: { kind: 'sgd', learningRate: 0.01 }, Adam: { kind: 'adam', learningRate: 0.2 } } as const;
 * plot.raceFilm(train.race({ surface: 'beale', optimizers }));
 */
export function raceFilm(
  found: RaceLike,
  options: Pick<RaceOptions, 'subtitle' | 'height'> & { frames?: number } = {},
): Animation {
  const { frames = 60, ...rest } = options;
  assertOptions('plot.raceFilm(race, options)', options, ['frames']);
  assertInteger('plot.raceFilm({ frames })', frames, { min: 2 });
  assertRace(found);
  const longest = Math.max(...found.runs.map(run => run.x.length - 1));
  const count = Math.min(frames, longest + 1);
  const steps = Array.from({ length: count }, (_, i) => Math.round((i * longest) / Math.max(1, count - 1)));
  return scrub(
    steps.map(after => ({ label: String(after), figure: race(found, { ...rest, after }) })),
    { prefix: 'step ' },
  );
}

function titleOf(runs: RaceLike['runs'], after: number): string {
  const ends = runs
    .map(({ name, losses }) => ({ name, loss: losses[Math.min(after, losses.length - 1)]! }))
    .sort((a, b) => a.loss - b.loss);
  const [first] = ends;
  return `${first!.name} is lowest after ${formatCount(after, 'step')}: ${formatNumber(first!.loss)}`;
}

function assertRace(found: RaceLike): void {
  if (typeof found?.surface?.value === 'function' && Array.isArray(found.runs) && found.runs.length > 0) return;
  throw mismatch({
    where,
    expected: 'a surface and runs on it',
    received: describe(found),
    hint: 'train.race({ surface, optimizers }) gives them.',
  });
}
