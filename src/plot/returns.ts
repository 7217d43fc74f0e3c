import { assertInteger, describe, mismatch } from '../core/index.ts';
import type { Mark } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions, toNumbers } from './options.ts';
import { colourOf } from './theme.ts';
import { formatNumber } from './ticks.ts';

/** The returns of a training, episode by episode, or of several with different seeds. */
export type Returns = ArrayLike<number> | readonly ArrayLike<number>[];

export interface ReturnsOptions extends Omit<PlotOptions, 'log'> {
  /** Each point is the mean of so many episodes. Default: a twentieth of them, at least 5. */
  window?: number;
}

/**
 * How an agent learned: the mean return of its latest episodes; thin, each seed, thick, their mean.
 *
 * @example plot.returns({ 'q-learning': [[0, 1, 1, 1], [0, 0, 1, 1]], random: [[0, 0, 1, 0], [0, 0, 0, 0]] }, { window: 2 })
 */
export function returns(runs: Returns | Readonly<Record<string, Returns>>, options: ReturnsOptions = {}): Figure {
  const where = 'plot.returns(runs)';
  assertOptions('plot.returns(runs, options)', options, ['window']);
  const named: [string | undefined, number[][]][] = isReturns(runs)
    ? [[undefined, seedsOf(where, runs)]]
    : Object.entries(runs ?? {}).map(([name, one]) => [name, seedsOf(where, one)]);
  const longest = Math.max(0, ...named.flatMap(([, seeds]) => seeds.map(seed => seed.length)));
  if (longest === 0) throw mismatch({ where, expected: 'returns of episodes', received: describe(runs) });
  const { window = Math.max(5, Math.round(longest / 20)) } = options;
  assertInteger('plot.returns({ window })', window, { min: 1 });

  const curves = named.map(([name, seeds]) => {
    const smooth = seeds.map(seed => movingMean(seed, window));
    const length = Math.min(...smooth.map(curve => curve.length));
    const mean = Array.from({ length }, (_, i) => smooth.reduce((sum, curve) => sum + curve[i]!, 0) / smooth.length);
    return { name, smooth, mean };
  });
  const marks = curves.flatMap(({ name, smooth, mean }, place): Mark[] => {
    const colour = colourOf(place);
    const line = (y: number[]) => ({ kind: 'line', x: y.map((_, i) => i + 1), y, colour }) as const;
    const thin = smooth.length > 1 ? smooth.map(y => ({ ...line(y), muted: true })) : [];
    return [...thin, { ...line(mean), name }];
  });
  const seeds = Math.max(...named.map(([, one]) => one.length));
  return createFigure({
    title: options.title ?? titleOf(curves),
    subtitle:
      options.subtitle ??
      `Means over ${window} episodes${seeds > 1 ? `; thin: each of ${seeds} seeds, thick: their mean` : ''}`,
    x: { label: options.xLabel ?? 'episode', range: options.xRange },
    y: { label: options.yLabel ?? 'return', range: options.yRange },
    marks,
    height: options.height ?? 360,
  });
}

function isReturns(runs: unknown): runs is Returns {
  return typeof runs === 'object' && runs !== null && 'length' in runs;
}

function seedsOf(where: string, runs: Returns): number[][] {
  const isOne = runs.length === 0 || typeof runs[0] === 'number';
  return isOne
    ? [toNumbers(where, runs as ArrayLike<number>)]
    : Array.from(runs as readonly ArrayLike<number>[], run => toNumbers(where, run));
}

/** The mean of the latest values; of fewer at the start. */
function movingMean(values: readonly number[], window: number): number[] {
  let sum = 0;
  return values.map((value, i) => {
    sum += value - (i >= window ? values[i - window]! : 0);
    return sum / Math.min(i + 1, window);
  });
}

function titleOf(curves: readonly { name: string | undefined; mean: number[] }[]): string {
  const [first] = curves;
  if (curves.length === 1)
    return `Return: from ${formatNumber(first!.mean[0]!)} to ${formatNumber(first!.mean.at(-1)!)}`;
  const ends = curves.slice(0, 3).map(({ name, mean }) => `${name} ${formatNumber(mean.at(-1)!)}`);
  return `Return at the end: ${ends.join(', ')}${curves.length > 3 ? ', …' : ''}`;
}
