import { type Dense, type Features, type Predictor, readFeaturesFor } from '../core/index.ts';
import { r2 } from '../metrics/index.ts';
import { type Examples, readNumbers } from './targets.ts';

/** Predicts a number for each row. */
export interface Regressor extends Predictor<number> {
  /** x: (rows, features) → one number a row, in the unit of the target. */
  predict(x: Features): number[];
  /** R², the share of the target's variance that it explains: at most 1; 0 is as good as the mean. */
  score(data: Examples): number;
}

/** The methods that all regressors share. */
export function regressorMethods(features: readonly string[], predictionsOf: (x: Dense) => ArrayLike<number>) {
  const predict = (x: Features) => Array.from(predictionsOf(readFeaturesFor('model.predict(x)', x, features)));
  return {
    predict,
    score(data: Examples): number {
      const predicted = predict(data);
      return r2(readNumbers('model.score(data)', data, predicted.length), predicted);
    },
  };
}
