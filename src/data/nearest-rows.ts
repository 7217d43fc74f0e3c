/** What k-nearest imputation learned: the rows of numbers of the training part, scaled, NaN where one is missing. */
export interface Donors {
  columns: string[];
  /** Mean and standard deviation of each column: distances are measured in the latter. */
  means: number[];
  deviations: number[];
  rows: number[][];
}

/**
 * The mean of a column over the `neighbours` donors that are nearest to a row and have a value there. Distances leave out
 * the numbers that either row lacks and are stretched for it, as in scikit-learn's `nan_euclidean_distances`. Without any
 * donor to compare with, the mean of the column.
 */
export function nearestMean(donors: Donors, row: readonly number[], column: number, neighbours: number): number {
  const { rows, columns } = donors;
  const found: { distance: number; value: number }[] = [];
  for (const donor of rows) {
    const value = donor[column]!;
    if (Number.isNaN(value)) continue;
    let [squares, shared] = [0, 0];
    for (let i = 0; i < columns.length; i++) {
      const difference = donor[i]! - row[i]!;
      if (Number.isNaN(difference)) continue;
      squares += difference * difference;
      shared++;
    }
    if (shared > 0) insert(found, { distance: squares / shared, value }, neighbours);
  }
  if (found.length === 0) return 0;
  return found.reduce((sum, { value }) => sum + value, 0) / found.length;
}

/** Keeps the nearest few in order. */
function insert(
  found: { distance: number; value: number }[],
  candidate: { distance: number; value: number },
  most: number,
) {
  if (found.length === most && candidate.distance >= found[most - 1]!.distance) return;
  let place = found.length;
  while (place > 0 && found[place - 1]!.distance > candidate.distance) place--;
  found.splice(place, 0, candidate);
  if (found.length > most) found.pop();
}
