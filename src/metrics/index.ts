/** Scores: the truth first, then what was predicted, as plain lists. */
export { type BootstrapOptions, bootstrap, type Interval } from './bootstrap.ts';
export type { Label } from './check.ts';
export {
  type AverageOptions,
  accuracy,
  type ClassScores,
  type Confusion,
  classScores,
  confusion,
  f1,
  precision,
  recall,
} from './classification.ts';
export {
  adjustedRand,
  daviesBouldin,
  normalisedMutualInformation,
  silhouette,
  silhouettes,
} from './clustering.ts';
export {
  calibrationByGroup,
  demographicParity,
  type EqualisedOdds,
  equalisedOdds,
  type FairnessOptions,
  type GroupErrors,
  type GroupRates,
  type Parity,
} from './fairness.ts';
export {
  brier,
  type Calibration,
  type CalibrationBin,
  type CalibrationOptions,
  calibration,
  logLoss,
} from './probability.ts';
export {
  averagePrecision,
  bestThreshold,
  type PositiveOptions,
  type PrecisionRecallCurve,
  precisionRecall,
  type RocCurve,
  roc,
  rocAuc,
  type Threshold,
  type ThresholdOptions,
} from './ranking.ts';
export { meanAbsoluteError, meanSquaredError, r2, rootMeanSquaredError } from './regression.ts';
