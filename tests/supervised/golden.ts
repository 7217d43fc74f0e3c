import { readFileSync } from 'node:fs';

interface Line {
  weights: number[];
  bias: number;
  predictions: number[];
}

interface Classified {
  weights: number[][];
  biases: number[];
  probabilities: number[][];
  predictions: string[];
  score: number;
}

interface Bayes {
  logPriors: number[];
  logJoint: number[][];
  probabilities: number[][];
  predictions: (string | number)[];
  logLikelihoods: number[][];
  means: number[][];
  variances: number[][];
}

interface Near {
  probabilities: number[][];
  numbers: number[];
  distances: number[][];
  rows: number[][];
}

interface Grown {
  root: object;
  importances: number[];
  score: number;
}

/** What `golden/make.py` wrote. */
export const golden = JSON.parse(readFileSync(new URL('golden/golden.json', import.meta.url), 'utf8')) as {
  wine: { x: number[][]; z: number[][]; y: string[]; fit: number[]; ask: number[] };
  linear: Line & { score: number };
  through: Line;
  deficient: Line & { x: number[][]; rank: number };
  wide: Line & { x: number[][]; y: number[] };
  ridge: Record<string, Line>;
  wideRidge: Line;
  two: string[];
  logistic: Record<string, Classified>;
  softmax: Record<string, Classified>;
  words: { x: number[][]; y: number[] };
  gaussian: Bayes;
  multinomial: Bayes;
  bernoulli: Bayes;
  knn: { uniform: Near; distance: Near };
  tree: { x: number[][]; groups: string[]; height: number[]; gini: Grown; entropy: Grown; squared_error: Grown };
  iris: { x: number[][]; y: number[] };
};

const { fit, ask } = golden.wine;

/** The half of the wines that scikit-learn was fitted on, and the half that it was asked about. */
export const fitted = <T>(values: readonly T[]): T[] => fit.map(row => values[row]!);
export const asked = <T>(values: readonly T[]): T[] => ask.map(row => values[row]!);
