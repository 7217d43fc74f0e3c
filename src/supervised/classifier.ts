import { type Dense, type Features, type Label, type Predictor, readFeaturesFor, toRows } from '../core/index.ts';
import { accuracy } from '../metrics/index.ts';
import { type Examples, readLabels } from './targets.ts';

/** Says of which class each row is, and how sure it is. */
export interface Classifier<L extends Label = Label> extends Predictor<L> {
  /** The classes that it was fitted on, in the order of the columns of `probabilities`. */
  readonly classes: readonly L[];
  /** x: (rows, features) → the likeliest class of each row. */
  predict(x: Features): L[];
  /** x: (rows, features) → (rows, classes), each row adding up to 1. */
  probabilities(x: Features): number[][];
  /** The share of rows whose class it finds, 0…1. */
  score(data: Examples): number;
}

interface ClassifierParts {
  features: readonly string[];
  classes: readonly Label[];
  /** (rows, features) → (rows, classes). */
  probabilitiesOf(x: Dense): Dense;
  /** The place of each row's class, where it is not simply that of the largest probability. */
  chosenOf?(x: Dense): ArrayLike<number>;
}

/** The methods that all classifiers share. */
export function classifierMethods({ features, classes, probabilitiesOf, chosenOf }: ClassifierParts) {
  const choose = chosenOf ?? ((x: Dense) => largestOfEachRow(probabilitiesOf(x)));
  const predict = (x: Features) =>
    Array.from(choose(readFeaturesFor('model.predict(x)', x, features)), place => classes[place]!);
  return {
    classes,
    predict,
    probabilities: (x: Features) => toRows(probabilitiesOf(readFeaturesFor('model.probabilities(x)', x, features))),
    score(data: Examples): number {
      const predicted = predict(data);
      return accuracy(readLabels('model.score(data)', data, predicted.length), predicted);
    },
  };
}

/** The place of the largest number of each row; of equals the first. */
export function largestOfEachRow({ values, rows, columns }: Dense): Int32Array {
  const places = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let best = 0;
    for (let j = 1; j < columns; j++) if (values[row * columns + j]! > values[row * columns + best]!) best = j;
    places[row] = best;
  }
  return places;
}

/** Each row of logarithms, or logits, becomes probabilities; shifted by its largest, so that none overflows. */
export function softmaxRows({ values, rows, columns }: Dense): void {
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let largest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < columns; j++) largest = Math.max(largest, values[start + j]!);
    let total = 0;
    for (let j = 0; j < columns; j++) {
      const share = Math.exp(values[start + j]! - largest);
      values[start + j] = share;
      total += share;
    }
    for (let j = 0; j < columns; j++) values[start + j]! /= total;
  }
}
