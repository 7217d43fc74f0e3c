import { assertInteger, assertKeys, describe, LearnableError, mismatch } from '../../core/index.ts';

export interface VocabularyOptions {
  /** Leaves out tokens that occur less often. Default 1. */
  minCount?: number;
  /** At most so many tokens, the special ones included: the most frequent are kept. */
  maxSize?: number;
  /** What short sequences are filled with; always number 0. Null for none. Default '<pad>'. */
  pad?: string | null;
  /** What stands for a token that is not in the vocabulary. Null: such a token is an error. Default '<unknown>'. */
  unknown?: string | null;
  /** More tokens of your own, such as '<start>' and '<end>'. Default none. */
  specials?: readonly string[];
}

/** Tokens and their numbers. */
export interface Vocabulary {
  /** By number: the special ones, then from frequent to rare. */
  readonly tokens: readonly string[];
  readonly size: number;
  /** How often each token occurred, by number; 0 for the special ones. */
  readonly counts: readonly number[];
  /** The number of a token; that of the unknown token, or undefined, if it is not there. */
  idOf(token: string): number | undefined;
  encode(tokens: readonly string[]): number[];
  decode(ids: ArrayLike<number>): string[];
  /** Plain data, for `JSON.stringify`; `data.text.restoreVocabulary` makes it work again. */
  toJSON(): SavedVocabulary;
}

export interface SavedVocabulary {
  kind: 'vocabulary';
  tokens: string[];
  counts: number[];
  unknown: string | null;
}

/**
 * Gives each token of the training texts a number. Equally frequent tokens stand in order of their letters.
 *
 * @example
 * const vocabulary = data.text.fitVocabulary([['the', 'cat'], ['the', 'dog']]);
 * vocabulary.encode(['the', 'bird']);  // [2, 1]: the first word, and the unknown one
 */
export function fitVocabulary(documents: Iterable<readonly string[]>, options: VocabularyOptions = {}): Vocabulary {
  const where = 'fitVocabulary(documents, options)';
  assertKeys(where, options, ['minCount', 'maxSize', 'pad', 'unknown', 'specials']);
  const { minCount = 1, maxSize = Number.MAX_SAFE_INTEGER, pad = '<pad>', unknown = '<unknown>' } = options;
  assertInteger('fitVocabulary({ minCount })', minCount, { min: 1 });
  const specials = [pad, unknown, ...(options.specials ?? [])].filter(token => token !== null);
  assertInteger('fitVocabulary({ maxSize })', maxSize, { min: specials.length + 1 });
  const counts = new Map<string, number>();
  for (const tokens of documents) {
    if (typeof tokens === 'string')
      throw mismatch({
        where: 'fitVocabulary(documents)',
        expected: 'a list of tokens for each document',
        received: `the text ${describe(tokens)}`,
        hint: 'data.text.tokenise(text) makes tokens of it.',
      });
    for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  for (const token of specials) counts.delete(token);
  const kept = [...counts]
    .filter(([, count]) => count >= minCount)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, maxSize - specials.length);
  return vocabulary({
    kind: 'vocabulary',
    tokens: [...specials, ...kept.map(([token]) => token)],
    counts: [...specials.map(() => 0), ...kept.map(([, count]) => count)],
    unknown,
  });
}

/**
 * A vocabulary from what its `toJSON` gave.
 *
 * @example
 * const saved = JSON.parse(JSON.stringify(data.text.fitVocabulary([['a', 'b']])));
 * const vocabulary = data.text.restoreVocabulary(saved);
 */
export function restoreVocabulary(saved: SavedVocabulary): Vocabulary {
  if (saved?.kind === 'vocabulary') return vocabulary(saved);
  throw mismatch({ where: 'restoreVocabulary(saved)', expected: 'a saved vocabulary', received: describe(saved) });
}

function vocabulary({ tokens, counts, unknown }: SavedVocabulary): Vocabulary {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const unknownId = unknown === null ? undefined : ids.get(unknown);
  const idOf = (token: string) => ids.get(token) ?? unknownId;
  return {
    tokens,
    size: tokens.length,
    counts,
    idOf,
    encode: sequence =>
      sequence.map(token => {
        const id = idOf(token);
        if (id !== undefined) return id;
        throw new LearnableError(
          `vocabulary.encode(tokens): ${describe(token)} is not among the ${tokens.length} tokens.`,
          {
            hint: "Fit it on more text, or with an unknown token: { unknown: '<unknown>' }.",
          },
        );
      }),
    decode: sequence =>
      Array.from(sequence, id => {
        assertInteger('vocabulary.decode(ids)', id, { min: 0, max: tokens.length - 1 });
        return tokens[id]!;
      }),
    toJSON: () => ({ kind: 'vocabulary', tokens: [...tokens], counts: [...counts], unknown }),
  };
}
