import { describe, mismatch } from '../../core/index.ts';

/** A row of class probabilities an item, or for two classes the probability of the second. */
export type Probabilities = readonly (readonly number[])[] | readonly number[] | Float32Array | Float64Array;

/** Rows that sum to 1; anything else is an error, as scores or logits would give a wrong order quietly. */
export function probabilityRows(where: string, probabilities: Probabilities): number[][] {
  const rows = Array.from<number | readonly number[], number[]>(
    probabilities as ArrayLike<number | readonly number[]>,
    row => (typeof row === 'number' ? [1 - row, row] : [...row]),
  );
  if (rows.length === 0) throw mismatch({ where, expected: 'probabilities of at least one item', received: 'none' });
  const size = rows[0]!.length;
  rows.forEach((row, item) => {
    const sum = row.reduce((total, value) => total + value, 0);
    if (row.length === size && row.every(value => value >= 0 && value <= 1) && Math.abs(sum - 1) < 1e-3) return;
    throw mismatch({
      where,
      expected: `${size} probabilities for each item, which sum to 1`,
      received: `${describe(row.map(value => Number(value.toPrecision(3))))} for item ${item}`,
      hint: 'Scores become probabilities by tf.softmax.',
    });
  });
  return rows;
}
