import { describe, expect, test } from 'vitest';
import { readChapters } from '../../lab/src/course/chapters.ts';

const first = {
  path: 'notebooks/01-training.ipynb',
  number: 1,
  title: 'Training in sixty lines',
  question: 'What is learning?',
};

describe('readChapters', () => {
  test('reads the page option, in the order of the numbers', () => {
    const second = { path: 'notebooks/02-data.ipynb', number: 2, title: 'Data', question: '' };
    expect(readChapters(JSON.stringify([{ ...second, question: undefined }, first]))).toEqual([first, second]);
  });

  test.each(['', '[]', 'no JSON', '{"path": "x"}', 'null'])(
    'option %j gives no chapters rather than no lab',
    option => {
      expect(readChapters(option)).toEqual([]);
    },
  );

  test('leaves out an entry that lacks what its card shows', () => {
    const broken = [null, 3, { ...first, path: 1 }, { ...first, title: undefined }, { ...first, number: 'one' }];
    expect(readChapters(JSON.stringify([...broken, first]))).toEqual([first]);
  });
});
