import { describe, mismatch } from '../core/index.ts';
import type { Line } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, assertSameLength, type PlotOptions, toNumbers } from './options.ts';
import { colourOf, INK } from './theme.ts';
import { formatNumber } from './ticks.ts';

export interface RocLike {
  readonly falsePositiveRate: ArrayLike<number>;
  readonly truePositiveRate: ArrayLike<number>;
}

export interface PrecisionRecallLike {
  readonly precision: ArrayLike<number>;
  readonly recall: ArrayLike<number>;
}

type CurveOptions = Pick<PlotOptions, 'title' | 'subtitle' | 'height'>;
/** One curve, or several by name. */
type OneOrMore<Curve> = Curve | Readonly<Record<string, Curve>>;

/**
 * What a classifier finds against what it takes by mistake, at every threshold; the dashed line is chance.
 *
 * @example plot.roc({ bayes: metrics.roc([0, 1, 1], [0.2, 0.4, 0.9]), chance: metrics.roc([0, 1, 1], [1, 1, 1]) })
 */
export function roc(curves: OneOrMore<RocLike>, options: CurveOptions = {}): Figure {
  assertOptions('plot.roc(curves, options)', options);
  const lines = named('plot.roc(curves)', curves, 'falsePositiveRate', 'truePositiveRate', 'metrics.roc').map(
    ({ x, y, ...rest }) => ({ ...rest, x, y, area: areaUnder(x, y) }),
  );
  return createFigure({
    title: options.title ?? `Area under the curve: ${summary(lines)}`,
    subtitle: options.subtitle ?? '1 is perfect, 0.5 is chance: the dashed line',
    x: { label: 'false positive rate', range: [0, 1] },
    y: { label: 'true positive rate', range: [0, 1.02] },
    marks: [...lines.map(toMark), dashed([0, 1], [0, 1])],
    height: options.height ?? 380,
  });
}

/**
 * What it costs to find more: precision against recall, as the threshold falls.
 *
 * @example plot.precisionRecall(metrics.precisionRecall([0, 1, 1], [0.2, 0.4, 0.9]))
 */
export function precisionRecall(curves: OneOrMore<PrecisionRecallLike>, options: CurveOptions = {}): Figure {
  assertOptions('plot.precisionRecall(curves, options)', options);
  const lines = named('plot.precisionRecall(curves)', curves, 'recall', 'precision', 'metrics.precisionRecall').map(
    line => ({ ...line, area: stepsUnder(line.x, line.y) }),
  );
  return createFigure({
    title: options.title ?? `Average precision: ${summary(lines)}`,
    subtitle: options.subtitle ?? 'To find more, from left to right, more is taken that is not meant',
    x: { label: 'recall', range: [0, 1] },
    y: { label: 'precision', range: [0, 1.02] },
    marks: lines.map(toMark),
    height: options.height ?? 380,
  });
}

interface Curve {
  name: string | undefined;
  x: number[];
  y: number[];
}

function named<X extends string, Y extends string>(
  where: string,
  curves: OneOrMore<Record<X | Y, ArrayLike<number>>>,
  xKey: X,
  yKey: Y,
  maker: string,
): Curve[] {
  const isOne = (value: unknown) => typeof value === 'object' && value !== null && xKey in value && yKey in value;
  const entries: [string | undefined, Record<string, ArrayLike<number>>][] = isOne(curves)
    ? [[undefined, curves as Record<X | Y, ArrayLike<number>>]]
    : Object.entries((curves as Record<string, Record<X | Y, ArrayLike<number>>>) ?? {});
  if (entries.length === 0 || !entries.every(([, curve]) => isOne(curve)))
    throw mismatch({
      where,
      expected: `a curve with ${xKey} and ${yKey}, or several by name`,
      received: describe(curves),
      hint: `${maker}(truth, scores) makes one.`,
    });
  return entries.map(([name, curve]) => {
    const [x, y] = [toNumbers(where, curve[xKey]!), toNumbers(where, curve[yKey]!)];
    assertSameLength(where, x, y);
    return { name, x, y };
  });
}

function toMark({ name, x, y }: Curve, place: number): Line {
  return { kind: 'line', name, x, y, colour: colourOf(place) };
}

function dashed(x: number[], y: number[]): Line {
  return { kind: 'line', x, y, colour: INK, dashed: true };
}

function summary(lines: readonly { name: string | undefined; area: number }[]): string {
  const shown = lines
    .slice(0, 3)
    .map(({ name, area }) => `${name === undefined ? '' : `${name} `}${formatNumber(area)}`);
  return shown.join(', ') + (lines.length > 3 ? ', …' : '');
}

function areaUnder(x: readonly number[], y: readonly number[]): number {
  return x.slice(1).reduce((area, right, i) => area + ((right - x[i]!) * (y[i + 1]! + y[i]!)) / 2, 0);
}

/** Each step of recall at the precision that it has, as in average precision. */
function stepsUnder(x: readonly number[], y: readonly number[]): number {
  return x.reduce((area, right, i) => area + (right - (x[i - 1] ?? 0)) * y[i]!, 0);
}
