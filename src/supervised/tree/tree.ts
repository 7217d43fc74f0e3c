import {
  assertInteger,
  assertKeys,
  assertOneOf,
  countOf,
  createFitted,
  type Dense,
  dense,
  type Label,
  type SavedFields,
} from '../../core/index.ts';
import { type Classifier, classifierMethods } from '../classifier.ts';
import { type Regressor, regressorMethods } from '../regressor.ts';
import { type Examples, type LabelOf, readClassExamples, readNumberExamples } from '../targets.ts';
import { classCriterion, varianceCriterion } from './criterion.ts';
import { grow } from './grow.ts';
import {
  countLeaves,
  depthOf,
  importancesOf,
  isTree,
  leafOf,
  printTree,
  type TreeLeaf,
  type TreeNode,
} from './node.ts';

export interface TreeOptions {
  /** At most so many questions one after the other. Default 32. */
  depth?: number;
  /** At least so many rows in each leaf. Default 1. */
  minLeaf?: number;
}

interface Tree {
  readonly kind: 'tree';
  readonly root: TreeNode;
  readonly depth: number;
  readonly leaves: number;
  /** How much of the tree's work each feature does; adds up to 1. */
  readonly importances: readonly number[];
  /** The tree as indented text. */
  toString(): string;
}

export interface TreeClassifier<L extends Label = Label> extends Classifier<L>, Tree {
  readonly kind: 'tree';
  readonly task: 'classification';
  readonly criterion: 'gini' | 'entropy';
}

export interface TreeRegressor extends Regressor, Tree {
  readonly kind: 'tree';
  readonly task: 'regression';
  readonly criterion: 'variance';
}

/**
 * A decision tree: questions about one feature at a time (Breiman et al., Classification and Regression Trees, 1984).
 * Features need no scaling.
 *
 * x: (rows, features); y: classes, or with task 'regression' numbers. Throws on empty, missing or unlike data, and on
 * one class.
 *
 * @example
 * const model = supervised.tree({ x: [[1], [2], [8], [9]], y: ['low', 'low', 'high', 'high'] }, { depth: 3 });
 * String(model);
 */
export function tree<Data extends Examples>(
  data: Data,
  options?: TreeOptions & { task?: 'classification'; criterion?: 'gini' | 'entropy' },
): TreeClassifier<LabelOf<Data>>;
export function tree(
  data: Examples,
  options: TreeOptions & { task: 'regression'; criterion?: 'variance' },
): TreeRegressor;
export function tree(
  data: Examples,
  options: TreeOptions & { task?: 'classification' | 'regression'; criterion?: 'gini' | 'entropy' | 'variance' } = {},
): TreeClassifier | TreeRegressor {
  const where = 'supervised.tree';
  assertKeys(`${where}(data, options)`, options, ['task', 'criterion', 'depth', 'minLeaf']);
  const { task = 'classification', depth = 32, minLeaf = 1 } = options;
  assertOneOf(`${where}({ task })`, task, ['classification', 'regression'] as const);
  assertInteger(`${where}({ depth })`, depth, { min: 1, max: 1000 });
  assertInteger(`${where}({ minLeaf })`, minLeaf, { min: 1 });
  if (task === 'regression') {
    const { criterion = 'variance' } = options;
    assertOneOf(`${where}({ criterion })`, criterion, ['variance'] as const);
    const { x, y } = readNumberExamples(`${where}(data)`, data);
    return regressor(x.features, grow(x, varianceCriterion(y), { depth, minLeaf }));
  }
  const { criterion = 'gini' } = options;
  assertOneOf(`${where}({ criterion })`, criterion, ['gini', 'entropy'] as const);
  const { x, codes, classes } = readClassExamples(`${where}(data)`, data);
  const root = grow(x, classCriterion(criterion, codes, classes.length), { depth, minLeaf });
  return classifier(x.features, classes, criterion, root);
}

function classifier(
  features: readonly string[],
  classes: readonly Label[],
  criterion: 'gini' | 'entropy',
  root: TreeNode,
): TreeClassifier {
  const probabilitiesOf = (x: Dense) => {
    const out = dense(x.rows, classes.length);
    for (let row = 0; row < x.rows; row++)
      out.values.set(leafOf(root, x.values, row * x.columns).value, row * classes.length);
    return out;
  };
  const say = ({ value, samples }: TreeLeaf) => {
    const share = Math.max(...value);
    return `${classes[value.indexOf(share)]} (${Math.round(share * samples)} of ${samples})`;
  };
  const members = {
    ...parts(features, root, say),
    task: 'classification' as const,
    criterion,
    ...classifierMethods({ features, classes, probabilitiesOf }),
  };
  return createFitted(
    members,
    () => ({ task: 'classification', criterion, classes, ...savedParts(members) }),
    () => ({
      caption: `Decision tree on ${countOf(features.length, 'feature')}, ${countOf(members.leaves, 'leaf', 'leaves')}\n${members}`,
    }),
  );
}

function regressor(features: readonly string[], root: TreeNode): TreeRegressor {
  const predictionsOf = (x: Dense) =>
    Float64Array.from({ length: x.rows }, (_, row) => leafOf(root, x.values, row * x.columns).value[0]!);
  const say = ({ value, samples }: TreeLeaf) => `${Number(value[0]!.toPrecision(4))} (${countOf(samples, 'row')})`;
  const members = {
    ...parts(features, root, say),
    task: 'regression' as const,
    criterion: 'variance' as const,
    ...regressorMethods(features, predictionsOf),
  };
  return createFitted(
    members,
    () => ({ task: 'regression', criterion: 'variance', ...savedParts(members) }),
    () => ({
      caption: `Regression tree on ${countOf(features.length, 'feature')}, ${countOf(members.leaves, 'leaf', 'leaves')}\n${members}`,
    }),
  );
}

function parts(features: readonly string[], root: TreeNode, say: (leaf: TreeLeaf) => string) {
  return {
    kind: 'tree' as const,
    features,
    root,
    depth: depthOf(root),
    leaves: countLeaves(root),
    importances: importancesOf(root, features.length),
    toString: () => printTree(root, features, say),
  };
}

/** The importances follow from the tree; in the file they are for whoever reads it. */
function savedParts({ importances, root }: Tree) {
  return { importances, root };
}

export function restoreTree(saved: SavedFields): TreeClassifier | TreeRegressor {
  const { features } = saved;
  saved.numbers('importances', features.length);
  const rootOf = (width: number) =>
    saved.checked('root', `a tree on ${features.length} features`, (value): value is TreeNode =>
      isTree(value, features.length, width),
    );
  if (saved.oneOf('task', ['classification', 'regression']) === 'regression') {
    saved.oneOf('criterion', ['variance']);
    return regressor(features, rootOf(1));
  }
  const classes = saved.labels();
  return classifier(features, classes, saved.oneOf('criterion', ['gini', 'entropy']), rootOf(classes.length));
}
