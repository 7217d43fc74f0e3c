import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { thrown } from '../fixtures.ts';

const { text } = data;

describe('tokenise', () => {
  it.each<[string, string[]]>([
    ["Don't panic!", ["don't", 'panic']],
    ['Rock ’n’ roll, don’t', ['rock', 'n', 'roll', "don't"]],
    ['e-mail 24/7', ['e', 'mail', '24', '7']],
    ['Größe naïve кит 鲸', ['größe', 'naïve', 'кит', '鲸']],
    ['', []],
    ['…', []],
  ])('%s', (words, tokens) => expect(text.tokenise(words)).toEqual(tokens));

  it('keeps marks, case and characters when asked to', () => {
    expect(text.tokenise('Wow!! (really)', { kind: 'words-and-punctuation' })).toEqual([
      'wow',
      '!',
      '!',
      '(',
      'really',
      ')',
    ]);
    expect(text.tokenise('Ahoy', { lowercase: false })).toEqual(['Ahoy']);
    expect(text.tokenise('A 🐳\n', { kind: 'characters' })).toEqual(['A', ' ', '🐳', '\n']);
    expect(text.tokenise('a1 b2', { pattern: /\d/ })).toEqual(['1', '2']);
    expect(text.tokenise('It is', { pattern: /\b\w\w+\b/gu })).toEqual(['it', 'is']);
  });

  it('characters lose nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), words => {
        expect(text.tokenise(words, { kind: 'characters' }).join('')).toBe(words);
      }),
    );
  });

  it('explains what it cannot do', () => {
    expect(thrown(() => text.tokenise(7 as never)).message).toBe('tokenise(text): expected a text, received 7.');
    // @ts-expect-error: no such kind
    expect(thrown(() => text.tokenise('a', { kind: 'word' })).hint).toBe("Did you mean 'words'?");
  });
});

describe('ngrams', () => {
  it('joins neighbours', () => {
    expect(text.ngrams(['a', 'b', 'c'], 2)).toEqual(['a b', 'b c']);
    expect(text.ngrams(['a', 'b', 'c'], [1, 3])).toEqual(['a', 'b', 'c', 'a b', 'b c', 'a b c']);
    expect(text.ngrams(['a'], 2)).toEqual([]);
    expect(thrown(() => text.ngrams(['a'], [2, 1])).message).toBe(
      'ngrams(tokens, n): expected a whole number from 1, or two, the smaller first, received [2, 1].',
    );
  });
});

describe('stripHtml', () => {
  it.each([
    ['Great!<br />Salt &amp; pepper', 'Great! Salt & pepper'],
    ['<a href="x">Tea</a><!-- no -->', 'Tea'],
    ['5 < 6 and 7 > 3', '5 < 6 and 7 > 3'],
    ['&#39;quoted&#x27; &unknown; &nbsp;x', "'quoted' &unknown; x"],
  ])('%s', (html, plain) => expect(text.stripHtml(html)).toBe(plain));

  it('leaves no tag in the reviews', async () => {
    const { train } = await data.load('fine-foods');
    const plain = data.labels(train, 'review').map(text.stripHtml);
    expect(plain.filter(review => /<br|<a /.test(review))).toEqual([]);
  });
});

describe('fitVocabulary', () => {
  const documents = [
    ['the', 'cat', 'the', 'rat'],
    ['the', 'dog', 'cat'],
  ];
  const vocabulary = text.fitVocabulary(documents);

  it('numbers tokens from frequent to rare, the special ones first', () => {
    expect(vocabulary.tokens).toEqual(['<pad>', '<unknown>', 'the', 'cat', 'dog', 'rat']);
    expect(vocabulary.counts).toEqual([0, 0, 3, 2, 1, 1]);
    expect(vocabulary.size).toBe(6);
    expect(vocabulary.encode(['the', 'bird', 'constructor'])).toEqual([2, 1, 1]);
    expect(vocabulary.decode(Int32Array.of(2, 0, 5))).toEqual(['the', '<pad>', 'rat']);
  });

  it('cuts what is rare, or what is too much', () => {
    expect(text.fitVocabulary(documents, { minCount: 2 }).tokens).toEqual(['<pad>', '<unknown>', 'the', 'cat']);
    expect(text.fitVocabulary(documents, { maxSize: 3 }).tokens).toEqual(['<pad>', '<unknown>', 'the']);
    const bare = text.fitVocabulary(documents, { pad: null, unknown: null, specials: ['<end>'] });
    expect(bare.tokens.slice(0, 2)).toEqual(['<end>', 'the']);
    expect(thrown(() => bare.encode(['bird']))).toEqual({
      message: "vocabulary.encode(tokens): 'bird' is not among the 5 tokens.",
      hint: "Fit it on more text, or with an unknown token: { unknown: '<unknown>' }.",
    });
    expect(bare.idOf('bird')).toBeUndefined();
  });

  it('goes there and back, of all it knows, and through JSON', () => {
    const again = text.restoreVocabulary(JSON.parse(JSON.stringify(vocabulary)));
    for (const tokens of documents) expect(again.decode(vocabulary.encode(tokens))).toEqual(tokens);
    expect(again.encode(['bird'])).toEqual([1]);
    expect(thrown(() => text.restoreVocabulary({} as never)).message).toContain('expected a saved vocabulary');
  });

  it('explains what it cannot do', () => {
    expect(thrown(() => text.fitVocabulary(['the cat'] as never))).toEqual({
      message: "fitVocabulary(documents): expected a list of tokens for each document, received the text 'the cat'.",
      hint: 'data.text.tokenise(text) makes tokens of it.',
    });
    expect(thrown(() => vocabulary.decode([6])).message).toContain('from 0 to 5, received 6');
    expect(thrown(() => text.fitVocabulary(documents, { maxSize: 2 })).message).toContain('a whole number from 3');
  });
});

describe('lexicon', () => {
  it('takes the longest phrase, and says what counted', async () => {
    const judge = text.lexicon(await data.load('afinn'), { words: 'word', values: 'valence' });
    expect(judge("Not good, but I don't dislike it: great!")).toEqual({
      score: -2 - 2 + 3,
      hits: [
        { words: 'not good', value: -2 },
        { words: 'dislike', value: -2 },
        { words: 'great', value: 3 },
      ],
    });
    expect(judge(['plain']).score).toBe(0);
  });

  it('judges reviews as the README says', async () => {
    const judge = text.lexicon(await data.load('afinn'), { words: 'word', values: 'valence' });
    const { test } = await data.load('fine-foods');
    const scores = data.labels(test, 'score');
    const right = data
      .labels(test, 'review')
      .filter((review, i) => judge(review).score > 0 === (scores[i] === 'great'));
    expect(right.length / scores.length).toBeCloseTo(0.688, 1);
  });
});
