import {
  assertKeys,
  assertNumber,
  columnMeans,
  type Dense,
  dense,
  dotProducts,
  LearnableError,
  minimise,
  type SavedFields,
  weightedSums,
} from '../core/index.ts';
import type { ClassExamples } from './targets.ts';

export interface LogisticOptions {
  /**
   * How much weights cost: the mean cross-entropy plus l2 · Σw² is made small, as with `tf.regularizers.l2`. Biases cost
   * nothing. scikit-learn's C is 1 / (2 · l2 · rows). Default 0.001.
   */
  l2?: number;
  /** Give up after so many steps. Default 1000. */
  maxIterations?: number;
}

/** How the fit went. */
export interface FitCourse {
  readonly l2: number;
  /** Mean cross-entropy on what it was fitted on plus the cost of the weights, in nats. */
  readonly loss: number;
  readonly iterations: number;
  /** False if it stopped at `maxIterations`. */
  readonly converged: boolean;
}

interface CrossEntropyFit extends FitCourse {
  /** (outputs, features) */
  weights: Dense;
  biases: Float64Array;
}

/** Turns logits into the gradient with respect to them, in place, and gives the sum of the cross-entropies. */
export type LossOfLogits = (logits: Dense, codes: Int32Array) => number;

export function checkedOptions(where: string, options: LogisticOptions): Required<LogisticOptions> {
  assertKeys(`${where}(data, options)`, options, ['l2', 'maxIterations']);
  const { l2 = 1e-3, maxIterations = 1000 } = options;
  assertNumber(`${where}({ l2 })`, l2, { min: 0 });
  assertNumber(`${where}({ maxIterations })`, maxIterations, { min: 1 });
  return { l2, maxIterations };
}

/**
 * Minimises the mean cross-entropy of linear logits plus l2 · Σw² by L-BFGS. It works in units in which each weight
 * bends the loss about as much as any other, so that features of all sizes are learned at the same speed; what is found
 * does not depend on them.
 */
export function fitCrossEntropy(
  where: string,
  { x, codes }: ClassExamples,
  outputs: number,
  lossOf: LossOfLogits,
  { l2, maxIterations }: Required<LogisticOptions>,
): CrossEntropyFit {
  const { rows, columns: d } = x;
  const means = columnMeans(x);
  const units = unitsOf(x, means, outputs, l2);
  const z = dense(rows, d); // the features in those units, around 0
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < d; j++) z.values[i * d + j] = (x.values[i * d + j]! - means[j]!) / units[j]!;

  // Parameters: the weights, (outputs, d), and after them the biases.
  const size = outputs * d;
  const valueAndGradient = (parameters: Float64Array, gradient: Float64Array) => {
    const weights = dense(outputs, d, parameters.subarray(0, size));
    const logits = dotProducts(z, weights);
    for (let i = 0; i < rows; i++)
      for (let k = 0; k < outputs; k++)
        logits.values[i * outputs + k] = logits.values[i * outputs + k]! + parameters[size + k]!;
    let value = lossOf(logits, codes) / rows; // logits now hold the gradient
    const sums = weightedSums(logits, z);
    for (let k = 0; k < outputs; k++)
      for (let j = 0; j < d; j++) {
        const at = k * d + j;
        const weight = parameters[at]! / units[j]!;
        value += l2 * weight * weight;
        gradient[at] = sums.values[at]! / rows + (2 * l2 * weight) / units[j]!;
      }
    gradient.fill(0, size);
    for (let i = 0; i < rows; i++)
      for (let k = 0; k < outputs; k++) gradient[size + k]! += logits.values[i * outputs + k]! / rows;
    return value;
  };
  const {
    x: found,
    value,
    history,
    converged,
  } = minimise({
    start: new Float64Array(size + outputs),
    valueAndGradient,
    maxIterations,
  });
  if (l2 === 0 && value < 1e-6)
    throw new LearnableError(
      `${where}({ l2: 0 }): the classes can be told apart without an error, so that the weights grow without end.`,
      {
        hint: 'Give weights a cost: l2: 0.001.',
      },
    );
  const weights = dense(outputs, d, found.slice(0, size));
  const biases = found.slice(size);
  for (let k = 0; k < outputs; k++)
    for (let j = 0; j < d; j++) {
      weights.values[k * d + j] = weights.values[k * d + j]! / units[j]!;
      biases[k]! -= weights.values[k * d + j]! * means[j]!;
    }
  return { weights, biases, l2, loss: value, iterations: history.length - 1, converged };
}

/** The root of how much the loss bends along each weight where all weights are 0. */
function unitsOf(x: Dense, means: Float64Array, outputs: number, l2: number): Float64Array {
  const { values, rows, columns: d } = x;
  const classes = Math.max(2, outputs);
  const spread = (1 / classes) * (1 - 1 / classes); // of one class, all equally likely
  const variances = new Float64Array(d);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < d; j++) variances[j]! += (values[i * d + j]! - means[j]!) ** 2 / rows;
  return variances.map(variance => Math.sqrt(spread * variance + 2 * l2) || 1);
}

export function courseOf(saved: SavedFields): FitCourse {
  return {
    l2: saved.number('l2', { min: 0 }),
    loss: saved.number('loss'),
    iterations: saved.number('iterations', { min: 0 }),
    converged: saved.flag('converged'),
  };
}
