import { type Features, mismatch } from '../core/index.ts';
import type { Line } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions } from './options.ts';
import { assertGroups, groupPoints, type PlaneOptions, readPlane } from './plane.ts';
import { colourOf } from './theme.ts';
import { formatCount, formatShare } from './ticks.ts';

/** What `unsupervised.mixture` and its steps give. */
export interface MixtureLike {
  readonly weights: readonly number[];
  /** (components, features) */
  readonly means: readonly (readonly number[])[];
  /** Of each part a matrix, the variance of each feature, or one variance. */
  readonly covariances: readonly (number | readonly number[] | readonly (readonly number[])[])[];
  /** (rows, components): how probably a row is of a part; a model works it out. */
  readonly responsibilities: readonly (readonly number[])[] | ((x: Features) => readonly (readonly number[])[]);
}

const CORNERS = 72;

/**
 * The parts of a Gaussian mixture in two of the features: ellipses at one and two standard deviations, which hold 39 % and
 * 86 % of a part, and each row in the colour of its likeliest part.
 *
 * x: (rows, features), the rows that it was fitted on, or others.
 *
 * @example
 * const x = [[1, 1], [1, 2], [2, 1], [9, 8], [8, 8], [9, 9]];
 * plot.mixture(x, unsupervised.mixture(x, { components: 2 }))
 */
export function mixture(x: Features, found: MixtureLike, options: PlaneOptions = {}): Figure {
  const where = 'plot.mixture(x, mixture)';
  assertOptions('plot.mixture(x, mixture, options)', options, ['columns']);
  const plane = readPlane(where, x, options);
  const { weights, means, covariances, responsibilities } = found ?? {};
  const count = weights?.length ?? 0;
  if (count === 0 || means?.length !== count || covariances?.length !== count)
    throw mismatch({
      where,
      expected: 'weights, means and covariances of as many parts',
      received: `${count}, ${means?.length ?? 0} and ${covariances?.length ?? 0}`,
    });
  const probable = typeof responsibilities === 'function' ? responsibilities(x) : responsibilities;
  const groups = probable?.map(row => row.indexOf(Math.max(...row)));
  assertGroups(`${where}: the part of each row`, groups, plane.x.length);
  const ellipses = means.flatMap((mean, part): Line[] => {
    const covariance = marginal(covariances[part]!, plane.columns);
    const middle = plane.columns.map(column => mean[column]!) as [number, number];
    const shared = { kind: 'line', colour: colourOf(part) } as const;
    return [
      { ...shared, ...ellipse(middle, covariance, 1) },
      { ...shared, ...ellipse(middle, covariance, 2), dashed: true },
    ];
  });
  const shares = weights.map(weight => formatShare(Number(weight.toFixed(3)))).join(', ');
  return createFigure({
    title: options.title ?? `A mixture of ${formatCount(count, 'part')}: ${shares}`,
    subtitle: options.subtitle ?? 'Lines at one standard deviation, dashes at two',
    x: { label: plane.labels.x, range: options.xRange },
    y: { label: plane.labels.y, range: options.yRange },
    marks: [...groupPoints(plane, groups, part => `part ${part}`), ...ellipses],
    height: options.height ?? 420,
  });
}

type Covariance = readonly [xx: number, xy: number, yy: number];

/** Of two features: what the others do is integrated away by leaving them out. */
function marginal(covariance: MixtureLike['covariances'][number], [a, b]: readonly [number, number]): Covariance {
  if (typeof covariance === 'number') return [covariance, 0, covariance];
  const [first, second] = [covariance[a]!, covariance[b]!];
  if (typeof first === 'number') return [first, 0, second as number];
  return [first[a]!, first[b]!, (second as readonly number[])[b]!];
}

/** The circle of this radius, as the root of the covariance (Cholesky's) stretches it. */
function ellipse([x, y]: readonly [number, number], [xx, xy, yy]: Covariance, radius: number) {
  const stretch = Math.sqrt(xx);
  const lean = stretch > 0 ? xy / stretch : 0;
  const rest = Math.sqrt(Math.max(0, yy - lean * lean));
  const angles = Array.from({ length: CORNERS + 1 }, (_, i) => (2 * Math.PI * i) / CORNERS);
  return {
    x: angles.map(angle => x + radius * stretch * Math.cos(angle)),
    y: angles.map(angle => y + radius * (lean * Math.cos(angle) + rest * Math.sin(angle))),
  };
}
