/** Scores: the truth first, then what was predicted, as plain lists. */
export {
  accuracy,
  type ClassScores,
  type Confusion,
  classScores,
  confusion,
  f1,
  type Label,
  precision,
  recall,
} from './classification.ts';
export { meanAbsoluteError, meanSquaredError, r2, rootMeanSquaredError } from './regression.ts';
