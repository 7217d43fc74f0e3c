import type { Dense } from '../../core/index.ts';
import type { Criterion } from './criterion.ts';
import type { TreeNode } from './node.ts';

export interface GrowOptions {
  /** At most so many questions one after the other. */
  depth: number;
  /** At least so many rows in each leaf. */
  minLeaf: number;
}

/**
 * Parts the rows in two, again and again, each time by the one feature and threshold that leave the parts least mixed
 * (Breiman et al., Classification and Regression Trees, 1984). Of equally good ones the first feature is taken.
 *
 * The rows are sorted once for each feature; parting a node keeps them in order (Mehta et al., SLIQ, 1996).
 */
export function grow(x: Dense, criterion: Criterion, options: GrowOptions): TreeNode {
  const orders = sortedRows(x);
  const goesLeft = new Uint8Array(x.rows);
  const spare = new Int32Array(x.rows);
  return growNode(0, x.rows, 0);

  /** The node whose rows stand from `from` to `to` in the order of each feature. */
  function growNode(from: number, to: number, depth: number): TreeNode {
    const leaf = { samples: to - from, ...criterion.begin(orders[0]!, from, to) };
    if (depth === options.depth || leaf.impurity < 1e-14 || leaf.samples < 2 * options.minLeaf) return leaf;
    const split = bestSplit(x, orders, criterion, from, to, options.minLeaf);
    if (!split) return leaf;
    const { feature, place } = split;
    goesLeft.fill(0);
    for (let i = from; i < place; i++) goesLeft[orders[feature]![i]!] = 1;
    for (const order of orders) part(order, goesLeft, spare, from, to);
    const left = growNode(from, place, depth + 1);
    const right = growNode(place, to, depth + 1);
    return { ...leaf, feature, threshold: split.threshold, left, right };
  }
}

/** For each feature the rows from its smallest value to its largest. */
function sortedRows({ values, rows, columns }: Dense): Int32Array[] {
  return Array.from({ length: columns }, (_, feature) => {
    const column = Float64Array.from({ length: rows }, (_, row) => values[row * columns + feature]!);
    return Int32Array.from({ length: rows }, (_, row) => row).sort((a, b) => column[a]! - column[b]! || a - b);
  });
}

interface Split {
  feature: number;
  threshold: number;
  /** In the order of the feature, the first row that goes right. */
  place: number;
}

function bestSplit(
  x: Dense,
  orders: readonly Int32Array[],
  criterion: Criterion,
  from: number,
  to: number,
  minLeaf: number,
): Split | undefined {
  let best: Split | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (const [feature, order] of orders.entries()) {
    criterion.reset();
    let next = x.values[order[from]! * x.columns + feature]!;
    if (next === x.values[order[to - 1]! * x.columns + feature]) continue; // all the same: nothing to ask
    for (let place = from + 1; place <= to - minLeaf; place++) {
      const value = next;
      criterion.move(order[place - 1]!);
      next = x.values[order[place]! * x.columns + feature]!;
      if (next === value || place - from < minLeaf) continue;
      const cost = criterion.cost();
      // By more than rounding, so that the order of the rows does not choose between equals.
      if (best && cost >= lowest - 1e-10 * Math.abs(lowest)) continue;
      lowest = cost;
      const middle = value + (next - value) / 2;
      best = { feature, threshold: middle < next ? middle : value, place };
    }
  }
  return best;
}

/** Those that go left to the front, all in the order that they had. */
function part(order: Int32Array, goesLeft: Uint8Array, spare: Int32Array, from: number, to: number): void {
  let [left, right] = [from, 0];
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    if (goesLeft[row]) order[left++] = row;
    else spare[right++] = row;
  }
  order.set(spare.subarray(0, right), left);
}
