import {
  assertKeys,
  assertNumber,
  assertOneOf,
  countOf,
  createFitted,
  dense,
  type Features,
  mismatch,
  numberedNames,
  type Rows,
  readFeatures,
  readFeaturesFor,
  type SavedFields,
  type Transformer,
  toRows,
  weightedSums,
} from '../core/index.ts';
import { flat, linearMap, readCodes } from './pca.ts';
import { principalDirections } from './principal.ts';

export interface WhiteningOptions {
  /**
   * 'pca': along the principal components. 'zca': turned back, so that each output is as near to its feature as it can
   * be; images still look like images. Default 'pca'.
   */
  kind?: 'pca' | 'zca';
  /** Added to each variance before its root is divided by, so that directions of mere noise are not blown up. Default 0. */
  epsilon?: number;
}

interface WhiteningNumbers {
  readonly features: readonly string[];
  readonly method: 'pca' | 'zca';
  readonly mean: readonly number[];
  /** (directions, features): those in which the rows vary. */
  readonly components: readonly (readonly number[])[];
  /** Along each of them, divided by rows − 1. */
  readonly explainedVariance: readonly number[];
  readonly epsilon: number;
}

export interface WhiteningModel extends Transformer, WhiteningNumbers {
  readonly kind: 'whitening';
  readonly features: readonly string[];
  /** x: (rows, features) → uncorrelated numbers of variance 1: as many as directions ('pca') or features ('zca'). */
  transform(x: Features): number[][];
  /** z: what transform gives → (rows, features). */
  inverse(z: Rows): number[][];
}

/** Below this share of the largest variance there is none, but rounding. */
const NO_VARIANCE = 1e-12;

/**
 * Whitening: turns and scales the rows so that the outputs are uncorrelated and of variance 1 (Kessy, Lewin and Strimmer,
 * Optimal whitening and decorrelation, 2018). Directions in which nothing varies are left out.
 *
 * x: (rows, features). Throws on empty or missing data, and on rows that are all the same.
 *
 * @example
 * const model = unsupervised.whitening([[1, 2], [2, 4.1], [3, 6.3], [4, 7.9]], { kind: 'zca' });
 * model.transform([[2, 4]]);
 */
export function whitening(x: Features, options: WhiteningOptions = {}): WhiteningModel {
  const where = 'unsupervised.whitening';
  assertKeys(`${where}(x, options)`, options, ['kind', 'epsilon']);
  const { kind = 'pca', epsilon = 0 } = options;
  assertOneOf(`${where}({ kind })`, kind, ['pca', 'zca'] as const);
  assertNumber(`${where}({ epsilon })`, epsilon, { min: 0 });
  const matrix = readFeatures(`${where}(x)`, x);
  const most = Math.min(matrix.rows - 1, matrix.columns);
  const found = most > 0 ? principalDirections(matrix, most) : undefined;
  const variances = Array.from(found?.variances ?? []);
  const kept = variances.filter(variance => variance > NO_VARIANCE * variances[0]!).length;
  if (!found || kept === 0)
    throw mismatch({
      where: `${where}(x)`,
      expected: 'rows that differ',
      received: matrix.rows === 1 ? 'one row' : `${matrix.rows} rows that are all the same`,
    });
  return whiteningModel({
    features: matrix.features ?? numberedNames(matrix.columns),
    method: kind,
    mean: Array.from(found.mean),
    components: toRows(found.components).slice(0, kept),
    explainedVariance: variances.slice(0, kept),
    epsilon,
  });
}

function whiteningModel(learned: WhiteningNumbers): WhiteningModel {
  const { features, method, mean, components, explainedVariance, epsilon } = learned;
  const [k, d] = [components.length, features.length];
  const roots = explainedVariance.map(variance => Math.sqrt(variance + epsilon));
  const directions = dense(k, d, flat(components));
  const scaledBy = (factor: (root: number) => number) => {
    const scaled = dense(
      k,
      d,
      directions.values.map((value, i) => value * factor(roots[Math.floor(i / d)]!)),
    );
    return method === 'zca' ? weightedSums(directions, scaled) : scaled; // (d, d) or (k, d)
  };
  const map = linearMap(
    mean,
    scaledBy(root => 1 / root),
    scaledBy(root => root),
  );
  const width = method === 'zca' ? d : k;
  const members = {
    kind: 'whitening' as const,
    ...learned,
    transform: (x: Features) => toRows(map.there(readFeaturesFor('model.transform(x)', x, features))),
    inverse: (z: Rows) => toRows(map.back(readCodes(z, width))),
  };
  return createFitted(
    members,
    () => ({ method, mean, components, explainedVariance, epsilon }),
    () => ({
      caption: `Whitening (${method.toUpperCase()}) of ${countOf(d, 'feature')}, which vary in ${countOf(k, 'direction')}`,
    }),
  );
}

export function restoreWhitening(saved: SavedFields): WhiteningModel {
  const { features } = saved;
  const components = saved.matrix('components', undefined, features.length);
  return whiteningModel({
    features,
    method: saved.oneOf('method', ['pca', 'zca']),
    mean: saved.numbers('mean', features.length),
    components,
    explainedVariance: saved.numbers('explainedVariance', components.length),
    epsilon: saved.number('epsilon', { min: 0 }),
  });
}
