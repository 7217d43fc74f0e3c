import {
  centred,
  cholesky,
  columnMeans,
  type Dense,
  dense,
  dotProducts,
  invertLower,
  nearestRows,
  type Random,
  rowProducts,
  type SavedFields,
  squaredDistance,
  toRows,
  transpose,
} from '../../core/index.ts';
import { flat, linearMap, rowErrors } from '../pca.ts';
import { principalDirections } from '../principal.ts';
import { expectedLength, type IsolationNode, isIsolationTree, isolationTree, pathLength } from './isolation.ts';

/** How odd rows are: higher is odder. `learned` is all that it needs, as plain data. */
export interface Detector {
  learned: Readonly<Record<string, unknown>>;
  scoresOf(x: Dense): Float64Array;
}

/**
 * Mahalanobis's distance: how many standard deviations from the mean, whatever the units and correlations. A billionth of
 * the mean variance is added to each variance, so that features that depend on each other do no harm.
 */
export function fitMahalanobis(x: Dense): Detector {
  const mean = columnMeans(x);
  const covariance = rowProducts(transpose(centred(x, mean)));
  const d = x.columns;
  let trace = 0;
  for (let i = 0; i < covariance.values.length; i++) covariance.values[i]! /= Math.max(1, x.rows - 1);
  for (let t = 0; t < d; t++) trace += covariance.values[t * d + t]!;
  for (let t = 0; t < d; t++) covariance.values[t * d + t]! += (1e-9 * trace) / d || 1;
  return mahalanobis(Array.from(mean), toRows(invertLower(cholesky(covariance)!)));
}

/** `whitening` is L⁻¹ where the covariance is L·Lᵀ. */
function mahalanobis(mean: readonly number[], whitening: readonly (readonly number[])[]): Detector {
  const inverse = dense(mean.length, mean.length, flat(whitening));
  const zero = dense(1, mean.length).values;
  return {
    learned: { mean, whitening },
    scoresOf(x) {
      const { values, rows, columns: d } = dotProducts(centred(x, mean), inverse);
      return Float64Array.from({ length: rows }, (_, i) => Math.sqrt(squaredDistance(values, i * d, zero, 0, d)));
    },
  };
}

/** The distance to the k-th nearest row (Ramaswamy, Rastogi and Shim, 2000). */
export function neighbourDistance(memory: Dense, neighbours: number): Detector {
  return {
    learned: { neighbours, x: toRows(memory) },
    scoresOf: x => lastOfEach(nearestRows(memory, x, neighbours).squares, neighbours),
  };
}

/** The same for the rows themselves, each without itself. */
export function ownNeighbourDistances(memory: Dense, neighbours: number): Float64Array {
  return lastOfEach(nearestRows(memory, memory, neighbours, true).squares, neighbours);
}

function lastOfEach(squares: Float64Array, count: number): Float64Array {
  return Float64Array.from({ length: squares.length / count }, (_, i) => Math.sqrt(squares[(i + 1) * count - 1]!));
}

/** The mean squared error of what a few principal components leave. */
export function fitReconstruction(x: Dense, components: number): Detector {
  const { mean, components: found } = principalDirections(x, components);
  return reconstruction(Array.from(mean), toRows(found));
}

function reconstruction(mean: readonly number[], components: readonly (readonly number[])[]): Detector {
  const map = linearMap(mean, dense(components.length, mean.length, flat(components)));
  return {
    learned: { mean, components },
    scoresOf: x => rowErrors(x, map.back(map.there(x))).map(error => error / x.columns),
  };
}

/** An isolation forest (Liu, Ting and Zhou, 2008): from 0 to 1, about 0.5 where nothing is odd. */
export function fitForest(x: Dense, trees: number, sampleSize: number, random: Random): Detector {
  const size = Math.min(sampleSize, x.rows);
  const depth = Math.ceil(Math.log2(Math.max(2, size)));
  const roots = Array.from({ length: trees }, (_, tree) => {
    const generator = random.derive(`tree ${tree}`);
    return isolationTree(x, Int32Array.from(generator.permutation(x.rows).slice(0, size)), depth, generator);
  });
  return forest(roots, size);
}

function forest(roots: readonly IsolationNode[], sampleSize: number): Detector {
  const usual = expectedLength(sampleSize) || 1;
  return {
    learned: { sampleSize, trees: roots },
    scoresOf: ({ values, rows, columns }) =>
      Float64Array.from({ length: rows }, (_, row) => {
        let sum = 0;
        for (const root of roots) sum += pathLength(root, values, row * columns);
        return 2 ** (-sum / roots.length / usual);
      }),
  };
}

/** Each kind as it comes back from a file. */
export const RESTORED = {
  mahalanobis(saved: SavedFields): Detector {
    const d = saved.features.length;
    return mahalanobis(saved.numbers('mean', d), saved.matrix('whitening', d, d));
  },
  neighbours(saved: SavedFields): Detector {
    const x = saved.matrix('x', undefined, saved.features.length);
    const memory = dense(x.length, saved.features.length, flat(x));
    return neighbourDistance(memory, saved.number('neighbours', { min: 1, max: x.length - 1 }));
  },
  reconstruction(saved: SavedFields): Detector {
    const d = saved.features.length;
    return reconstruction(saved.numbers('mean', d), saved.matrix('components', undefined, d));
  },
  forest(saved: SavedFields): Detector {
    const isForest = (value: unknown): value is IsolationNode[] =>
      Array.isArray(value) && value.length > 0 && value.every(root => isIsolationTree(root, saved.features.length));
    return forest(saved.checked('trees', 'isolation trees', isForest), saved.number('sampleSize', { min: 1 }));
  },
} as const;
