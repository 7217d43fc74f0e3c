import {
  assertInteger,
  assertKeys,
  assertNumber,
  centred,
  countOf,
  createFitted,
  type Dense,
  dense,
  dotProducts,
  type Features,
  mismatch,
  numberedNames,
  type Rows,
  readFeatures,
  readFeaturesFor,
  type SavedFields,
  squaredDistance,
  type Transformer,
  toRows,
  transpose,
} from '../core/index.ts';
import { explainedShare } from './explained.ts';
import { principalDirections } from './principal.ts';

export interface PcaOptions {
  /** How many; or below 1 the share of the variance that they shall explain at least. Default: all there are. */
  components?: number;
}

interface PcaNumbers {
  readonly features: readonly string[];
  /** The mean of each feature, which is taken away first. */
  readonly mean: readonly number[];
  /**
   * (components, features): directions of length 1 at right angles, the one of the largest variance first. The largest
   * number of each is positive, as the sign of a direction means nothing.
   */
  readonly components: readonly (readonly number[])[];
  /** The variance along each component, divided by rows − 1. */
  readonly explainedVariance: readonly number[];
  /** Its share of the variance of all features together. */
  readonly explainedShare: readonly number[];
}

export interface PcaModel extends Transformer, PcaNumbers {
  readonly kind: 'pca';
  readonly features: readonly string[];
  /** x: (rows, features) → (rows, components): where each row lies along the components. */
  transform(x: Features): number[][];
  /** z: (rows, components) → (rows, features): back, but for what the components leave out. */
  inverse(z: Rows): number[][];
  /** x: (rows, features) → the mean squared error of each row, there and back. */
  errors(x: Features): number[];
  /** Of the squared distances to the mean, the share that comes back: 1 is all, 0 is none. */
  score(x: Features): number;
}

/**
 * Principal component analysis: the directions in which the rows vary most (Pearson, 1901; Jolliffe, Principal Component
 * Analysis). Scale the features first if their units differ.
 *
 * x: (rows, features). Throws on empty or missing data, on one row, and on more components than there are.
 *
 * @example
 * const model = unsupervised.pca([[1, 2], [2, 4.1], [3, 6], [4, 7.9]], { components: 1 });
 * model.transform([[5, 10]]);
 */
export function pca(x: Features, options: PcaOptions = {}): PcaModel {
  const where = 'unsupervised.pca';
  assertKeys(`${where}(x, options)`, options, ['components']);
  const matrix = readFeatures(`${where}(x)`, x);
  const most = Math.min(matrix.rows - 1, matrix.columns);
  if (most < 1) throw mismatch({ where: `${where}(x)`, expected: 'at least 2 rows', received: '1' });
  const { components = most } = options;
  const isShare = components > 0 && components < 1;
  if (isShare) assertNumber(`${where}({ components })`, components);
  else
    assertInteger(`${where}({ components })`, components, {
      min: 1,
      max: most,
      hint: `${matrix.rows} rows of ${countOf(matrix.columns, 'number')} vary in ${countOf(most, 'direction')} at most; or give a share of the variance below 1.`,
    });
  const {
    mean,
    components: found,
    variances,
    totalVariance,
  } = principalDirections(matrix, isShare ? most : components);
  const shares = Array.from(variances, variance => (totalVariance > 0 ? variance / totalVariance : 0));
  const kept = isShare ? enoughFor(shares, components) : components;
  return pcaModel({
    features: matrix.features ?? numberedNames(matrix.columns),
    mean: Array.from(mean),
    components: toRows(found).slice(0, kept),
    explainedVariance: Array.from(variances).slice(0, kept),
    explainedShare: shares.slice(0, kept),
  });
}

/** The fewest whose shares add up to the wanted one. */
function enoughFor(shares: readonly number[], wanted: number): number {
  let [sum, count] = [0, 0];
  while (count < shares.length && (count === 0 || sum < wanted)) sum += shares[count++]!;
  return count;
}

function pcaModel(learned: PcaNumbers): PcaModel {
  const { features, ...numbers } = learned;
  const map = linearMap(learned.mean, dense(learned.components.length, features.length, flat(learned.components)));
  const there = (where: string, x: Features) => map.there(readFeaturesFor(where, x, features));
  const squaredErrors = (x: Dense) => rowErrors(x, map.back(map.there(x)));
  const members = {
    kind: 'pca' as const,
    ...learned,
    transform: (x: Features) => toRows(there('model.transform(x)', x)),
    inverse: (z: Rows) => toRows(map.back(readCodes(z, learned.components.length))),
    errors: (x: Features) =>
      Array.from(squaredErrors(readFeaturesFor('model.errors(x)', x, features)), error => error / features.length),
    score(x: Features): number {
      const rows = readFeaturesFor('model.score(x)', x, features);
      return explainedShare(
        rows,
        squaredErrors(rows).reduce((sum, error) => sum + error, 0),
      );
    },
  };
  return createFitted(
    members,
    () => numbers,
    () => ({
      caption: `${countOf(learned.components.length, 'component')} of ${countOf(features.length, 'feature')}, ${(100 * learned.explainedShare.reduce((sum, share) => sum + share, 0)).toFixed(1)} % of the variance`,
      table: {
        columns: ['variance', 'share', ...features],
        index: learned.components.map((_, place) => place + 1),
        rows: learned.components.map((row, i) => [learned.explainedVariance[i]!, learned.explainedShare[i]!, ...row]),
      },
    }),
  );
}

export function flat(rows: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from(rows.flat());
}

/** Codes of so many numbers, to be brought back. */
export function readCodes(z: Rows, width: number): Dense {
  const codes = readFeatures('model.inverse(z)', z);
  if (codes.columns === width) return codes;
  throw mismatch({
    where: 'model.inverse(z)',
    expected: `rows of ${countOf(width, 'number')}, as transform gives them`,
    received: `rows of ${codes.columns}`,
  });
}

/** x → (x − mean)·Wᵀ, and back by V: z·V + mean; V is W itself where its rows are orthonormal. */
export function linearMap(mean: readonly number[], w: Dense, v: Dense = w) {
  const across = transpose(v);
  return {
    there: (x: Dense) => dotProducts(centred(x, mean), w),
    back(z: Dense): Dense {
      const out = dotProducts(z, across);
      for (let i = 0; i < out.values.length; i++) out.values[i] = out.values[i]! + mean[i % mean.length]!;
      return out;
    },
  };
}

/** The squared distance of each row to its copy. */
export function rowErrors(x: Dense, copy: Dense): Float64Array {
  const d = x.columns;
  return Float64Array.from({ length: x.rows }, (_, i) => squaredDistance(x.values, i * d, copy.values, i * d, d));
}

export function restorePca(saved: SavedFields): PcaModel {
  const { features } = saved;
  const components = saved.matrix('components', undefined, features.length);
  return pcaModel({
    features,
    mean: saved.numbers('mean', features.length),
    components,
    explainedVariance: saved.numbers('explainedVariance', components.length),
    explainedShare: saved.numbers('explainedShare', components.length),
  });
}
