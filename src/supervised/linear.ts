import {
  assertKeys,
  assertNumber,
  centred,
  cholesky,
  columnMeans,
  countOf,
  createFitted,
  type Dense,
  dense,
  dot,
  leastSquares,
  rowProducts,
  type SavedFields,
  solveCholesky,
  transpose,
} from '../core/index.ts';
import { type Regressor, regressorMethods } from './regressor.ts';
import { type Examples, readNumberExamples } from './targets.ts';

export interface LinearOptions {
  /** Learn a constant beside the weights. Default true. */
  bias?: boolean;
}

export interface RidgeOptions extends LinearOptions {
  /**
   * How much weights cost: the mean squared error plus l2 · Σw² is made small, as with `tf.regularizers.l2`. The bias
   * costs nothing. scikit-learn's alpha is l2 times the number of rows. Default 0.01.
   */
  l2?: number;
}

interface LinearNumbers {
  /** One for each feature, in the target's unit for one unit of the feature. */
  readonly weights: readonly number[];
  /** What it predicts where all features are 0. */
  readonly bias: number;
}

export interface LinearModel extends Regressor, LinearNumbers {
  readonly kind: 'linear';
  /** How many features say something that the others do not: fewer than there are where columns depend on each other. */
  readonly rank: number;
}

export interface RidgeModel extends Regressor, LinearNumbers {
  readonly kind: 'ridge';
  readonly l2: number;
}

/**
 * Linear regression: the weights with the smallest squared error, by QR decomposition; where several fit equally well,
 * as with one-hot columns of all categories, the smallest ones (Golub and Van Loan, Matrix Computations, 5.5).
 *
 * x: (rows, features); y: one number a row. Throws on empty, missing or unlike data.
 *
 * @example
 * const model = supervised.linear({ x: [[1], [2], [3]], y: [2, 4, 6] });
 * model.predict([[4]]);   // [8]
 */
export function linear(data: Examples, options: LinearOptions = {}): LinearModel {
  const where = 'supervised.linear';
  assertKeys(`${where}(data, options)`, options, ['bias']);
  const { x, y, finish } = prepared(`${where}(data)`, data, options.bias ?? true);
  const { solution, rank } = leastSquares(x, y);
  return linearModel({ ...finish(solution), rank });
}

/**
 * Ridge regression: linear regression that keeps the weights small, by Cholesky decomposition (Hastie et al., The
 * Elements of Statistical Learning, 3.4.1). Scale the features first: the penalty treats all alike.
 *
 * x: (rows, features); y: one number a row. Throws on empty, missing or unlike data.
 *
 * @example
 * const model = supervised.ridge({ x: [[1], [2], [3]], y: [2, 4, 6] }, { l2: 0.1 });
 * model.weights;   // a little below [2]
 */
export function ridge(data: Examples, options: RidgeOptions = {}): RidgeModel {
  const where = 'supervised.ridge';
  assertKeys(`${where}(data, options)`, options, ['l2', 'bias']);
  const { l2 = 0.01 } = options;
  const hint = l2 === 0 ? 'Without a penalty this is supervised.linear.' : undefined;
  assertNumber(`${where}({ l2 })`, l2, { min: 0, aboveMin: true, hint });
  const { x, y, finish } = prepared(`${where}(data)`, data, options.bias ?? true);
  return ridgeModel({ ...finish(penalisedSolution(x, y, l2 * x.rows)), l2 });
}

/** With a bias, x and y are centred, and the bias is what that took away. */
function prepared(where: string, data: Examples, hasBias: boolean) {
  const { x, y } = readNumberExamples(where, data);
  const { features } = x;
  const means = hasBias ? columnMeans(x) : new Float64Array(x.columns);
  const mean = hasBias ? y.reduce((sum, value) => sum + value, 0) / y.length : 0;
  const finish = (solution: Float64Array) => ({
    features,
    weights: Array.from(solution),
    bias: mean - dot(means, solution),
  });
  return { x: centred(x, means), y: y.map(value => value - mean), finish };
}

/** (XᵀX + penalty)⁻¹ Xᵀy, or Xᵀ(XXᵀ + penalty)⁻¹ y: whichever matrix is smaller. */
function penalisedSolution(x: Dense, y: Float64Array, penalty: number): Float64Array {
  const isWide = x.columns > x.rows;
  const across = transpose(x);
  const products = rowProducts(isWide ? x : across);
  for (let i = 0; i < products.rows; i++) products.values[i * products.rows + i]! += penalty;
  const lower = cholesky(products);
  // So small a penalty that rounding hides it.
  if (!lower) return leastSquares(withPenaltyRows(x, penalty), [...y, ...new Float64Array(x.columns)]).solution;
  return isWide ? times(across, solveCholesky(lower, y)) : solveCholesky(lower, times(across, y));
}

/** The penalty as rows of data: √penalty for one feature each, target 0. */
function withPenaltyRows(x: Dense, penalty: number): Dense {
  const { rows, columns } = x;
  const out = dense(rows + columns, columns);
  out.values.set(x.values);
  for (let j = 0; j < columns; j++) out.values[(rows + j) * columns + j] = Math.sqrt(penalty);
  return out;
}

function times({ values, rows, columns }: Dense, vector: ArrayLike<number>, plus = 0): Float64Array {
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) out[i] = plus + dot(values.subarray(i * columns, (i + 1) * columns), vector);
  return out;
}

function linearModel(learned: LinearNumbers & { features: readonly string[]; rank: number }): LinearModel {
  const { features, weights, bias, rank } = learned;
  const members = { kind: 'linear' as const, ...learned, ...methods(learned) };
  return createFitted(
    members,
    () => ({ weights, bias, rank }),
    () => view('Linear regression', features, learned),
  );
}

function ridgeModel(learned: LinearNumbers & { features: readonly string[]; l2: number }): RidgeModel {
  const { features, weights, bias, l2 } = learned;
  const members = { kind: 'ridge' as const, ...learned, ...methods(learned) };
  return createFitted(
    members,
    () => ({ weights, bias, l2 }),
    () => view(`Ridge regression (l2 ${l2})`, features, learned),
  );
}

function methods({ features, weights, bias }: LinearNumbers & { features: readonly string[] }) {
  return regressorMethods(features, x => times(x, weights, bias));
}

function view(name: string, features: readonly string[], { weights, bias }: LinearNumbers) {
  return {
    caption: `${name} on ${countOf(features.length, 'feature')}`,
    table: {
      columns: ['weight'],
      index: [...features, 'bias'],
      rows: [...weights, bias].map(value => [value]),
    },
  };
}

export function restoreLinear(saved: SavedFields): LinearModel {
  const { features } = saved;
  return linearModel({ features, ...numbersOf(saved), rank: saved.number('rank', { min: 0 }) });
}

export function restoreRidge(saved: SavedFields): RidgeModel {
  const { features } = saved;
  return ridgeModel({ features, ...numbersOf(saved), l2: saved.number('l2', { min: 0 }) });
}

function numbersOf(saved: SavedFields): LinearNumbers {
  return { weights: saved.numbers('weights', saved.features.length), bias: saved.number('bias') };
}
