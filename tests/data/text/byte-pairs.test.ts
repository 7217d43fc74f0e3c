import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { chunkWords } from '../../../src/data/text/merges.ts';
import { thrown } from '../fixtures.ts';

const { text } = data;
const golden = JSON.parse(readFileSync(new URL('../golden/text.json', import.meta.url), 'utf8')) as {
  passage: [start: number, length: number];
  merges: [[number, number], number][];
  words: Record<string, number[]>;
};

let passage: string;
let pairs: data.text.BytePairs;
beforeAll(async () => {
  const [start, length] = golden.passage;
  passage = (await data.load('moby-dick')).slice(start, start + length);
  pairs = text.trainBytePairs(passage, { vocabularySize: 256 + golden.merges.length });
});

describe('trainBytePairs', () => {
  it('merges what the plainest algorithm merges, in the same order', () => {
    const saved = JSON.parse(JSON.stringify(pairs)) as data.text.SavedBytePairs;
    expect(saved.pairs.map((pair, i) => [pair, saved.counts[i]])).toEqual(golden.merges);
    for (const [chunk, ids] of Object.entries(golden.words)) expect(pairs.encode(chunk)).toEqual(ids);
  });

  it('shows each merge', () => {
    expect(pairs.merges[0]).toEqual({ left: ' ', right: 't', token: ' t', count: golden.merges[0]![1] });
    for (const { left, right, token } of pairs.merges.filter(merge => !`${merge.left}${merge.right}`.includes('<')))
      expect(token).toBe(left + right);
    for (let i = 1; i < pairs.merges.length; i++)
      expect(pairs.merges[i]!.count).toBeLessThanOrEqual(pairs.merges[i - 1]!.count);
  });

  it('splits a word step by step', () => {
    const lesson = text.trainBytePairs(['low', 'low', 'lowest', 'lowest', 'lowest', 'newer'], { vocabularySize: 261 });
    expect(lesson.steps('lowest')).toEqual([
      ['l', 'o', 'w', 'e', 's', 't'],
      ['lo', 'w', 'e', 's', 't'],
      ['low', 'e', 's', 't'],
      ['low', 'es', 't'],
      ['lowes', 't'],
      ['lowest'],
    ]);
    expect(lesson.steps('low newest')).toHaveLength(4);
    expect(lesson.steps('lowest').at(-1)).toEqual(lesson.pieces('lowest'));
    expect(lesson.steps('')).toEqual([]);
  });

  it('ends when no pair is left twice', () => {
    expect(text.trainBytePairs('abc', { vocabularySize: 300 }).size).toBe(256);
    expect(text.trainBytePairs(['abab', 'ab'], { vocabularySize: 300 }).merges.map(({ token }) => token)).toEqual([
      'ab',
    ]);
    expect(text.trainBytePairs('', { vocabularySize: 300 }).encode('ø')).toEqual([0xc3, 0xb8]);
  });

  it('counts overlapping neighbours as they stand', () => {
    expect(text.trainBytePairs('aaaa', { vocabularySize: 300 }).merges).toEqual([
      { left: 'a', right: 'a', token: 'aa', count: 3 },
    ]);
  });

  it('explains what it cannot do', () => {
    expect(thrown(() => text.trainBytePairs('a', { vocabularySize: 100 }))).toEqual({
      message: 'trainBytePairs({ vocabularySize }): expected a whole number from 256 to 65536, received 100.',
      hint: 'The 256 bytes are always there.',
    });
    expect(thrown(() => text.trainBytePairs([7] as never)).message).toContain('expected a text, or a list of texts');
  });
});

describe('encode and decode', () => {
  it('bring back any text', () => {
    for (const unit of ['grapheme', 'binary'] as const)
      fc.assert(
        fc.property(fc.string({ unit, maxLength: 40 }), words => {
          const wellFormed = Buffer.from(words).toString();
          expect(pairs.decode(pairs.encode(wellFormed))).toBe(wellFormed);
        }),
        { numRuns: 300 },
      );
  });

  it('bring back a passage in fewer tokens than it has bytes', () => {
    const ids = pairs.encode(passage);
    expect(pairs.decode(ids)).toBe(passage);
    expect(ids.length).toBeLessThan(0.65 * Buffer.byteLength(passage));
    expect(Math.max(...ids)).toBeLessThan(pairs.size);
  });

  it('bring back a byte order mark and line ends', () => {
    const odd = '\uFEFFa\r\n\tb\u00a0c';
    expect(pairs.decode(pairs.encode(odd))).toBe(odd);
  });

  it('write pieces of letters as bytes', () => {
    expect(text.trainBytePairs('').pieces('ø')).toEqual(['<c3>', '<b8>']);
    expect(pairs.pieces('the whale')).toEqual(['t', 'he', ' wh', 'a', 'le']);
  });

  it('work again after a trip through JSON', () => {
    const again = text.restoreBytePairs(JSON.parse(JSON.stringify(pairs)));
    expect(again.encode(passage)).toEqual(pairs.encode(passage));
    expect(again.merges).toEqual(pairs.merges);
    expect(thrown(() => text.restoreBytePairs({} as never)).message).toContain('expected saved byte pairs');
    expect(thrown(() => pairs.decode([9999])).message).toContain(`from 0 to ${pairs.size - 1}, received 9999`);
  });
});

it('chunkWords loses nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), words => {
      expect(chunkWords(words).join('')).toBe(words);
    }),
  );
  expect(chunkWords(" It's 1851,  aye!")).toEqual([' It', "'", 's', ' 1851', ',', '  ', 'aye', '!']);
});
