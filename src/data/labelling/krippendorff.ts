import { assertKeys, assertOneOf, describe, mismatch } from '../../core/index.ts';
import { countVotes, type Label, numberVotes, type Votes } from './votes.ts';

/** How far apart two labels are: the same or not, by how many lie between, or as numbers. */
export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval';

/**
 * How far annotators agree beyond chance, of any number, with votes missing: Krippendorff's α (Content Analysis, 4th
 * edition, 12.3). 1: the same always; 0: as by chance. Items with fewer than two votes are not counted.
 *
 * @example data.labelling.krippendorffAlpha([[1, 2, 1], [3, 3, null], [2, null, 2]], { level: 'interval' })
 */
export function krippendorffAlpha<L extends Label>(
  votes: Votes<L>,
  options: { level?: MeasurementLevel } = {},
): number {
  const where = 'krippendorffAlpha(votes)';
  assertKeys('krippendorffAlpha(votes, options)', options, ['level']);
  const { level = 'nominal' } = options;
  assertOneOf('krippendorffAlpha({ level })', level, ['nominal', 'ordinal', 'interval'] as const);
  const { classes, rows } = numberVotes(where, votes);
  const word = classes.find(label => typeof label !== 'number');
  if (level === 'interval' && word !== undefined)
    throw mismatch({
      where: 'krippendorffAlpha({ level })',
      expected: 'votes that are numbers',
      received: describe(word),
    });

  const counts = rows
    .map(row => countVotes(row, classes.length))
    .filter(row => row.reduce((sum, count) => sum + count, 0) >= 2);
  const totals = classes.map((_, j) => counts.reduce((sum, row) => sum + row[j]!, 0));
  const all = totals.reduce((sum, count) => sum + count, 0);
  if (all === 0) throw mismatch({ where, expected: 'at least one item with two votes', received: 'none' });

  const distance = distances(classes, totals, level);
  let [apart, apartByChance] = [0, 0];
  for (let i = 0; i < classes.length; i++)
    for (let j = 0; j < classes.length; j++) {
      const far = distance(i, j);
      for (const row of counts) {
        const size = row.reduce((sum, count) => sum + count, 0);
        apart += (row[i]! * row[j]! * far) / (size - 1);
      }
      apartByChance += (totals[i]! * totals[j]! * far) / (all - 1);
    }
  return 1 - apart / apartByChance;
}

function distances(classes: readonly Label[], totals: readonly number[], level: MeasurementLevel) {
  return (i: number, j: number): number => {
    if (i === j) return 0;
    if (level === 'nominal') return 1;
    if (level === 'interval') return (Number(classes[i]) - Number(classes[j])) ** 2;
    const [low, high] = i < j ? [i, j] : [j, i];
    const between = totals.slice(low, high + 1).reduce((sum, count) => sum + count, 0);
    return (between - (totals[low]! + totals[high]!) / 2) ** 2;
  };
}
