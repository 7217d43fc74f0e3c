import { readFileSync } from 'node:fs';

/** What scikit-learn finds: `golden/make.py`. */
export const golden = JSON.parse(readFileSync(new URL('golden/golden.json', import.meta.url), 'utf8')) as {
  truth: string[];
  predicted: string[];
  y: number[];
  guess: number[];
  confusion: number[][];
  binary: {
    truth: number[];
    scores: number[];
    falsePositiveRate: number[];
    truePositiveRate: number[];
    thresholds: number[];
    rocAuc: number;
    averagePrecision: number;
    precision: number[];
    recall: number[];
    falling: number[];
    logLoss: number;
    brier: number;
    calibration: { observed: number[]; predicted: number[] };
    quantiles: { observed: number[]; predicted: number[] };
  };
  classes: { probabilities: number[][]; logLoss: number };
} & Record<'macro' | 'micro' | 'weighted', Record<'precision' | 'recall' | 'f1', number>> &
  Record<
    | 'accuracy'
    | 'precision'
    | 'recall'
    | 'f1'
    | 'meanSquaredError'
    | 'rootMeanSquaredError'
    | 'meanAbsoluteError'
    | 'r2',
    number
  >;
