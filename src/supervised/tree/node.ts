/** A place in a tree where rows end: all of them get the same prediction. */
export interface TreeLeaf {
  /** How many of the rows that it was fitted on came here. */
  readonly samples: number;
  /** How mixed they are by the tree's criterion; 0 if all are the same. */
  readonly impurity: number;
  /** The share of each class, in the order of `classes`; of a regression the mean alone. */
  readonly value: readonly number[];
}

/** A place where rows part: those with `feature` ≤ `threshold` go left. */
export interface TreeSplit extends TreeLeaf {
  /** The number of the feature; its name is `features[feature]`. */
  readonly feature: number;
  readonly threshold: number;
  readonly left: TreeNode;
  readonly right: TreeNode;
}

export type TreeNode = TreeLeaf | TreeSplit;

export function isSplit(node: TreeNode): node is TreeSplit {
  return 'left' in node;
}

export function leafOf(root: TreeNode, values: ArrayLike<number>, offset: number): TreeLeaf {
  let node = root;
  while (isSplit(node)) node = values[offset + node.feature]! <= node.threshold ? node.left : node.right;
  return node;
}

export function countLeaves(node: TreeNode): number {
  return isSplit(node) ? countLeaves(node.left) + countLeaves(node.right) : 1;
}

/** How many questions lead to the deepest leaf. */
export function depthOf(node: TreeNode): number {
  return isSplit(node) ? 1 + Math.max(depthOf(node.left), depthOf(node.right)) : 0;
}

/**
 * How much each feature made the rows less mixed, of all that the tree did; adds up to 1, unless it does nothing
 * (Breiman et al., Classification and Regression Trees, 5.3.4, without surrogates).
 */
export function importancesOf(root: TreeNode, features: number): number[] {
  const gains = new Array<number>(features).fill(0);
  const add = (node: TreeNode): void => {
    if (!isSplit(node)) return;
    const { left, right } = node;
    const after = left.samples * left.impurity + right.samples * right.impurity;
    gains[node.feature]! += node.samples * node.impurity - after;
    add(left);
    add(right);
  };
  add(root);
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return total > 0 ? gains.map(gain => gain / total) : gains;
}

/** The tree as indented text, a line for each question and each leaf. */
export function printTree(root: TreeNode, features: readonly string[], say: (leaf: TreeLeaf) => string): string {
  const lines: string[] = [];
  const print = (node: TreeNode, first: string, rest: string): void => {
    if (!isSplit(node)) {
      lines.push(first + say(node));
      return;
    }
    lines.push(`${first}${features[node.feature]} ≤ ${Number(node.threshold.toPrecision(4))}?`);
    print(node.left, `${rest}├─ yes: `, `${rest}│  `);
    print(node.right, `${rest}└─ no: `, `${rest}   `);
  };
  print(root, '', '');
  return lines.join('\n');
}

/** Checks what a file says is a tree of so many features and numbers a leaf. */
export function isTree(value: unknown, features: number, width: number): value is TreeNode {
  const node = value as Partial<TreeSplit> | null;
  const isLeaf =
    node !== null &&
    typeof node === 'object' &&
    Number.isFinite(node.samples) &&
    Number.isFinite(node.impurity) &&
    Array.isArray(node.value) &&
    node.value.length === width &&
    node.value.every(Number.isFinite);
  if (!isLeaf || !('left' in node || 'right' in node)) return isLeaf;
  const { feature, threshold } = node;
  const isQuestion = Number.isInteger(feature) && feature! >= 0 && feature! < features && Number.isFinite(threshold);
  return isQuestion && isTree(node.left, features, width) && isTree(node.right, features, width);
}
