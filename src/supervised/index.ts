/** Models that learn from examples with answers. Fitting gives a fitted model; each keeps to one contract. */
export type { Features, Fitted, Predictor, Rows, SavedModel } from '../core/index.ts';
export type { Classifier } from './classifier.ts';
export type { LogisticOptions } from './cross-entropy.ts';
export { type KnnClassifier, type KnnOptions, type KnnRegressor, knn, type NearRows } from './knn.ts';
export {
  type LinearModel,
  type LinearOptions,
  linear,
  type RidgeModel,
  type RidgeOptions,
  ridge,
} from './linear.ts';
export { type LogisticModel, logistic } from './logistic.ts';
export type { CountNaiveBayes } from './naive-bayes/counts.ts';
export type { GaussianNaiveBayes } from './naive-bayes/gaussian.ts';
export { type NaiveBayesOptions, naiveBayes } from './naive-bayes/naive-bayes.ts';
export type { Regressor } from './regressor.ts';
export { load, type SupervisedKind, type SupervisedModel, save } from './save.ts';
export { type SoftmaxModel, softmax } from './softmax.ts';
export type { Examples, LabelOf } from './targets.ts';
export type { TreeLeaf, TreeNode, TreeSplit } from './tree/node.ts';
export { type TreeClassifier, type TreeOptions, type TreeRegressor, tree } from './tree/tree.ts';
