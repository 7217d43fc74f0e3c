import type { DataFrame } from 'danfojs-node';
import { assertKeys, assertOneOf, columnNumbers } from '../../core/index.ts';
import type { Displayable } from '../../display/channel.ts';
import { assertFrame } from '../assert.ts';
import { report } from '../cleaning/report.ts';
import { numericColumns } from '../prepare/scale.ts';

export interface CorrelationOptions {
  /** Default: all columns of numbers. */
  columns?: readonly string[];
  /** Of the numbers (Pearson), or of their ranks (Spearman). Default 'pearson'. */
  kind?: 'pearson' | 'spearman';
}

export interface Correlation extends Displayable {
  columns: string[];
  /** `matrix[i][j]`, from −1 to 1; NaN where a column is constant. */
  matrix: number[][];
}

/**
 * How columns of numbers go together. Each pair is computed from the rows in which neither is missing, as in pandas.
 *
 * @example data.correlation(await data.load('penguins'), { columns: ['flipper_length_mm', 'body_mass_g'] }).matrix
 */
export function correlation(frame: DataFrame, options: CorrelationOptions = {}): Correlation {
  assertFrame('correlation(frame)', frame);
  assertKeys('correlation(frame, options)', options, ['columns', 'kind']);
  const { kind = 'pearson' } = options;
  assertOneOf('correlation({ kind })', kind, ['pearson', 'spearman'] as const);
  const columns = [...(options.columns ?? numericColumns(frame))];
  const values = columns.map(column => columnNumbers(`correlation('${column}')`, frame, column));
  const matrix = columns.map(() => new Array<number>(columns.length).fill(1));
  for (let i = 0; i < columns.length; i++)
    for (let j = 0; j <= i; j++) {
      const found = pairwise(values[i]!, values[j]!, kind === 'spearman');
      matrix[i]![j] = found;
      matrix[j]![i] = found;
    }
  return report({ columns, matrix }, () => ({
    caption: kind === 'pearson' ? 'Correlation' : 'Correlation of ranks',
    columns,
    index: columns,
    rows: matrix.map(row => row.map(value => Number(value.toFixed(3)))),
  }));
}

function pairwise(a: readonly number[], b: readonly number[], byRank: boolean): number {
  const rows = a.flatMap((value, row) => (Number.isNaN(value) || Number.isNaN(b[row]) ? [] : [row]));
  const [x, y] = [a, b].map(values => {
    const present = rows.map(row => values[row]!);
    return byRank ? ranks(present) : present;
  });
  return pearson(x!, y!);
}

function pearson(x: readonly number[], y: readonly number[]): number {
  const [meanX, meanY] = [x, y].map(values => values.reduce((sum, value) => sum + value, 0) / values.length);
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]! - meanX!, y[i]! - meanY!];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/** Equal values share the mean of their ranks. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const result = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++;
    for (let place = from; place <= to; place++) result[order[place]!] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return result;
}
