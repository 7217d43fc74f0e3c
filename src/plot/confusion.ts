import { describe, mismatch } from '../core/index.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { BLUE, fade, INK, RED } from './theme.ts';
import { formatCount, formatShare } from './ticks.ts';

export interface ConfusionLike {
  readonly classes: readonly string[];
  /** `matrix[i][j]`: how many of class `i` were taken for class `j`. */
  readonly matrix: readonly (readonly number[])[];
}

/**
 * Which class was taken for which: blue where right, red where wrong, the stronger the larger the share of its row.
 *
 * @example plot.confusion(metrics.confusion(truth, predicted))
 * @example plot.confusion(await train.evaluate(model, prepare(test)))
 */
export function confusion(
  scores: ConfusionLike | { readonly confusion?: ConfusionLike },
  options: Omit<PlotOptions, 'log' | 'xRange' | 'yRange'> = {},
): Figure {
  assertOptions('plot.confusion(scores, options)', options);
  const { classes, matrix } = matrixOf(scores);
  const places = classes.map((_, place) => place);
  const shares = matrix.map((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, j) => (total === 0 ? 0 : (i === j ? 1 : -1) * (count / total)));
  });
  const notes = matrix.map((row, i) =>
    row.map((count, j) =>
      i === j
        ? `${classes[i]}: ${count} right (${formatShare(shares[i]![j]!)})`
        : `${count} ${classes[i]} taken for ${classes[j]} (${formatShare(-shares[i]![j]!)})`,
    ),
  );
  return createFigure({
    title: options.title ?? titleOf(matrix),
    subtitle: options.subtitle ?? subtitleOf(classes, matrix),
    x: { label: options.xLabel ?? 'predicted', scale: 'category', categories: [...classes], plain: true },
    y: { label: options.yLabel ?? 'true', scale: 'category', categories: [...classes], plain: true, reversed: true },
    marks: [
      {
        kind: 'cells',
        x: places,
        y: places,
        values: shares,
        // Pale or strong, nothing between: the count must stay readable on it, on a light page and on a dark one.
        scale: [
          { value: -1, colour: fade(RED, 1) },
          { value: -0.25, colour: fade(RED, 0.7) },
          { value: -0.2499, colour: fade(RED, 0.22) },
          { value: -1e-6, colour: fade(RED, 0.14) },
          { value: 0, colour: fade(INK, 0.1) },
          { value: 1e-6, colour: fade(BLUE, 0.14) },
          { value: 0.4999, colour: fade(BLUE, 0.22) },
          { value: 0.5, colour: fade(BLUE, 0.7) },
          { value: 1, colour: fade(BLUE, 1) },
        ],
        texts: matrix.map(row => row.map(String)),
        notes,
        gap: { x: 3, y: 3 },
      },
    ],
    height: options.height ?? Math.min(640, 170 + 58 * Math.max(3, classes.length)),
  });
}

function matrixOf(scores: ConfusionLike | { readonly confusion?: ConfusionLike }): ConfusionLike {
  const found = ((scores as { confusion?: ConfusionLike } | undefined)?.confusion ?? scores) as Partial<ConfusionLike>;
  const { classes, matrix } = found ?? {};
  const size = classes?.length ?? -1;
  if (
    Array.isArray(classes) &&
    Array.isArray(matrix) &&
    matrix.length === size &&
    matrix.every(row => row.length === size)
  )
    return found as ConfusionLike;
  throw mismatch({
    where: 'plot.confusion(scores)',
    expected: 'classes and a square matrix of counts',
    received: describe(scores),
    hint: 'metrics.confusion(truth, predicted) makes them, and train.evaluate(…) of a classifier has them.',
  });
}

function titleOf(matrix: ConfusionLike['matrix']): string {
  const total = matrix.flat().reduce((sum, count) => sum + count, 0);
  const right = matrix.reduce((sum, row, place) => sum + row[place]!, 0);
  if (total === 0) return 'No predictions';
  return `${formatShare(right / total)} right: ${right} of ${total}`;
}

function subtitleOf(classes: readonly string[], matrix: ConfusionLike['matrix']): string {
  let worst = { count: 0, from: '', to: '' };
  matrix.forEach((row, i) => {
    row.forEach((count, j) => {
      if (i !== j && count > worst.count) worst = { count, from: classes[i]!, to: classes[j]! };
    });
  });
  if (worst.count === 0) return 'No class was taken for another';
  return `Most often: ${worst.from} taken for ${worst.to}, ${formatCount(worst.count, 'time')}`;
}
