import { describe, isMissing, mismatch } from '../../core/index.ts';

/** What an annotator may say: a name or a number. */
export type Label = string | number;

/** One row an item, one place an annotator; null where one did not say anything. */
export type Votes<L extends Label = Label> = readonly (readonly (L | null | undefined)[])[];

/** Votes as class numbers, −1 where there is none. */
export interface NumberedVotes<L extends Label> {
  classes: L[];
  annotators: number;
  rows: Int32Array[];
}

/** The classes in order: numbers by size, names by letters. */
export function classesOf<L extends Label>(labels: Iterable<L | null | undefined>): L[] {
  const distinct = [...new Set(labels)].filter((label): label is L => !isMissing(label));
  return distinct.sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : a < b ? -1 : 1));
}

export function numberVotes<L extends Label>(where: string, votes: Votes<L>): NumberedVotes<L> {
  if (!Array.isArray(votes) || votes.length === 0 || !votes.every(Array.isArray))
    throw mismatch({
      where,
      expected: 'a list of votes for each item',
      received: describe(votes),
      hint: "Such as [['cat', 'cat', 'dog'], ['dog', null, 'dog']]: two items, three annotators.",
    });
  const annotators = Math.max(...votes.map(row => row.length));
  const odd = votes.findIndex(row => row.length !== annotators);
  if (odd >= 0)
    throw mismatch({
      where,
      expected: `${annotators} votes for each item, null where one is missing`,
      received: `${votes[odd]!.length} for item ${odd}`,
    });
  const classes = classesOf(votes.flat());
  const numberOf = new Map(classes.map((label, number) => [label, number]));
  const rows = votes.map(row => Int32Array.from(row, label => (isMissing(label) ? -1 : numberOf.get(label as L)!)));
  return { classes, annotators, rows };
}

/** How many votes each class has, for one item. */
export function countVotes(row: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of row) if (label >= 0) counts[label]!++;
  return counts;
}
