import { loadModel, saveModel } from '../core/index.ts';
import { restoreKnn } from './knn.ts';
import { restoreLinear, restoreRidge } from './linear.ts';
import { restoreLogistic } from './logistic.ts';
import { restoreCounts } from './naive-bayes/counts.ts';
import { restoreGaussian } from './naive-bayes/gaussian.ts';
import { restoreSoftmax } from './softmax.ts';
import { restoreTree } from './tree/tree.ts';

/** How each kind of model comes back from its file. */
export const RESTORERS = {
  linear: restoreLinear,
  ridge: restoreRidge,
  logistic: restoreLogistic,
  softmax: restoreSoftmax,
  'gaussian-naive-bayes': restoreGaussian,
  'multinomial-naive-bayes': restoreCounts,
  'bernoulli-naive-bayes': restoreCounts,
  knn: restoreKnn,
  tree: restoreTree,
} as const;

export type SupervisedKind = keyof typeof RESTORERS;
export type SupervisedModel<Kind extends SupervisedKind = SupervisedKind> = ReturnType<(typeof RESTORERS)[Kind]>;

/**
 * Writes a fitted model to a file, as JSON that can be read. Throws if the file cannot be written.
 *
 * @example
 * const model = supervised.linear({ x: [[1], [2], [3]], y: [2, 4, 6] });
 * await supervised.save(model, 'line.json');
 * const again = await supervised.load('line.json', 'linear');
 */
export async function save(model: SupervisedModel, path: string): Promise<void> {
  await saveModel('supervised.save(model, path)', model, path);
}

/**
 * Reads a model that `supervised.save` wrote; it predicts exactly as the one that was saved. Name the kind that you
 * expect, and the result has its type.
 *
 * Throws if there is no such file, if it is of another kind or version, and if it was changed.
 *
 * @example
 * await supervised.save(supervised.linear({ x: [[1], [2], [3]], y: [2, 4, 6] }), 'line.json');
 * const model = await supervised.load('line.json', 'linear');
 */
export async function load<Kind extends SupervisedKind = SupervisedKind>(
  path: string,
  kind?: Kind,
): Promise<SupervisedModel<Kind>> {
  return (await loadModel('supervised.load(path)', path, kind, RESTORERS)) as SupervisedModel<Kind>;
}
