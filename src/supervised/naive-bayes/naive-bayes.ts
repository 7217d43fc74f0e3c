import { assertKeys, assertNumber, assertOneOf } from '../../core/index.ts';
import { type Examples, type LabelOf, readClassExamples } from '../targets.ts';
import { assertCounts, type CountNaiveBayes, countModel, learnCounts, learnPresence } from './counts.ts';
import { type GaussianNaiveBayes, gaussianModel, learnGaussian } from './gaussian.ts';

const KINDS = ['gaussian', 'multinomial', 'bernoulli'] as const;

export type NaiveBayesOptions =
  /**
   * Measurements: in each class a normal distribution for each feature. `smoothing` times the largest variance of a
   * feature is added to all variances, so that none is 0. Default 1e-9.
   */
  | { kind?: 'gaussian'; smoothing?: number }
  /**
   * Counts, such as those of words. `smoothing` is added to every count, so that a word that a class never had does not
   * rule the class out. Default 1 (Laplace).
   */
  | { kind: 'multinomial'; smoothing?: number }
  /** There or not there: a number above 0 counts as there. `smoothing` as for counts. */
  | { kind: 'bernoulli'; smoothing?: number };

/**
 * Naive Bayes: the class that makes the features likeliest, each feature by itself; in logarithms, as the product of many
 * small probabilities is 0 in a computer (Murphy, Machine Learning, 3.5; McCallum and Nigam, A comparison of event
 * models for naive Bayes text classification, 1998).
 *
 * x: (rows, features); y: classes. Throws on empty, missing or unlike data, on one class, and on counts below 0.
 *
 * @example
 * const counts = [[3, 0], [2, 1], [0, 4]];   // of the words 'offer' and 'meeting'
 * const model = supervised.naiveBayes({ x: counts, y: ['spam', 'spam', 'ham'] }, { kind: 'multinomial' });
 * model.predict([[1, 0]]);   // ['spam']
 */
export function naiveBayes<Data extends Examples>(
  data: Data,
  options: { kind: 'multinomial' | 'bernoulli'; smoothing?: number },
): CountNaiveBayes<LabelOf<Data>>;
export function naiveBayes<Data extends Examples>(
  data: Data,
  options?: { kind?: 'gaussian'; smoothing?: number },
): GaussianNaiveBayes<LabelOf<Data>>;
export function naiveBayes(data: Examples, options: NaiveBayesOptions = {}): GaussianNaiveBayes | CountNaiveBayes {
  const where = 'supervised.naiveBayes';
  assertKeys(`${where}(data, options)`, options, ['kind', 'smoothing']);
  const { kind = 'gaussian' } = options;
  assertOneOf(`${where}({ kind })`, kind, KINDS);
  const { smoothing = kind === 'gaussian' ? 1e-9 : 1 } = options;
  assertNumber(`${where}({ smoothing })`, smoothing, { min: 0, aboveMin: true });
  const examples = readClassExamples(`${where}(data)`, data);
  if (kind === 'gaussian') return gaussianModel(learnGaussian(examples, smoothing));
  if (kind === 'bernoulli') return countModel(kind, learnPresence(examples, smoothing));
  assertCounts(`${where}(data): x`, examples.x);
  return countModel(kind, learnCounts(examples, smoothing));
}
