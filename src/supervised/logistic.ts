import {
  countOf,
  createFitted,
  type Dense,
  dense,
  dotProducts,
  type Features,
  type Label,
  mismatch,
  readFeaturesFor,
  type SavedFields,
} from '../core/index.ts';
import { type Classifier, classifierMethods } from './classifier.ts';
import { checkedOptions, courseOf, type FitCourse, fitCrossEntropy, type LogisticOptions } from './cross-entropy.ts';
import { type Examples, type LabelOf, readClassExamples } from './targets.ts';

interface LogisticNumbers extends FitCourse {
  readonly features: readonly string[];
  readonly classes: readonly Label[];
  /** One for each feature: positive ones speak for the second class. */
  readonly weights: readonly number[];
  readonly bias: number;
}

export interface LogisticModel<L extends Label = Label> extends Classifier<L>, Omit<LogisticNumbers, 'classes'> {
  readonly kind: 'logistic';
  /** x: (rows, features) → the logarithm of the odds of the second class, one a row. */
  logits(x: Features): number[];
}

/**
 * Logistic regression: the probability of one of two classes (Bishop, Pattern Recognition and Machine Learning, 4.3.2),
 * fitted by L-BFGS to the one optimum there is. Scale the features first: the penalty treats all alike.
 *
 * x: (rows, features); y: two classes. Throws on empty, missing or unlike data, on one class and on more than two.
 *
 * @example
 * const model = supervised.logistic({ x: [[1], [2], [3], [4]], y: ['no', 'no', 'yes', 'yes'] });
 * model.predict([[0], [5]]);   // ['no', 'yes']
 */
export function logistic<Data extends Examples>(
  data: Data,
  options: LogisticOptions = {},
): LogisticModel<LabelOf<Data>> {
  const where = 'supervised.logistic';
  const checked = checkedOptions(where, options);
  const examples = readClassExamples(`${where}(data)`, data);
  const { classes, x } = examples;
  if (classes.length > 2)
    throw mismatch({
      where: `${where}(data): y`,
      expected: '2 classes',
      received: `${classes.length}`,
      hint: 'For more than two: supervised.softmax(data).',
    });
  const { weights, biases, ...course } = fitCrossEntropy(where, examples, 1, sigmoidLoss, checked);
  return logisticModel({
    features: x.features,
    classes,
    weights: Array.from(weights.values),
    bias: biases[0]!,
    ...course,
  }) as LogisticModel<LabelOf<Data>>;
}

/** −log σ(±z), without overflow; its gradient, σ(z) − y, takes the place of the logits. */
function sigmoidLoss({ values }: Dense, codes: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const z = values[i]!;
    const small = Math.exp(-Math.abs(z));
    const share = z >= 0 ? 1 / (1 + small) : small / (1 + small);
    sum += Math.max(z, 0) - z * codes[i]! + Math.log1p(small);
    values[i] = share - codes[i]!;
  }
  return sum;
}

function logisticModel(learned: LogisticNumbers): LogisticModel {
  const { features, classes, ...numbers } = learned;
  const { bias } = learned;
  const weights = dense(1, features.length, Float64Array.from(learned.weights));
  const logitsOf = (x: Dense) => dotProducts(x, weights).values.map(value => value + bias);
  const probabilitiesOf = (x: Dense) => {
    const out = dense(x.rows, 2);
    logitsOf(x).forEach((z, i) => {
      out.values[2 * i] = 1 / (1 + Math.exp(z));
      out.values[2 * i + 1] = 1 / (1 + Math.exp(-z));
    });
    return out;
  };
  const members = {
    kind: 'logistic' as const,
    ...learned,
    ...classifierMethods({ features, classes, probabilitiesOf }),
    logits: (x: Features) => Array.from(logitsOf(readFeaturesFor('model.logits(x)', x, features))),
  };
  return createFitted(
    members,
    () => ({ classes, ...numbers }),
    () => ({
      caption: `Logistic regression on ${countOf(features.length, 'feature')}: ${classes[0]} or ${classes[1]}`,
      table: {
        columns: [`for ${classes[1]}`],
        index: [...features, 'bias'],
        rows: [...learned.weights, bias].map(value => [value]),
      },
    }),
  );
}

export function restoreLogistic(saved: SavedFields): LogisticModel {
  const { features } = saved;
  return logisticModel({
    features,
    classes: saved.labels(),
    weights: saved.numbers('weights', features.length),
    bias: saved.number('bias'),
    ...courseOf(saved),
  });
}
