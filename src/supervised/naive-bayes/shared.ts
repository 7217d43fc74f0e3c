import {
  countOf,
  type Dense,
  dense,
  type Features,
  type Label,
  readFeaturesFor,
  type SavedFields,
  toRows,
} from '../../core/index.ts';
import { type Classifier, classifierMethods, softmaxRows } from '../classifier.ts';
import type { ClassExamples } from '../targets.ts';

export interface Shared {
  readonly features: readonly string[];
  readonly classes: readonly Label[];
  /** The logarithm of each class's share of what it was fitted on. */
  readonly logPriors: readonly number[];
}

export interface NaiveBayes<L extends Label> extends Classifier<L> {
  readonly features: readonly string[];
  /** x: (rows, features) → (rows, classes): log p(class) + Σ log p(feature | class). */
  logJoint(x: Features): number[][];
}

/** One-hot classes, (rows, classes), how many rows each has, and what all kinds learn. */
export function shared({ x, codes, classes }: ClassExamples) {
  const members = dense(x.rows, classes.length);
  const sizes = new Float64Array(classes.length);
  codes.forEach((code, row) => {
    members.values[row * classes.length + code] = 1;
    sizes[code]!++;
  });
  const logPriors = Array.from(sizes, size => Math.log(size / x.rows));
  return { members, sizes, learned: { features: x.features, classes, logPriors } };
}

export function methods({ features, classes }: Shared, jointOf: (x: Dense) => Dense) {
  const probabilitiesOf = (x: Dense) => {
    const joint = jointOf(x);
    softmaxRows(joint);
    return joint;
  };
  return {
    ...classifierMethods({ features, classes, probabilitiesOf }),
    logJoint: (x: Features) => toRows(jointOf(readFeaturesFor('model.logJoint(x)', x, features))),
  };
}

export function caption(name: string, { features, classes }: Shared): string {
  return `${name} naive Bayes on ${countOf(features.length, 'feature')}, ${countOf(classes.length, 'class', 'classes')}`;
}

export function sharedOf(saved: SavedFields) {
  const classes = saved.labels();
  return { features: saved.features, classes, logPriors: saved.numbers('logPriors', classes.length) };
}
