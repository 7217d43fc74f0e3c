import { describe, mismatch } from '../core/index.ts';

/** A model as a function: rows in, one number for each out, such as the probability of a class. */
export type ScoreRows = (rows: number[][]) => ArrayLike<number>;

/** Asks the model, and refuses what is no answer: one finite number for each row. */
export function askRows(where: string, score: ScoreRows, rows: number[][]): number[] {
  const answers = score(rows) as ArrayLike<unknown> | undefined;
  const received = answers && typeof answers === 'object' ? Array.from(answers) : undefined;
  const odd = received?.findIndex(answer => !Number.isFinite(answer)) ?? -1;
  if (received?.length === rows.length && odd < 0) return received as number[];
  throw mismatch({
    where,
    expected: `a function that gives one finite number for each of ${rows.length} rows`,
    received: odd >= 0 ? `${describe(received![odd])} for row ${odd}` : describe(answers),
    hint: 'Of a classifier, choose a class: rows => model.probabilities(rows).map(row => row[1]).',
  });
}
