import type { DataFrame } from 'danfojs-node';
import { columnNumbers, describe, mismatch } from '../../core/index.ts';
import { labels } from '../matrix.ts';
import { tokenise } from './tokenise.ts';

export interface LexiconScore {
  /** The sum of what the words are worth: above 0 glad, below 0 sad. */
  score: number;
  /** The words and phrases that counted, in the order of the text. */
  hits: { words: string; value: number }[];
}

/** Judges a text, or its tokens, by a list of words. */
export type Lexicon = (text: string | readonly string[]) => LexiconScore;

/**
 * Judges texts by a list of words with a value each, such as 'afinn': an annotator that never learns and never tires. At
 * each place the longest phrase counts, so that "not good" is not "good".
 *
 * @example
 * const judge = data.text.lexicon(await data.load('afinn'), { words: 'word', values: 'valence' });
 * judge('Not good, but a great price.').score;
 */
export function lexicon(frame: DataFrame, columns: { words: string; values: string }): Lexicon {
  const phrases = labels(frame, columns.words).map(words => tokenise(words).join(' '));
  const values = columnNumbers('lexicon(frame, { values })', frame, columns.values);
  const worth = new Map(phrases.map((words, row) => [words, values[row]!]));
  const longest = Math.max(1, ...phrases.map(words => words.split(' ').length));
  return text => {
    if (typeof text !== 'string' && !Array.isArray(text))
      throw mismatch({ where: 'lexicon(text)', expected: 'a text or tokens', received: describe(text) });
    const tokens = typeof text === 'string' ? tokenise(text) : (text as readonly string[]);
    const hits: LexiconScore['hits'] = [];
    for (let start = 0; start < tokens.length; start++)
      for (let size = Math.min(longest, tokens.length - start); size > 0; size--) {
        const words = tokens.slice(start, start + size).join(' ');
        const value = worth.get(words);
        if (value === undefined) continue;
        hits.push({ words, value });
        start += size - 1;
        break;
      }
    return { score: hits.reduce((sum, hit) => sum + hit.value, 0), hits };
  };
}
