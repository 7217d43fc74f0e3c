import { type Dense, mismatch } from '../core/index.ts';

/** The sum of the squared distances of the rows to their mean. */
export function squaredSpread({ values, rows, columns }: Dense): number {
  let total = 0;
  for (let j = 0; j < columns; j++) {
    let [mean, square] = [0, 0];
    for (let i = 0; i < rows; i++) mean += values[i * columns + j]!;
    mean /= rows;
    for (let i = 0; i < rows; i++) square += (values[i * columns + j]! - mean) ** 2;
    total += square;
  }
  return total;
}

/**
 * Of the squared distances to the mean, the share that is explained: 1 is all, 0 is none, below 0 is worse than the mean.
 * `left` is the sum of the squares that are not.
 */
export function explainedShare(x: Dense, left: number): number {
  const spread = squaredSpread(x);
  if (spread > 0) return 1 - left / spread;
  throw mismatch({
    where: 'model.score(x)',
    expected: 'rows that differ',
    received: x.rows === 1 ? 'one row' : `${x.rows} rows that are all the same`,
    hint: 'There is no variance to explain.',
  });
}
