import { assertKeys, describe, mismatch } from '../core/index.ts';
import type { Bars } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { sentence } from './labels.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { colourOf } from './theme.ts';
import { formatShare } from './ticks.ts';

export interface GroupRatesLike {
  readonly group: string;
  readonly count?: number;
  readonly selectionRate?: number;
  readonly truePositiveRate?: number;
  readonly falsePositiveRate?: number;
}

const RATES = {
  selectionRate: 'given',
  truePositiveRate: 'given, of those who deserve it',
  falsePositiveRate: 'given, of those who do not',
} as const;

/**
 * How often each group is given an outcome, side by side: equal bars are equal treatment.
 *
 * @example plot.rates(metrics.demographicParity([1, 0, 1, 1], ['young', 'young', 'old', 'old']))
 * @example plot.rates(metrics.equalisedOdds([1, 0, 1, 0], [1, 0, 0, 1], ['a', 'a', 'b', 'b']))
 */
export function rates(
  found: { readonly groups: readonly GroupRatesLike[] },
  options: Pick<PlotOptions, 'title' | 'subtitle' | 'height' | 'xLabel' | 'yLabel'> = {},
): Figure {
  assertOptions('plot.rates(found, options)', options);
  const { groups } = found ?? {};
  if (!Array.isArray(groups) || groups.length === 0)
    throw mismatch({
      where: 'plot.rates(found)',
      expected: 'groups with their rates',
      received: describe(found),
      hint: 'metrics.demographicParity(…) and metrics.equalisedOdds(…) make them.',
    });
  for (const group of groups) assertKeys('plot.rates(found)', group, ['group', 'count', ...Object.keys(RATES)]);
  const kinds = (Object.keys(RATES) as (keyof typeof RATES)[]).filter(key => groups.some(group => key in group));
  const width = 0.8 / kinds.length;
  const marks = kinds.map(
    (key, place): Bars => ({
      kind: 'bars',
      name: kinds.length > 1 ? RATES[key] : undefined,
      x: groups.map((_, i) => i + (place - (kinds.length - 1) / 2) * width),
      y: groups.map(group => group[key] ?? Number.NaN),
      width: width * 0.92,
      colour: colourOf(place),
      opacity: 0.85,
    }),
  );
  const leading = kinds.includes('truePositiveRate') ? 'truePositiveRate' : 'selectionRate';
  return createFigure({
    title: options.title ?? titleOf(groups, leading),
    subtitle: options.subtitle,
    x: {
      label: options.xLabel ?? 'group',
      scale: 'category',
      categories: groups.map(({ group, count }) => (count === undefined ? group : `${group} (${count})`)),
      plain: true,
    },
    y: { label: options.yLabel ?? 'share', range: [0, 1] },
    marks,
    height: options.height ?? 340,
  });
}

function titleOf(groups: readonly GroupRatesLike[], key: keyof typeof RATES): string {
  const known = groups.filter(group => Number.isFinite(group[key])).sort((a, b) => a[key]! - b[key]!);
  const [low, high] = [known[0], known.at(-1)];
  if (!low || !high || low === high) return 'Rates by group';
  return `${sentence(RATES[key])}: ${high.group} ${formatShare(high[key]!)}, ${low.group} ${formatShare(low[key]!)}`;
}
