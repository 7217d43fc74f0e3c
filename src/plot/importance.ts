import { describe, mismatch } from '../core/index.ts';
import type { Mark } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { axisLabel } from './labels.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { BLUE, INK, RED } from './theme.ts';
import { formatNumber } from './ticks.ts';

export interface ImportanceLike {
  readonly feature: string;
  readonly mean: number;
  readonly standardDeviation?: number;
}

type Options = Pick<PlotOptions, 'title' | 'subtitle' | 'xLabel' | 'height'> & {
  /** Only the first so many are shown. Default 15. */
  most?: number;
};

/**
 * How much a model leans on each feature, the most important on top, with the spread of the repeats.
 *
 * @example
 * plot.importance([{ feature: 'age', mean: 0.2, standardDeviation: 0.02 }, { feature: 'sex', mean: 0.05 }])
 */
export function importance(found: readonly ImportanceLike[], options: Options = {}): Figure {
  const where = 'plot.importance(found)';
  assertOptions('plot.importance(found, options)', options, ['most']);
  if (!Array.isArray(found) || found.length === 0)
    throw mismatch({
      where,
      expected: 'a list of features with their mean importance',
      received: describe(found),
      hint: 'interpret.permutationImportance(…) makes it.',
    });
  const shown = found.slice(0, options.most ?? 15);
  const marks = shown.flatMap(({ feature, mean, standardDeviation = 0 }, row): Mark[] => [
    ...stem(0, mean, row, BLUE),
    ...(standardDeviation > 0 ? [spread(mean - standardDeviation, mean + standardDeviation, row)] : []),
    head(
      mean,
      row,
      BLUE,
      `${feature}: ${formatNumber(mean)}${standardDeviation ? ` ± ${formatNumber(standardDeviation)}` : ''}`,
    ),
  ]);
  const [first] = shown;
  return chart(
    marks,
    shown.map(({ feature }) => axisLabel(feature)),
    {
      ...options,
      title:
        options.title ??
        `Leans most on ${axisLabel(first!.feature)}: without it the score falls by ${formatNumber(first!.mean)}`,
      xLabel: options.xLabel ?? 'fall of the score when it is shuffled',
    },
  );
}

export interface AttributionLike {
  readonly players: readonly string[];
  /** Shapley values… */
  readonly values?: readonly number[];
  /** …or LIME's weights. */
  readonly weights?: readonly number[];
  readonly base?: number;
  readonly total?: number;
}

/**
 * What pushed one answer up, in blue, and what pushed it down, in red; the strongest on top.
 *
 * @example
 * const game = interpret.rowGame(rows => rows.map(([a, b]) => a - b), [3, 1], [[0, 0]]);
 * plot.attribution(interpret.shapley(game))
 */
export function attribution(found: AttributionLike, options: Options = {}): Figure {
  assertOptions('plot.attribution(found, options)', options, ['most']);
  const { players, base, total } = found ?? {};
  const values = found?.values ?? found?.weights;
  if (!Array.isArray(players) || !values || values.length !== players.length || players.length === 0)
    throw mismatch({
      where: 'plot.attribution(found)',
      expected: 'players and a value for each',
      received: describe(found),
      hint: 'interpret.shapley(game) and interpret.lime(game) make them.',
    });
  const shown = players
    .map((player, i) => ({ player, value: values[i]! }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, options.most ?? 15);
  const marks = shown.flatMap(({ player, value }, row): Mark[] => {
    const colour = value < 0 ? RED : BLUE;
    return [...stem(0, value, row, colour), head(value, row, colour, `${player}: ${formatNumber(value)}`)];
  });
  const change =
    base === undefined || total === undefined
      ? ''
      : `: from ${formatNumber(base)} without all to ${formatNumber(total)}`;
  return chart(
    [zero(shown.length), ...marks],
    shown.map(({ player }) => axisLabel(player)),
    {
      ...options,
      title: options.title ?? `Counts most: ${axisLabel(shown[0]!.player)}${change}`,
      xLabel: options.xLabel ?? 'what it adds to the answer',
    },
  );
}

function chart(marks: Mark[], names: string[], options: Options): Figure {
  return createFigure({
    title: options.title!,
    subtitle: options.subtitle,
    x: { label: options.xLabel! },
    y: { label: ' ', scale: 'category', categories: names, reversed: true, plain: true },
    marks,
    height: options.height ?? 130 + 28 * names.length,
  });
}

function stem(from: number, to: number, row: number, colour: string): Mark[] {
  return [{ kind: 'line', x: [from, to], y: [row, row], colour }];
}

function spread(from: number, to: number, row: number): Mark {
  return { kind: 'line', x: [from, to], y: [row + 0.18, row + 0.18], colour: INK, muted: true };
}

function head(value: number, row: number, colour: string, note: string): Mark {
  return { kind: 'points', x: [value], y: [row], symbol: 'circle', size: 10, opacity: 1, colour, notes: [note] };
}

function zero(rows: number): Mark {
  return { kind: 'line', x: [0, 0], y: [-0.5, rows - 0.5], colour: INK, muted: true };
}
