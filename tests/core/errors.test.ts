import { expect, describe as group, test } from 'vitest';
import { describe, LearnableError, mismatch, nearest } from '../../src/core/index.ts';

group('LearnableError', () => {
  test('carries a name, a hint and a cause', () => {
    const cause = new Error('deeper');
    const error = new LearnableError('It went wrong.', { hint: 'Do this.', cause });
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.message, error.hint, error.cause]).toEqual([
      'LearnableError',
      'It went wrong.',
      'Do this.',
      cause,
    ]);
    expect('hint' in new LearnableError('bare')).toBe(false);
  });

  test('mismatch says where, what was expected and what was received', () => {
    const error = mismatch({
      where: 'split({ test })',
      expected: 'a share',
      received: describe(20),
      hint: 'Divide by 100.',
    });
    expect(error.message).toBe('split({ test }): expected a share, received 20.');
    expect(error.hint).toBe('Divide by 100.');
  });
});

test.each([
  ['Adelie', "'Adelie'"],
  ['x'.repeat(50), `'${'x'.repeat(37)}…'`],
  [Number.NaN, 'NaN'],
  [null, 'null'],
  [undefined, 'undefined'],
  [[1, 'a', null], "[1, 'a', null]"],
  [[{}], 'an array of 1'],
  [new Float32Array(3), 'a Float32Array of 3'],
  [new Map(), 'a Map'],
  [{}, 'an empty object'],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, 'an object with a, b, c, d, …'],
  [
    new (class Tensor {
      shape = [2, 3];
    })(),
    'a tensor of shape [2, 3]',
  ],
  [
    new (class DataFrame {
      shape = [2, 3];
    })(),
    'a DataFrame of shape [2, 3]',
  ],
  [function fit() {}, 'the function fit'],
  [3n, '3n'],
])('describe(%s) is %s', (value, text) => {
  expect(describe(value)).toBe(text);
});

test('nearest offers the close names only, best first', () => {
  const choices = ['learningRate', 'epochs', 'batchSize', 'batches'];
  expect(nearest('learnigRate', choices)).toEqual(['learningRate']);
  expect(nearest('batch', choices)).toEqual(['batchSize', 'batches']);
  expect(nearest('EPOCH', choices)).toEqual(['epochs']);
  expect(nearest('momentum', choices)).toEqual([]);
});
