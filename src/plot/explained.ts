import { describe, mismatch } from '../core/index.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { BLUE, PALETTE } from './theme.ts';
import { formatCount, formatShare } from './ticks.ts';

/** What `unsupervised.pca` gives. */
export interface ExplainedLike {
  /** The share of the variance along each component, the largest first. */
  readonly explainedShare: readonly number[];
}

/**
 * How much of the variance each principal component explains, and all up to it together: where the bars turn flat, the
 * rest is little more than noise.
 *
 * @example plot.explained(unsupervised.pca([[1, 2, 1], [2, 4, 1], [3, 5, 2], [4, 9, 1]]))
 */
export function explained(model: ExplainedLike, options: Omit<PlotOptions, 'log'> = {}): Figure {
  const where = 'plot.explained(model)';
  assertOptions('plot.explained(model, options)', options);
  const shares = model?.explainedShare;
  if (!Array.isArray(shares) || shares.length === 0 || !shares.every(Number.isFinite))
    throw mismatch({
      where,
      expected: 'a model with the explained share of each component',
      received: describe(model),
      hint: 'unsupervised.pca(x) gives one.',
    });
  const x = shares.map((_, component) => component + 1);
  let total = 0;
  const sums = shares.map(share => {
    total += share;
    return total;
  });
  const enough = sums.findIndex(sum => sum >= 0.9 * total) + 1;
  const title =
    enough === shares.length
      ? `${formatCount(shares.length, 'component')}: ${percent(total)} of the variance`
      : `${formatCount(enough, 'component')} of ${shares.length}: ${percent(sums[enough - 1]!)} of the variance`;
  return createFigure({
    title: options.title ?? title,
    subtitle: options.subtitle,
    x: { label: options.xLabel ?? 'component', range: options.xRange, whole: true, plain: true },
    y: { label: options.yLabel ?? 'share of the variance', range: options.yRange ?? [0, 1.04] },
    marks: [
      { kind: 'bars', name: 'each', x, y: [...shares], width: 0.8, colour: BLUE, opacity: 0.9 },
      { kind: 'line', name: 'together', x, y: sums, colour: PALETTE[1] },
    ],
    height: options.height ?? 340,
  });
}

function percent(share: number): string {
  return formatShare(Number(share.toFixed(3)));
}
