import {
  assertInteger,
  assertKeys,
  assertOneOf,
  describe,
  type Features,
  mismatch,
  readFeatures,
  toRows,
} from '../core/index.ts';
import { askRows, type ScoreRows } from './predict.ts';

export interface DependenceOptions {
  /** The column, by its name or its number. */
  feature: string | number;
  /** How many values of it are tried. Default 20. */
  points?: number;
  /** Evenly between the lowest and the highest value, or as often as values lie there. Default 'even'. */
  grid?: 'even' | 'quantiles';
}

export interface Dependence {
  feature: string;
  /** The values that were tried. */
  grid: number[];
  /** What the model says on average, when every row has that value. */
  mean: number[];
  /** What it says of each row: `individuals[row][point]` (Goldstein et al., 2015). */
  individuals: number[][];
}

/**
 * What a model says on average as one column changes and all others stay (Friedman, 2001). Where columns belong together, it
 * asks about rows that there are not.
 *
 * x: (rows, features).
 *
 * @example
 * interpret.partialDependence(rows => rows.map(([a, b]) => a * a + b), [[0, 1], [2, 3]], { feature: 0, points: 3 }).mean   // [2, 3, 6]
 */
export function partialDependence(score: ScoreRows, x: Features, options: DependenceOptions): Dependence {
  const where = 'partialDependence(score, x)';
  assertKeys('partialDependence(score, x, options)', options, ['feature', 'points', 'grid']);
  const { points = 20, grid: kind = 'even' } = options;
  assertInteger('partialDependence({ points })', points, { min: 2 });
  assertOneOf('partialDependence({ grid })', kind, ['even', 'quantiles'] as const);
  const matrix = readFeatures(where, x);
  const names = matrix.features ?? Array.from({ length: matrix.columns }, (_, column) => `x${column}`);
  const column = placeOf(options.feature, names);
  const rows = toRows(matrix);
  const values = rows.map(row => row[column]!).sort((a, b) => a - b);
  const grid = kind === 'even' ? evenly(values, points) : quantiles(values, points);
  const columns = grid.map(value =>
    askRows(
      where,
      score,
      rows.map(row => row.with(column, value)),
    ),
  );
  const mean = columns.map(answers => answers.reduce((sum, answer) => sum + answer, 0) / rows.length);
  return {
    feature: names[column]!,
    grid,
    mean,
    individuals: rows.map((_, row) => columns.map(answers => answers[row]!)),
  };
}

function placeOf(feature: string | number, names: readonly string[]): number {
  const place = typeof feature === 'number' ? feature : names.indexOf(feature);
  if (names[place] !== undefined) return place;
  throw mismatch({
    where: 'partialDependence({ feature })',
    expected: `one of the columns ${names.join(', ')}`,
    received: describe(feature),
  });
}

function evenly(sorted: readonly number[], points: number): number[] {
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  if (low === high) return [low];
  return Array.from({ length: points }, (_, i) => low + ((high - low) * i) / (points - 1));
}

function quantiles(sorted: readonly number[], points: number): number[] {
  const chosen = Array.from(
    { length: points },
    (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (points - 1))]!,
  );
  return [...new Set(chosen)];
}
