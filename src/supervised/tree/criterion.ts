/**
 * How mixed the rows of a node are, and how mixed they would be in two parts. All begin in the right part; `move` brings
 * one to the left, so that the parts of each threshold cost one step from those of the one before.
 */
export interface Criterion {
  /** A new node. */
  begin(order: Int32Array, from: number, to: number): { value: number[]; impurity: number };
  /** All of its rows to the right again. */
  reset(): void;
  move(row: number): void;
  /** Rows × impurity of both parts, but for a constant of the node. */
  cost(): number;
}

export type CriterionName = 'gini' | 'entropy' | 'variance';

/**
 * Of classes: Gini's index 1 − Σp², or the entropy −Σp·log₂p. Both are made of sums over classes of a function of their
 * counts, which change by one class at each move.
 */
export function classCriterion(name: 'gini' | 'entropy', codes: Int32Array, classes: number): Criterion {
  const all = new Float64Array(classes);
  const left = new Float64Array(classes);
  const right = new Float64Array(classes);
  const term = name === 'gini' ? (count: number) => count * count : xLogX;
  // Rows × impurity of a part with so many rows and that sum of terms.
  const weighted =
    name === 'gini' ? (n: number, sum: number) => n - sum / n : (n: number, sum: number) => xLogX(n) - sum;
  let [rows, rowsLeft, sumLeft, sumRight, sumAll] = [0, 0, 0, 0, 0];
  return {
    begin(order, from, to) {
      all.fill(0);
      for (let i = from; i < to; i++) all[codes[order[i]!]!]!++;
      sumAll = all.reduce((sum, count) => sum + term(count), 0);
      rows = to - from;
      return { value: Array.from(all, count => count / rows), impurity: Math.max(0, weighted(rows, sumAll) / rows) };
    },
    reset() {
      [rowsLeft, sumLeft, sumRight] = [0, 0, sumAll];
      left.fill(0);
      right.set(all);
    },
    move(row) {
      const code = codes[row]!;
      sumLeft -= term(left[code]!);
      sumRight -= term(right[code]!);
      left[code]!++;
      right[code]!--;
      sumLeft += term(left[code]!);
      sumRight += term(right[code]!);
      rowsLeft++;
    },
    cost: () => weighted(rowsLeft, sumLeft) + weighted(rows - rowsLeft, sumRight),
  };
}

/** Of numbers: their variance; around the node's mean, so that the squares stay small. */
export function varianceCriterion(y: Float64Array): Criterion {
  let [rows, rowsLeft, sumLeft, mean] = [0, 0, 0, 0];
  return {
    begin(order, from, to) {
      rows = to - from;
      let [sum, square] = [0, 0];
      for (let i = from; i < to; i++) sum += y[order[i]!]!;
      mean = sum / rows;
      for (let i = from; i < to; i++) square += (y[order[i]!]! - mean) ** 2;
      return { value: [mean], impurity: square / rows };
    },
    reset() {
      [rowsLeft, sumLeft] = [0, 0];
    },
    move(row) {
      sumLeft += y[row]! - mean;
      rowsLeft++;
    },
    // Around the mean, what the right part sums up to is the left part's sum with the other sign.
    cost: () => -(sumLeft * sumLeft) * (1 / rowsLeft + 1 / (rows - rowsLeft)),
  };
}

function xLogX(count: number): number {
  return count === 0 ? 0 : count * Math.log2(count);
}
