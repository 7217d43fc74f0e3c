import { describe, mismatch } from '../core/index.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { BLUE, fade, INK } from './theme.ts';
import { formatShare } from './ticks.ts';

/**
 * Who looks at whom: row by row, how much each token takes from each other one.
 *
 * weights: (time, time), one head of `models.attention`
 *
 * @example plot.attention([[1, 0], [0.3, 0.7]], ['the', 'cat'])
 */
export function attention(
  weights: readonly (readonly number[])[],
  tokens: readonly string[],
  options: Pick<PlotOptions, 'title' | 'subtitle' | 'height'> = {},
): Figure {
  const where = 'plot.attention(weights, tokens)';
  assertOptions('plot.attention(weights, tokens, options)', options);
  const size = Array.isArray(tokens) ? tokens.length : -1;
  if (!Array.isArray(weights) || weights.length !== size || !weights.every(row => row.length === size))
    throw mismatch({
      where,
      expected: 'a square of weights, with a token for each row',
      received: `${describe(weights)} and ${describe(tokens)}`,
      hint: 'models.attention(model, tokens)[layer].heads[head] is one.',
    });
  const places = tokens.map((_, place) => place);
  const names = tokens.map(String);
  return createFigure({
    title: options.title ?? titleOf(weights, names),
    subtitle: options.subtitle,
    x: { label: 'is looked at', scale: 'category', categories: names, plain: true },
    y: { label: 'looks', scale: 'category', categories: names, plain: true, reversed: true },
    marks: [
      {
        kind: 'cells',
        x: places,
        y: places,
        values: weights.map(row => [...row]),
        scale: [
          { value: 0, colour: fade(INK, 0.06) },
          { value: 0.001, colour: fade(BLUE, 0.06) },
          { value: 1, colour: fade(BLUE, 1) },
        ],
        ...(size <= 32 && {
          notes: weights.map((row, i) =>
            row.map((share: number, j: number) => `${names[i]} takes ${formatShare(share)} from ${names[j]}`),
          ),
        }),
        ...(size > 32 && { hover: '%{z:.2f}' }),
        gap: { x: 1, y: 1 },
      },
    ],
    height: options.height ?? Math.min(640, 190 + 24 * Math.max(4, size)),
  });
}

function titleOf(weights: readonly (readonly number[])[], names: readonly string[]): string {
  let [from, to] = [0, 0];
  // What a token takes from itself, or the first one from the only one that it sees, tells nothing.
  for (const [i, row] of weights.entries())
    for (const [j, share] of row.entries())
      if (i !== j && share > (from === to ? 0 : weights[from]![to]!)) [from, to] = [i, j];
  if (from === to) return 'Each token looks at itself alone';
  return `“${names[from]}” takes ${formatShare(weights[from]![to]!)} from “${names[to]}”`;
}
