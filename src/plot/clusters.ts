import { type Features, mismatch } from '../core/index.ts';
import type { Points } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions } from './options.ts';
import { assertGroups, groupPoints, type PlaneOptions, readPlane } from './plane.ts';
import { INK } from './theme.ts';
import { formatCount } from './ticks.ts';

/** What `unsupervised.kmeans`, its steps, and `unsupervised.dbscan` give. */
export interface ClustersLike {
  /** The cluster of each row; −1 for noise. */
  readonly assignments: readonly number[];
  /** (clusters, features) */
  readonly centres?: readonly (readonly number[])[];
}

/**
 * Which row is in which cluster, in two of the features, with the centres where there are some. Noise is grey.
 *
 * x: (rows, features), the rows that the clusters were found in.
 *
 * @example
 * const x = [[1, 1], [1, 2], [9, 8], [8, 8]];
 * plot.clusters(x, unsupervised.kmeans(x, { clusters: 2 }))
 */
export function clusters(x: Features, found: ClustersLike, options: PlaneOptions = {}): Figure {
  const where = 'plot.clusters(x, clusters)';
  assertOptions('plot.clusters(x, clusters, options)', options, ['columns']);
  const plane = readPlane(where, x, options);
  const { assignments, centres = [] } = found ?? {};
  assertGroups(`${where}: assignments`, assignments, plane.x.length);
  const [across, up] = plane.columns;
  if (!centres.every(centre => Number.isFinite(centre[across]) && Number.isFinite(centre[up])))
    throw mismatch({ where: `${where}: centres`, expected: 'as many numbers as in a row', received: 'fewer' });
  const groups = groupPoints(plane, assignments, group => `cluster ${group}`);
  const middle: Points = {
    kind: 'points',
    name: 'centres',
    x: centres.map(centre => centre[across]!),
    y: centres.map(centre => centre[up]!),
    colour: INK,
    symbol: 'diamond',
    size: 15,
    opacity: 1,
    notes: centres.map((_, cluster) => `centre ${cluster}`),
  };
  const noise = assignments.filter(group => group < 0).length;
  const count = new Set(assignments.filter(group => group >= 0)).size;
  return createFigure({
    title: options.title ?? `${formatCount(count, 'cluster')} in ${formatCount(assignments.length, 'row')}`,
    subtitle: options.subtitle ?? (noise > 0 ? `${formatCount(noise, 'row')} of noise` : undefined),
    x: { label: plane.labels.x, range: options.xRange },
    y: { label: plane.labels.y, range: options.yRange },
    marks: [...groups, ...(centres.length > 0 ? [middle] : [])],
    height: options.height ?? 420,
  });
}
