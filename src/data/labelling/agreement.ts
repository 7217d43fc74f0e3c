import { assertKeys, assertOneOf, describe, isMissing, mismatch } from '../../core/index.ts';
import type { Displayable } from '../../display/channel.ts';
import { report } from '../cleaning/report.ts';
import { classesOf, countVotes, type Label, numberVotes, type Votes } from './votes.ts';

export interface KappaOptions<L extends Label> {
  /** How much worse it is to be further apart: 'linear' or 'quadratic' in the order of the classes. Default 'none'. */
  weights?: 'none' | 'linear' | 'quadratic';
  /** The classes in their order. Default: numbers by size, names by letters. */
  classes?: readonly L[];
}

export interface Agreement extends Displayable {
  /** 1: the same always; 0: as often as by chance; NaN where both know one class only. */
  kappa: number;
  /** The share of items on which they agree, and the share that would be by chance. */
  observed: number;
  chance: number;
  classes: string[];
  /** `matrix[i][j]`: how many items the first called `i` and the second `j`. `plot.confusion` draws it. */
  matrix: number[][];
}

/**
 * How far two annotators agree beyond chance: Cohen's κ (Educational and Psychological Measurement 20, 1960), weighted as
 * in Cohen, 1968. Items that either has left out are not counted.
 *
 * @example data.labelling.cohenKappa(['cat', 'dog', 'cat', 'dog'], ['cat', 'dog', 'dog', 'dog']).kappa  // 0.5
 */
export function cohenKappa<L extends Label>(
  first: readonly (L | null | undefined)[],
  second: readonly (L | null | undefined)[],
  options: KappaOptions<L> = {},
): Agreement {
  const where = 'cohenKappa(first, second)';
  assertKeys('cohenKappa(…, options)', options, ['weights', 'classes']);
  const { weights = 'none' } = options;
  assertOneOf('cohenKappa({ weights })', weights, ['none', 'linear', 'quadratic'] as const);
  if (first.length !== second.length)
    throw mismatch({ where, expected: 'labels of the same items', received: `${first.length} and ${second.length}` });
  const both = first.flatMap((label, item) => (isMissing(label) || isMissing(second[item]) ? [] : [item]));
  if (both.length === 0) throw mismatch({ where, expected: 'at least one item that both labelled', received: 'none' });
  const classes = options.classes ?? classesOf([...first, ...second]);
  const numberOf = new Map(classes.map((label, number) => [label, number]));
  const place = (label: L) => {
    const number = numberOf.get(label);
    if (number !== undefined) return number;
    throw mismatch({ where: 'cohenKappa({ classes })', expected: 'all that was said', received: describe(label) });
  };

  const matrix = classes.map(() => new Array<number>(classes.length).fill(0));
  for (const item of both) matrix[place(first[item]!)]![place(second[item]!)]!++;
  const rows = matrix.map(row => row.reduce((sum, count) => sum + count, 0) / both.length);
  const columns = classes.map((_, j) => matrix.reduce((sum, row) => sum + row[j]!, 0) / both.length);
  let [apart, apartByChance] = [0, 0];
  let [observed, chance] = [0, 0];
  for (let i = 0; i < classes.length; i++)
    for (let j = 0; j < classes.length; j++) {
      const weight = weights === 'none' ? Number(i !== j) : weights === 'linear' ? Math.abs(i - j) : (i - j) ** 2;
      apart += (weight * matrix[i]![j]!) / both.length;
      apartByChance += weight * rows[i]! * columns[j]!;
      if (i === j) observed += matrix[i]![j]! / both.length;
      if (i === j) chance += rows[i]! * columns[j]!;
    }
  const names = classes.map(String);
  const kappa = 1 - apart / apartByChance;
  return report({ kappa, observed, chance, classes: names, matrix }, () => ({
    caption: `κ = ${kappa.toFixed(3)}: they agree on ${percent(observed)}, by chance it would be ${percent(chance)}`,
    columns: names,
    index: names,
    rows: matrix,
  }));
}

export interface GroupAgreement {
  kappa: number;
  observed: number;
  chance: number;
  /** κ of each class against all others: which of them is hard to tell. */
  byClass: Record<string, number>;
}

/**
 * How far several annotators agree beyond chance: Fleiss' κ (Psychological Bulletin 76, 1971). Every item needs the same
 * number of votes, at least two; who cast them plays no part.
 *
 * @example data.labelling.fleissKappa([['a', 'a', 'a'], ['a', 'b', 'b'], ['b', 'b', 'b']]).kappa
 */
export function fleissKappa<L extends Label>(votes: Votes<L>): GroupAgreement {
  const where = 'fleissKappa(votes)';
  const { classes, rows } = numberVotes(where, votes);
  const counts = rows.map(row => countVotes(row, classes.length));
  const sizes = counts.map(row => row.reduce((sum, count) => sum + count, 0));
  const [size = 0] = sizes;
  const odd = sizes.findIndex(other => other !== size);
  if (size < 2 || odd >= 0)
    throw mismatch({
      where,
      expected: 'the same number of votes, at least 2, for each item',
      received: odd >= 0 ? `${size} for item 0 and ${sizes[odd]} for item ${odd}` : String(size),
      hint: 'data.labelling.krippendorffAlpha takes votes of which some are missing.',
    });
  const items = counts.length;
  const pairs = counts.map(row => row.reduce((sum, count) => sum + count * (count - 1), 0) / (size * (size - 1)));
  const shares = classes.map((_, j) => counts.reduce((sum, row) => sum + row[j]!, 0) / (items * size));
  const observed = pairs.reduce((sum, value) => sum + value, 0) / items;
  const chance = shares.reduce((sum, share) => sum + share * share, 0);
  const byClass = Object.fromEntries(
    classes.map((label, j) => {
      const apart = counts.reduce((sum, row) => sum + row[j]! * (size - row[j]!), 0);
      const share = shares[j]!;
      return [String(label), 1 - apart / (items * size * (size - 1) * share * (1 - share))];
    }),
  );
  return { kappa: (observed - chance) / (1 - chance), observed, chance, byClass };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
