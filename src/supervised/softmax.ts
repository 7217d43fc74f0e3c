import {
  countOf,
  createFitted,
  type Dense,
  dense,
  dotProducts,
  type Features,
  type Label,
  readFeaturesFor,
  type SavedFields,
  toRows,
} from '../core/index.ts';
import { type Classifier, classifierMethods, softmaxRows } from './classifier.ts';
import { checkedOptions, courseOf, type FitCourse, fitCrossEntropy, type LogisticOptions } from './cross-entropy.ts';
import { type Examples, type LabelOf, readClassExamples } from './targets.ts';

interface SoftmaxNumbers extends FitCourse {
  readonly features: readonly string[];
  readonly classes: readonly Label[];
  /** (classes, features): what each feature says for each class. */
  readonly weights: readonly (readonly number[])[];
  /** One for each class. */
  readonly biases: readonly number[];
}

export interface SoftmaxModel<L extends Label = Label> extends Classifier<L>, Omit<SoftmaxNumbers, 'classes'> {
  readonly kind: 'softmax';
  /** x: (rows, features) → (rows, classes): the numbers whose softmax are the probabilities. */
  logits(x: Features): number[][];
}

/**
 * Softmax regression, also called multinomial logistic regression: the probabilities of two classes or more (Bishop,
 * Pattern Recognition and Machine Learning, 4.3.4), fitted by L-BFGS to the one optimum there is.
 *
 * x: (rows, features); y: classes. Throws on empty, missing or unlike data, and on one class.
 *
 * @example
 * const model = supervised.softmax({ x: [[1], [2], [3]], y: ['small', 'middle', 'large'] });
 * model.probabilities([[1]]);   // in the order of model.classes
 */
export function softmax<Data extends Examples>(data: Data, options: LogisticOptions = {}): SoftmaxModel<LabelOf<Data>> {
  const where = 'supervised.softmax';
  const checked = checkedOptions(where, options);
  const examples = readClassExamples(`${where}(data)`, data);
  const { classes, x } = examples;
  const { weights, biases, ...course } = fitCrossEntropy(where, examples, classes.length, softmaxLoss, checked);
  return softmaxModel({
    features: x.features,
    classes,
    weights: toRows(weights),
    biases: Array.from(biases),
    ...course,
  }) as SoftmaxModel<LabelOf<Data>>;
}

/** −log of the probability of each row's class; its gradient, p − y, takes the place of the logits. */
function softmaxLoss(logits: Dense, codes: Int32Array): number {
  const { values, rows, columns } = logits;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const start = i * columns;
    let largest = values[start]!;
    for (let k = 1; k < columns; k++) largest = Math.max(largest, values[start + k]!);
    const own = values[start + codes[i]!]! - largest;
    let total = 0;
    for (let k = 0; k < columns; k++) total += Math.exp(values[start + k]! - largest);
    sum += Math.log(total) - own;
  }
  softmaxRows(logits);
  for (let i = 0; i < rows; i++) values[i * columns + codes[i]!]! -= 1;
  return sum;
}

function softmaxModel(learned: SoftmaxNumbers): SoftmaxModel {
  const { features, classes, ...numbers } = learned;
  const weights = dense(classes.length, features.length, Float64Array.from(learned.weights.flat()));
  const logitsOf = (x: Dense) => {
    const logits = dotProducts(x, weights);
    for (let i = 0; i < logits.values.length; i++)
      logits.values[i] = logits.values[i]! + learned.biases[i % classes.length]!;
    return logits;
  };
  const probabilitiesOf = (x: Dense) => {
    const logits = logitsOf(x);
    softmaxRows(logits);
    return logits;
  };
  const members = {
    kind: 'softmax' as const,
    ...learned,
    ...classifierMethods({ features, classes, probabilitiesOf }),
    logits: (x: Features) => toRows(logitsOf(readFeaturesFor('model.logits(x)', x, features))),
  };
  return createFitted(
    members,
    () => ({ classes, ...numbers }),
    () => ({
      caption: `Softmax regression on ${countOf(features.length, 'feature')}, ${countOf(classes.length, 'class', 'classes')}`,
      table: {
        columns: classes.map(label => `for ${label}`),
        index: [...features, 'bias'],
        rows: [...features.map((_, j) => learned.weights.map(row => row[j]!)), [...learned.biases]],
      },
    }),
  );
}

export function restoreSoftmax(saved: SavedFields): SoftmaxModel {
  const { features } = saved;
  const classes = saved.labels();
  return softmaxModel({
    features,
    classes,
    weights: saved.matrix('weights', classes.length, features.length),
    biases: saved.numbers('biases', classes.length),
    ...courseOf(saved),
  });
}
