import { describe, mismatch } from '../core/index.ts';
import type { Mark } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { colourOf, INK, symbolOf } from './theme.ts';
import { formatCount, formatShare } from './ticks.ts';

export interface CalibrationLike {
  readonly bins: readonly { readonly predicted: number; readonly observed: number; readonly count: number }[];
  readonly expectedError?: number;
}

/**
 * Whether probabilities mean what they say: below the dashed line the model is too sure, above it too modest.
 *
 * @example plot.calibration(metrics.calibration([0, 1, 1, 0], [0.2, 0.8, 0.6, 0.4], { bins: 2 }))
 */
export function calibration(
  found: CalibrationLike | Readonly<Record<string, CalibrationLike>>,
  options: Pick<PlotOptions, 'title' | 'subtitle' | 'height'> = {},
): Figure {
  assertOptions('plot.calibration(found, options)', options);
  const named = entriesOf(found);
  const marks = named.flatMap(([name, { bins }], place): Mark[] => {
    const [x, y] = [bins.map(bin => bin.predicted), bins.map(bin => bin.observed)];
    const most = Math.max(...bins.map(bin => bin.count));
    const notes = bins.map(
      bin =>
        `said ${formatShare(bin.predicted)}, came ${formatShare(bin.observed)} of ${formatCount(bin.count, 'time')}`,
    );
    const points: Mark[] = bins.map((bin, i) => ({
      kind: 'points',
      x: [x[i]!],
      y: [y[i]!],
      symbol: symbolOf(place),
      size: 5 + 9 * Math.sqrt(bin.count / most),
      opacity: 0.9,
      colour: colourOf(place),
      notes: [notes[i]!],
    }));
    return [{ kind: 'line', name, x, y, colour: colourOf(place) }, ...points];
  });
  return createFigure({
    title: options.title ?? titleOf(named),
    subtitle:
      options.subtitle ?? 'Below the dashed line too sure, above it too modest; larger points hold more examples',
    x: { label: 'probability that was given', range: [-0.01, 1.01] },
    y: { label: 'share that came true', range: [-0.03, 1.03] },
    marks: [{ kind: 'line', x: [0, 1], y: [0, 1], colour: INK, dashed: true }, ...marks],
    height: options.height ?? 380,
  });
}

function entriesOf(
  found: CalibrationLike | Readonly<Record<string, CalibrationLike>>,
): [string | undefined, CalibrationLike][] {
  const isOne = (value: unknown) => Array.isArray((value as CalibrationLike | null)?.bins);
  const entries: [string | undefined, CalibrationLike][] = isOne(found)
    ? [[undefined, found as CalibrationLike]]
    : Object.entries((found ?? {}) as Record<string, CalibrationLike>);
  if (entries.length > 0 && entries.every(([, one]) => isOne(one) && one.bins.length > 0)) return entries;
  throw mismatch({
    where: 'plot.calibration(found)',
    expected: 'bins with a predicted and an observed share',
    received: describe(found),
    hint: 'metrics.calibration(truth, probabilities) makes them.',
  });
}

function titleOf(named: readonly [string | undefined, CalibrationLike][]): string {
  const errors = named.flatMap(([name, { expectedError }]) =>
    expectedError === undefined ? [] : [`${name === undefined ? '' : `${name} `}${formatShare(expectedError)}`],
  );
  return errors.length === 0 ? 'Calibration' : `Off by ${errors.slice(0, 3).join(', ')} on average`;
}
