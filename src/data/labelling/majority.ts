import { assertKeys, assertOneOf, random } from '../../core/index.ts';
import { countVotes, type Label, numberVotes, type Votes } from './votes.ts';

export interface MajorityOptions {
  /** Which of equally frequent labels wins: the first in order, one by lot, or none. Default 'first'. */
  ties?: 'first' | 'random' | 'none';
  /** For ties: 'random'. Default 0. */
  seed?: number;
}

export interface Majority<L extends Label> {
  /** The winner for each item; null where nobody voted, or at a tie that nobody wins. */
  labels: (L | null)[];
  /** The share of the votes that the winner has: how sure the crowd is. */
  shares: number[];
  /** Items at which several labels have equally many votes. */
  ties: number[];
}

/**
 * The label that most annotators gave.
 *
 * @example data.labelling.majorityVote([['a', 'a', 'b'], ['b', null, 'a']], { ties: 'none' }).labels  // ['a', null]
 */
export function majorityVote<L extends Label>(votes: Votes<L>, options: MajorityOptions = {}): Majority<L> {
  assertKeys('majorityVote(votes, options)', options, ['ties', 'seed']);
  const { ties = 'first', seed = 0 } = options;
  assertOneOf('majorityVote({ ties })', ties, ['first', 'random', 'none'] as const);
  const { classes, rows } = numberVotes('majorityVote(votes)', votes);
  const lot = random(seed);
  const result: Majority<L> = { labels: [], shares: [], ties: [] };
  rows.forEach((row, item) => {
    const counts = countVotes(row, classes.length);
    const most = Math.max(...counts);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const winners = classes.filter((_, j) => total > 0 && counts[j] === most);
    if (winners.length > 1) result.ties.push(item);
    const winner =
      winners.length > 1 && ties !== 'first' ? (ties === 'none' ? undefined : lot.choice(winners)) : winners[0];
    result.labels.push(winner ?? null);
    result.shares.push(total === 0 ? 0 : most / total);
  });
  return result;
}
