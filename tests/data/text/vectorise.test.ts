import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { DISPLAY } from '../../../src/display/channel.ts';
import { thrown } from '../fixtures.ts';

const { text } = data;

interface Vectors {
  features: string[] | number;
  rows: Record<string, number>[];
  idf?: number[];
}
const golden = JSON.parse(readFileSync(new URL('../golden/text.json', import.meta.url), 'utf8')) as {
  documents: string[][];
  vectors: Record<'counts' | 'pairs' | 'binary' | 'tfidf' | 'unseen' | 'sublinear' | 'raw', Vectors>;
};
const { documents, vectors } = golden;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const agree = (vectoriser: data.text.Vectoriser, wanted: Vectors, from = 0) => {
  const { features } = wanted;
  if (typeof features === 'number') expect(vectoriser.features).toHaveLength(features);
  else expect(vectoriser.features).toEqual(features);
  expect([...vectoriser.features]).toEqual([...vectoriser.features].sort());
  const rows = vectoriser(documents.slice(from, from + 3));
  wanted.rows.forEach((row, position) => {
    const near = Object.entries(row).map(([name, value]) => [name, expect.closeTo(value, 12)]);
    expect(rows.row(position)).toEqual(Object.fromEntries(near));
  });
  wanted.idf?.forEach((value, column) => expect(vectoriser.idf[column]).toBeCloseTo(value, 12));
};

describe('as scikit-learn', () => {
  it('counts', () => agree(text.fitCounts(documents), vectors.counts));
  it('pairs of words', () => agree(text.fitCounts(documents, { ngrams: [1, 2], minDocuments: 2 }), vectors.pairs));
  it('presence, neither rare nor everywhere', () =>
    agree(text.fitCounts(documents, { binary: true, maxShare: 0.4, minDocuments: 3 }), vectors.binary));
  it('tf-idf', () => agree(text.fitTfidf(documents), vectors.tfidf));
  it('tf-idf of documents that were not learned from', () =>
    agree(text.fitTfidf(documents.slice(0, 12), { minDocuments: 2 }), vectors.unseen, 12));
  it('logarithms of counts, rows of sum 1', () =>
    agree(text.fitTfidf(documents, { sublinear: true, norm: 'l1' }), vectors.sublinear));
  it('without smoothing or norm', () =>
    agree(text.fitTfidf(documents, { smooth: false, norm: 'none', ngrams: [2, 2] }), vectors.raw));
});

describe('vectorisers', () => {
  it('take texts, tokens and counts', () => {
    const count = text.fitCounts(['free money', 'see you at noon']);
    expect(count.features).toEqual(['at', 'free', 'money', 'noon', 'see', 'you']);
    const rows = count(['Money, money!', ['free', 'constructor'], { money: 3, bird: 2, free: 0 }]);
    expect([0, 1, 2].map(position => rows.row(position))).toEqual([{ money: 2 }, { free: 1 }, { money: 3 }]);
  });

  it('keep the most frequent', () => {
    expect(text.fitCounts(['a b b c c', 'c a'], { maxFeatures: 2 }).features).toEqual(['a', 'c']);
    expect(text.fitCounts(['a b b c c'], { maxFeatures: 2, binary: true }).features).toEqual(['a', 'b']);
  });

  it('work again after a trip through JSON', () => {
    const weigh = text.fitTfidf(documents, { ngrams: [1, 2], sublinear: true });
    const again = text.restoreVectoriser(JSON.parse(JSON.stringify(weigh)));
    expect(again(documents).values).toEqual(weigh(documents).values);
    expect(thrown(() => text.restoreVectoriser({} as never)).message).toContain('expected a saved vectoriser');
  });

  it('count the words of the mails', async () => {
    const mails = await data.load('spam');
    const count = text.fitCounts(mails.map(mail => mail.words));
    const rows = count(mails.map(mail => mail.words));
    expect(rows.shape).toEqual([5667, 4000]);
    expect(rows.row(0)).toEqual(mails[0]!.words);
    expect(rows.values).toHaveLength(583_126);
  });

  it('explain what they cannot do', () => {
    expect(thrown(() => text.fitCounts(['!', '?']))).toEqual({
      message: 'fitCounts(documents): no word is left of 2 documents.',
      hint: 'Look at the texts: they hold no words.',
    });
    expect(thrown(() => text.fitTfidf(['a', 'b'], { minDocuments: 2 })).hint).toBe(
      'Lower minDocuments, or raise maxShare.',
    );
    expect(thrown(() => text.fitCounts([{ a: 1 }], { ngrams: [1, 2] })).message).toBe(
      'fitCounts({ ngrams }): expected [1, 1] for documents that are counts, whose order is lost, received [1, 2].',
    );
    expect(thrown(() => text.fitCounts('a b' as never)).message).toBe(
      "fitCounts(documents): expected a list of documents, received 'a b'.",
    );
    expect(thrown(() => text.fitCounts([null] as never)).message).toContain('received null');
    expect(thrown(() => text.fitCounts(['a'])('a' as never)).message).toContain(
      'vectorise(documents): expected a list',
    );
    // @ts-expect-error: an option of fitTfidf
    expect(thrown(() => text.fitCounts(['a'], { norm: 'l1' })).message).toContain("received 'norm'");
  });
});

describe('sparse rows', () => {
  const rows = text.fitCounts(['b a b', 'c'])(['b a b', '', 'c c']);

  it('are numbers, tensors and parts', () => {
    const before = tf.memory().numTensors;
    const wanted = [
      [1, 2, 0],
      [0, 0, 0],
      [0, 0, 2],
    ];
    expect(rows.toArray()).toEqual(wanted);
    const tensor = rows.tensor();
    expect([tensor.dtype, tensor.arraySync()]).toEqual(['float32', wanted]);
    tensor.dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect([[...rows.starts], [...rows.columns], [...rows.values]]).toEqual([
      [0, 2, 2, 3],
      [0, 1, 2],
      [1, 2, 2],
    ]);
    expect(rows.take([2, 0]).toArray()).toEqual([wanted[2], wanted[0]]);
  });

  it('say how empty they are', async () => {
    expect(await rows[DISPLAY]()).toEqual({ 'text/plain': '3 rows × 3 columns; 33.3 % of the numbers are not 0' });
    expect(thrown(() => rows.row(3)).message).toContain('from 0 to 2, received 3');
  });
});
