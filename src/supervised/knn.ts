import {
  assertInteger,
  assertKeys,
  assertOneOf,
  countOf,
  createFitted,
  type Dense,
  dense,
  type Features,
  type Label,
  nearestRows,
  readFeaturesFor,
  type SavedFields,
  toRows,
} from '../core/index.ts';
import { type Classifier, classifierMethods } from './classifier.ts';
import { type Regressor, regressorMethods } from './regressor.ts';
import { type Examples, type LabelOf, readClassExamples, readNumberExamples } from './targets.ts';

const WEIGHTS = ['uniform', 'distance'] as const;

export interface KnnOptions {
  /** How many of the nearest rows have a say. Default 5. */
  neighbours?: number;
  /** All the same say, or each one over its distance: rows in the very same place decide alone. Default 'uniform'. */
  weights?: 'uniform' | 'distance';
}

/** Who is near: for each row, nearest first. */
export interface NearRows {
  /** Numbers of the rows that the model was fitted on. */
  rows: number[][];
  /** Euclidean. */
  distances: number[][];
}

interface Knn {
  readonly kind: 'knn';
  readonly neighbours: number;
  readonly weights: 'uniform' | 'distance';
  /** How many rows it was fitted on; it keeps them all. */
  readonly rows: number;
  /** x: (rows, features) → the nearest rows that it was fitted on. */
  nearest(x: Features): NearRows;
}

export interface KnnClassifier<L extends Label = Label> extends Classifier<L>, Knn {
  readonly kind: 'knn';
  readonly task: 'classification';
}

export interface KnnRegressor extends Regressor, Knn {
  readonly kind: 'knn';
  readonly task: 'regression';
}

/**
 * k nearest neighbours: what the rows nearby are, by vote or by mean (Hastie et al., The Elements of Statistical
 * Learning, 13.3). Where votes are equal, the class with the nearer member wins. Scale the features first: the one with
 * the largest numbers decides alone what is near.
 *
 * x: (rows, features); y: classes, or with task 'regression' numbers. Throws on empty, missing or unlike data, on one
 * class, and on fewer rows than neighbours.
 *
 * @example
 * const model = supervised.knn({ x: [[1], [2], [8], [9]], y: ['low', 'low', 'high', 'high'] }, { neighbours: 3 });
 * model.predict([[3]]);   // ['low']
 */
export function knn<Data extends Examples>(
  data: Data,
  options?: KnnOptions & { task?: 'classification' },
): KnnClassifier<LabelOf<Data>>;
export function knn(data: Examples, options: KnnOptions & { task: 'regression' }): KnnRegressor;
export function knn(
  data: Examples,
  options: KnnOptions & { task?: 'classification' | 'regression' } = {},
): KnnClassifier | KnnRegressor {
  const where = 'supervised.knn';
  assertKeys(`${where}(data, options)`, options, ['neighbours', 'weights', 'task']);
  const { neighbours = 5, weights = 'uniform', task = 'classification' } = options;
  assertOneOf(`${where}({ weights })`, weights, WEIGHTS);
  assertOneOf(`${where}({ task })`, task, ['classification', 'regression'] as const);
  const examples =
    task === 'regression' ? readNumberExamples(`${where}(data)`, data) : readClassExamples(`${where}(data)`, data);
  const { x } = examples;
  assertInteger(`${where}({ neighbours })`, neighbours, { min: 1, max: x.rows, hint: `There are ${x.rows} rows.` });
  const memory = { features: x.features, neighbours, weights, x };
  return 'y' in examples ? regressor(memory, examples.y) : classifier(memory, examples.codes, examples.classes);
}

interface Memory {
  features: readonly string[];
  neighbours: number;
  weights: 'uniform' | 'distance';
  /** The rows that it was fitted on. */
  x: Dense;
}

function classifier(memory: Memory, codes: Int32Array, classes: readonly Label[]): KnnClassifier {
  const { features, neighbours } = memory;
  const probabilitiesOf = (x: Dense) => {
    const { rows, shares } = sharesOf(memory, x);
    const out = dense(x.rows, classes.length);
    for (let i = 0; i < rows.length; i++) {
      const at = Math.floor(i / neighbours) * classes.length + codes[rows[i]!]!;
      out.values[at] = out.values[at]! + shares[i]!;
    }
    return out;
  };
  const chosenOf = (x: Dense) => {
    const { rows, shares } = sharesOf(memory, x);
    const chosen = new Int32Array(x.rows);
    for (let query = 0; query < x.rows; query++) {
      const votes = new Float64Array(classes.length);
      const from = query * neighbours;
      for (let i = from; i < from + neighbours; i++) {
        const code = codes[rows[i]!]!;
        votes[code] = votes[code]! + shares[i]!;
      }
      const most = Math.max(...votes) - 1e-12; // sums of shares in another order differ by rounding
      let i = from;
      while (votes[codes[rows[i]!]!]! < most) i++;
      chosen[query] = codes[rows[i]!]!;
    }
    return chosen;
  };
  const members = {
    ...parts(memory),
    task: 'classification' as const,
    ...classifierMethods({ features, classes, probabilitiesOf, chosenOf }),
  };
  const saved = () => ({ ...savedParts(memory), task: 'classification', classes, codes: Array.from(codes) });
  return createFitted(members, saved, () => ({
    caption: `${caption(memory)}, ${countOf(classes.length, 'class', 'classes')}`,
  }));
}

function regressor(memory: Memory, y: Float64Array): KnnRegressor {
  const { features, neighbours } = memory;
  const predictionsOf = (x: Dense) => {
    const { rows, shares } = sharesOf(memory, x);
    const out = new Float64Array(x.rows);
    for (let i = 0; i < rows.length; i++) out[Math.floor(i / neighbours)]! += shares[i]! * y[rows[i]!]!;
    return out;
  };
  const members = {
    ...parts(memory),
    task: 'regression' as const,
    ...regressorMethods(features, predictionsOf),
  };
  const saved = () => ({ ...savedParts(memory), task: 'regression', y: Array.from(y) });
  return createFitted(members, saved, () => ({ caption: `${caption(memory)}, of numbers` }));
}

/** One over the root of less is infinite, or nearly. */
const SAME_PLACE = 1e-300;

/** The neighbours of each row and how much say each has; a row's shares add up to 1. */
function sharesOf({ x: memory, neighbours, weights }: Memory, x: Dense) {
  const { rows, squares } = nearestRows(memory, x, neighbours);
  const shares = new Float64Array(rows.length).fill(1 / neighbours);
  if (weights === 'uniform') return { rows, shares };
  for (let from = 0; from < rows.length; from += neighbours) {
    const isThere = squares[from]! < SAME_PLACE;
    let total = 0;
    for (let i = from; i < from + neighbours; i++) {
      shares[i] = isThere ? Number(squares[i]! < SAME_PLACE) : 1 / Math.sqrt(squares[i]!);
      total += shares[i]!;
    }
    for (let i = from; i < from + neighbours; i++) shares[i]! /= total;
  }
  return { rows, shares };
}

function parts(memory: Memory) {
  const { features, neighbours, weights, x } = memory;
  const nearest = (given: Features): NearRows => {
    const queries = readFeaturesFor('model.nearest(x)', given, features);
    const found = nearestRows(x, queries, neighbours);
    const each = (values: ArrayLike<number>, of: (value: number) => number) =>
      Array.from({ length: queries.rows }, (_, row) =>
        Array.from({ length: neighbours }, (_, i) => of(values[row * neighbours + i]!)),
      );
    return { rows: each(found.rows, row => row), distances: each(found.squares, Math.sqrt) };
  };
  return { kind: 'knn' as const, features, neighbours, weights, rows: x.rows, nearest };
}

function savedParts({ neighbours, weights, x }: Memory) {
  return { neighbours, weights, x: toRows(x) };
}

function caption({ features, neighbours, x }: Memory): string {
  return `${countOf(neighbours, 'nearest neighbour')} among ${countOf(x.rows, 'row')} of ${countOf(features.length, 'feature')}`;
}

export function restoreKnn(saved: SavedFields): KnnClassifier | KnnRegressor {
  const { features } = saved;
  const rows = saved.matrix('x', undefined, features.length);
  const memory: Memory = {
    features,
    neighbours: saved.number('neighbours', { min: 1, max: rows.length }),
    weights: saved.oneOf('weights', WEIGHTS),
    x: dense(rows.length, features.length, Float64Array.from(rows.flat())),
  };
  if (saved.oneOf('task', ['classification', 'regression']) === 'regression')
    return regressor(memory, Float64Array.from(saved.numbers('y', rows.length)));
  const classes = saved.labels();
  const codes = saved.places('codes', classes.length, { length: rows.length });
  return classifier(memory, Int32Array.from(codes), classes);
}
