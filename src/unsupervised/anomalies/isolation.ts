import type { Dense, Random } from '../../core/index.ts';

/** A node that parts rows by one feature at a random place, or one where `rows` rows ended. */
export type IsolationNode =
  | { readonly rows: number }
  | {
      readonly feature: number;
      readonly threshold: number;
      readonly left: IsolationNode;
      readonly right: IsolationNode;
    };

/**
 * An isolation tree (Liu, Ting and Zhou, 2008): parts a sample by random features at random places until each row is
 * alone. What is odd is alone soon.
 */
export function isolationTree(x: Dense, sample: Int32Array, depth: number, random: Random): IsolationNode {
  const varying = depth > 0 && sample.length > 1 ? varyingFeatures(x, sample) : [];
  if (varying.length === 0) return { rows: sample.length };
  const { feature, low, high } = random.choice(varying);
  const threshold = random.uniform(low, high);
  const value = (row: number) => x.values[row * x.columns + feature]!;
  return {
    feature,
    threshold,
    left: isolationTree(
      x,
      sample.filter(row => value(row) <= threshold),
      depth - 1,
      random,
    ),
    right: isolationTree(
      x,
      sample.filter(row => value(row) > threshold),
      depth - 1,
      random,
    ),
  };
}

function varyingFeatures({ values, columns }: Dense, sample: Int32Array) {
  const found: { feature: number; low: number; high: number }[] = [];
  for (let feature = 0; feature < columns; feature++) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const row of sample) {
      low = Math.min(low, values[row * columns + feature]!);
      high = Math.max(high, values[row * columns + feature]!);
    }
    if (low < high) found.push({ feature, low, high });
  }
  return found;
}

/** How many questions part a row from the others; where several rows ended, how many more it would take. */
export function pathLength(root: IsolationNode, values: ArrayLike<number>, offset: number): number {
  let node = root;
  let length = 0;
  while ('left' in node) {
    node = values[offset + node.feature]! <= node.threshold ? node.left : node.right;
    length++;
  }
  return length + expectedLength(node.rows);
}

/** The mean path length of a row in a random tree of so many rows. */
export function expectedLength(rows: number): number {
  if (rows <= 1) return 0;
  if (rows === 2) return 1;
  const EULER = 0.5772156649015329;
  return 2 * (Math.log(rows - 1) + EULER) - (2 * (rows - 1)) / rows;
}

/** Checks what a file says is such a tree. */
export function isIsolationTree(value: unknown, features: number): value is IsolationNode {
  const node = value as {
    rows?: unknown;
    feature?: unknown;
    threshold?: unknown;
    left?: unknown;
    right?: unknown;
  } | null;
  if (node === null || typeof node !== 'object') return false;
  if (!('left' in node)) return Number.isInteger(node.rows) && (node.rows as number) >= 0;
  const { feature, threshold } = node as { feature: number; threshold: number };
  const isQuestion = Number.isInteger(feature) && feature >= 0 && feature < features && Number.isFinite(threshold);
  return isQuestion && isIsolationTree(node.left, features) && isIsolationTree(node.right, features);
}
