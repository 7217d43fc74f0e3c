import {
  createFitted,
  type Dense,
  dense,
  type Label,
  type SavedFields,
  toRows,
  weightedSums,
} from '../../core/index.ts';
import type { ClassExamples } from '../targets.ts';
import { caption, methods, type NaiveBayes, type Shared, shared, sharedOf } from './shared.ts';

interface GaussianNumbers extends Shared {
  /** (classes, features) */
  readonly means: readonly (readonly number[])[];
  /** (classes, features), smoothing included. */
  readonly variances: readonly (readonly number[])[];
}

export interface GaussianNaiveBayes<L extends Label = Label>
  extends NaiveBayes<L>,
    Omit<GaussianNumbers, keyof Shared>,
    Pick<Shared, 'logPriors'> {
  readonly kind: 'gaussian-naive-bayes';
}

export function learnGaussian(examples: ClassExamples, smoothing: number): GaussianNumbers {
  const { x, codes } = examples;
  const { members, sizes, learned } = shared(examples);
  const means = weightedSums(members, x);
  const d = x.columns;
  for (let i = 0; i < means.values.length; i++) means.values[i] = means.values[i]! / sizes[Math.floor(i / d)]!;
  const variances = dense(sizes.length, d);
  for (let row = 0; row < x.rows; row++)
    for (let j = 0; j < d; j++) {
      const at = codes[row]! * d + j;
      variances.values[at]! += (x.values[row * d + j]! - means.values[at]!) ** 2 / sizes[codes[row]!]!;
    }
  const least = smoothing * (largestVariance(x) || 1);
  for (let i = 0; i < variances.values.length; i++) variances.values[i]! += least;
  return { ...learned, means: toRows(means), variances: toRows(variances) };
}

function largestVariance({ values, rows, columns }: Dense): number {
  let largest = 0;
  for (let j = 0; j < columns; j++) {
    let [mean, square] = [0, 0];
    for (let row = 0; row < rows; row++) mean += values[row * columns + j]! / rows;
    for (let row = 0; row < rows; row++) square += (values[row * columns + j]! - mean) ** 2 / rows;
    largest = Math.max(largest, square);
  }
  return largest;
}

export function gaussianModel(learned: GaussianNumbers): GaussianNaiveBayes {
  const { features, classes, logPriors, means, variances } = learned;
  const d = features.length;
  const constants = logPriors.map(
    (prior, k) => prior - variances[k]!.reduce((sum, v) => sum + Math.log(2 * Math.PI * v) / 2, 0),
  );
  const jointOf = (x: Dense) => {
    const out = dense(x.rows, classes.length);
    for (let row = 0; row < x.rows; row++)
      for (let k = 0; k < classes.length; k++) {
        const [mean, variance] = [means[k]!, variances[k]!];
        let sum = constants[k]!;
        for (let j = 0; j < d; j++) {
          const difference = x.values[row * d + j]! - mean[j]!;
          sum -= (difference * difference) / (2 * variance[j]!);
        }
        out.values[row * classes.length + k] = sum;
      }
    return out;
  };
  const members = { kind: 'gaussian-naive-bayes' as const, ...learned, ...methods(learned, jointOf) };
  return createFitted(
    members,
    () => ({ classes, logPriors, means, variances }),
    () => ({
      caption: caption('Gaussian', learned),
      table: {
        columns: classes.map(label => `mean of ${label}`),
        index: features,
        rows: features.map((_, j) => means.map(row => row[j]!)),
      },
    }),
  );
}

export function restoreGaussian(saved: SavedFields): GaussianNaiveBayes {
  const shared = sharedOf(saved);
  const [rows, columns] = [shared.classes.length, shared.features.length];
  return gaussianModel({
    ...shared,
    means: saved.matrix('means', rows, columns),
    variances: saved.matrix('variances', rows, columns),
  });
}
