import { describe, mismatch } from '../core/index.ts';
import type { Mark } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { BLUE, RED } from './theme.ts';
import { formatNumber } from './ticks.ts';

export interface LearningRateSearchLike {
  readonly rates: readonly number[];
  readonly losses: readonly number[];
  readonly smoothed: readonly number[];
  readonly suggestion?: number | undefined;
}

/**
 * The loss at each learning rate that was tried: thin as it was, thick without its noise, and the rate at which it falls
 * fastest.
 *
 * @example plot.learningRateSearch({ rates: [0.001, 0.01, 0.1], losses: [1, 0.8, 2], smoothed: [1, 0.9, 1.4], suggestion: 0.01 })
 */
export function learningRateSearch(search: LearningRateSearchLike, options: Omit<PlotOptions, 'log'> = {}): Figure {
  assertOptions('plot.learningRateSearch(search, options)', options);
  const { rates, losses, smoothed, suggestion } = search ?? {};
  const lists = [rates, losses, smoothed];
  if (!lists.every(list => Array.isArray(list) && list.length === rates.length && list.length > 0))
    throw mismatch({
      where: 'plot.learningRateSearch(search)',
      expected: 'rates, losses and smoothed, as many of each',
      received: describe(search),
      hint: 'Wait for it: await train.findLearningRate(model, data).',
    });
  const x = [...rates];
  const marks: Mark[] = [
    { kind: 'line', x, y: [...losses], colour: BLUE, muted: true },
    { kind: 'line', x, y: [...smoothed], colour: BLUE },
  ];
  if (suggestion !== undefined) {
    const nearest = rates.reduce(
      (best, rate, i) => (Math.abs(rate - suggestion) < Math.abs(rates[best]! - suggestion) ? i : best),
      0,
    );
    const note = `falls fastest at ${formatNumber(suggestion)}`;
    marks.push({
      kind: 'points',
      x: [suggestion],
      y: [smoothed[nearest]!],
      symbol: 'diamond',
      size: 13,
      opacity: 1,
      colour: RED,
      notes: [note],
    });
  }
  // The explosion at the end would press all else to the floor.
  const usual = [...smoothed].sort((a, b) => a - b);
  const [least, first] = [usual[0]!, smoothed[0]!];
  const room = 0.15 * Math.max(1e-9, first - least);
  return createFigure({
    title:
      options.title ??
      (suggestion === undefined
        ? 'The loss falls at no learning rate that was tried'
        : `The loss falls fastest at a learning rate of ${formatNumber(suggestion)}`),
    subtitle: options.subtitle ?? `Tried from ${formatNumber(rates[0]!)} to ${formatNumber(rates.at(-1)!)}`,
    x: { label: options.xLabel ?? 'learning rate', scale: 'log', range: options.xRange },
    y: {
      label: options.yLabel ?? 'loss',
      range: options.yRange ?? (first > least ? [least - room, first + 5 * room] : undefined),
    },
    marks,
    height: options.height ?? 340,
  });
}
