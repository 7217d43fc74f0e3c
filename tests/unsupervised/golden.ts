import { readFileSync } from 'node:fs';
import type { MixtureStart } from '../../src/unsupervised/index.ts';

interface Components {
  mean: number[];
  components: number[][];
  explainedVariance: number[];
  explainedShare: number[];
  transformed: number[][];
  inverse: number[][];
}

interface Mixture {
  start: MixtureStart;
  weights: number[];
  means: number[][];
  covariances: number[] | number[][] | number[][][];
  responsibilities: number[][];
  score: number;
  logDensities: number[];
  bic: number;
  aic: number;
}

/** What `golden/make.py` wrote. */
export const golden = JSON.parse(readFileSync(new URL('golden/golden.json', import.meta.url), 'utf8')) as {
  /** Wines, standardised, and their kinds. */
  z: number[][];
  truth: number[];
  digits: number[][];
  kmeans: {
    start: number[][];
    centres: number[][];
    assignments: number[];
    inertia: number;
    distances: number[][];
    best: number;
  };
  clustering: {
    silhouettes: number[];
    silhouette: number;
    daviesBouldin: number;
    adjustedRand: number;
    normalisedMutualInformation: number;
  };
  dbscan: { x: number[][]; assignments: number[]; coreRows: number[] };
  mixture: Record<'full' | 'diagonal' | 'spherical', Mixture>;
  pca: { wine: Components; digits: Components; wide: Components & { x: number[][] } };
  whitening: { pca: number[][]; zca: number[][] };
  tsne: {
    x: number[][];
    perplexity: number;
    /** Over the 24 nearest rows alone, and over all. */
    neighbours: number[][];
    joint: number[][];
    places: number[][];
    divergence: number;
    gradient: number[][];
  };
  anomalies: Record<'mahalanobis' | 'neighbours' | 'fittedNeighbours' | 'reconstruction' | 'forest', number[]> & {
    odd: number[][];
  };
};
