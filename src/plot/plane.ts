import { assertInteger, type Features, mismatch, readFeatures } from '../core/index.ts';
import type { Points } from './chart.ts';
import { axisLabel } from './labels.ts';
import type { PlotOptions } from './options.ts';
import { colourOf, INK, symbolOf } from './theme.ts';

export interface PlaneOptions extends Omit<PlotOptions, 'log'> {
  /** Which two numbers of each row are drawn, from 0. Default [0, 1]. */
  columns?: readonly [number, number];
}

/** Two columns of some rows, and what they are called. */
export interface Plane {
  x: number[];
  y: number[];
  columns: readonly [number, number];
  labels: { x: string; y: string };
}

export function readPlane(where: string, rows: Features, { columns = [0, 1], xLabel, yLabel }: PlaneOptions): Plane {
  const { values, rows: count, columns: width, features } = readFeatures(where, rows);
  if (width < 2) throw mismatch({ where, expected: 'rows of two numbers or more', received: 'rows of one' });
  for (const column of columns) assertInteger(`${where}: columns`, column, { min: 0, max: width - 1 });
  const [x, y] = columns.map(column => Array.from({ length: count }, (_, row) => values[row * width + column]!));
  const label = (column: number) => (features ? axisLabel(features[column]!) : `x${column + 1}`);
  return { x: x!, y: y!, columns, labels: { x: xLabel ?? label(columns[0]), y: yLabel ?? label(columns[1]) } };
}

/** The points of each group in its colour and shape; those of group −1, which belong nowhere, small and grey. */
export function groupPoints({ x, y }: Plane, groups: readonly number[], name: (group: number) => string): Points[] {
  const size = x.length > 1000 ? 5 : 7;
  return [...new Set(groups)]
    .sort((a, b) => a - b)
    .map((group): Points => {
      const members = groups.flatMap((other, row) => (other === group ? [row] : []));
      const isNoise = group < 0;
      return {
        kind: 'points',
        name: isNoise ? 'noise' : name(group),
        x: members.map(row => x[row]!),
        y: members.map(row => y[row]!),
        colour: isNoise ? INK : colourOf(group),
        symbol: isNoise ? 'circle' : symbolOf(group),
        size: isNoise ? size - 2 : size,
        opacity: isNoise ? 0.6 : x.length > 1000 ? 0.45 : 0.75,
      };
    });
}

export function assertGroups(where: string, groups: readonly number[] | undefined, rows: number): void {
  if (Array.isArray(groups) && groups.length === rows && groups.every(group => Number.isInteger(group) && group >= -1))
    return;
  const received = Array.isArray(groups) ? `${groups.length} for ${rows} rows` : 'none';
  throw mismatch({ where, expected: 'the number of a group for each row, −1 for none', received });
}
