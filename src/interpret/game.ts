import { describe, type Features, mismatch, readFeatures, readFeaturesFor, toRows } from '../core/index.ts';
import { askRows, type ScoreRows } from './predict.ts';

/**
 * What a model says when only some of its inputs are there: for each mask, a list with true for what is there, one number.
 * Shapley values and LIME ask nothing else, so that they explain tables, words and parts of pictures alike.
 */
export interface Game {
  /** The names of what may be there or not. */
  readonly players: readonly string[];
  values(masks: readonly (readonly boolean[])[]): number[];
}

/**
 * A row of a table as a game: what is not there is taken from rows of a background, and the model's answers are averaged.
 *
 * row: its numbers. background: (rows, features), such as a hundred rows of the training part.
 *
 * @example
 * const game = interpret.rowGame(rows => rows.map(([a, b]) => 2 * a + b), [3, 5], [[0, 0], [1, 1]]);
 * interpret.shapley(game).values   // [5, 4.5]
 */
export function rowGame(score: ScoreRows, row: ArrayLike<number>, background: Features): Game {
  const where = 'rowGame(score, row, background)';
  const matrix = readFeatures(where, background);
  const players = matrix.features ?? Array.from({ length: matrix.columns }, (_, column) => `x${column}`);
  const own = toRows(readFeaturesFor(where, [row], players))[0]!;
  const others = toRows(matrix);
  return {
    players,
    values(masks) {
      const rows = masks.flatMap(mask => others.map(other => other.map((value, i) => (mask[i] ? own[i]! : value))));
      const answers = askRows(where, score, rows);
      return masks.map((_, i) => {
        const part = answers.slice(i * others.length, (i + 1) * others.length);
        return part.reduce((sum, answer) => sum + answer, 0) / others.length;
      });
    },
  };
}

/**
 * A text as a game: words that are not there are left out. A word that stands twice is two players.
 *
 * @example
 * const game = interpret.wordGame(texts => texts.map(words => (words.includes('great') ? 0.9 : 0.4)), ['a', 'great', 'tea']);
 * interpret.shapley(game).values   // [0, 0.5, 0]
 */
export function wordGame(score: (texts: string[][]) => ArrayLike<number>, words: readonly string[]): Game {
  const where = 'wordGame(score, words)';
  if (!Array.isArray(words) || words.length === 0)
    throw mismatch({ where, expected: 'a list of at least one word', received: describe(words) });
  return {
    players: [...words],
    values(masks) {
      const texts = masks.map(mask => words.filter((_, i) => mask[i]));
      const answers = Array.from(score(texts));
      if (answers.length === texts.length && answers.every(Number.isFinite)) return answers;
      throw mismatch({
        where,
        expected: `a function that gives one finite number for each of ${texts.length} texts`,
        received: describe(answers),
      });
    },
  };
}
