import { describe, expect, test } from 'vitest';
import { allCloseTo, closeTo, fields, fieldsCloseTo, holds, number, numbers } from '../../src/grader/expect.ts';
import { fromWire, toWire } from '../../src/grader/wire.ts';

const because = 'that is so';
const words = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'passed';
};
/** As an answer reaches an expectation. */
const answer = (value: unknown) => fromWire(toWire(value));

describe('expectations fail closed', () => {
  test.each([
    [NaN, 'received NaN, "not a number": look for 0 / 0, or for an item read from beyond the end of an array'],
    [Infinity, 'received Infinity: look for a division by zero or a value that grew without bound'],
    [undefined, 'received nothing (undefined): is a `return` missing?'],
    [null, 'received null'],
    ['1', "received the text '1'"],
    [1n, 'received 1n'],
    [[1], 'received [1]'],
    [() => 1, 'received a function'],
    [new Error('no'), 'received an error ("no")'],
  ])('%s is not a finite number', (value, text) => {
    expect(words(() => number(answer(value), { because }))).toBe(`expected a finite number, ${text}`);
    expect(words(() => closeTo(answer(value), 1, { because }))).toContain(text);
  });

  test('a NaN passes nothing, whichever side it is on', () => {
    expect(words(() => closeTo(1, NaN, { because }))).not.toBe('passed');
    expect(words(() => allCloseTo([NaN], [NaN], { because }))).not.toBe('passed');
    expect(words(() => fieldsCloseTo({ a: NaN }, { a: NaN }, { because }))).not.toBe('passed');
    expect(words(() => holds(NaN as unknown as boolean, { received: 1, expected: 'x', because }))).not.toBe('passed');
  });

  test('where the exact answer is known it is told, whatever came instead', () => {
    expect(words(() => closeTo(NaN, 4, { because }))).toMatch(/^expected 4, received NaN/);
    expect(words(() => allCloseTo([1], [5, 5], { because }))).toBe('expected [5, 5], received [1], an array of 1');
    expect(words(() => fieldsCloseTo({}, { a: 1 }, { because }))).toBe(
      'expected { a: 1 }, received {}, where a is missing',
    );
  });

  // biome-ignore lint/suspicious/noSparseArray: the hole is the point
  const withHole = [1, , 3];

  test('a wrong length, a hole and a bad item each get their own words', () => {
    expect(words(() => numbers([1, 2], { because, length: 3 }))).toBe(
      'expected an array of 3 numbers, received [1, 2], an array of 2',
    );
    expect(words(() => numbers(answer(withHole), { because }))).toBe(
      'expected an array of numbers, received [1, a hole, 3], where item 1 is a hole',
    );
    expect(words(() => allCloseTo([1, 2], [1, 3], { because }))).toBe(
      'expected [1, 3], received [1, 2], which differs at item 1',
    );
    expect(words(() => fields({ a: 1 }, ['a', 'b'], { because }))).toBe(
      'expected an object { a, b } of finite numbers, received { a: 1 }, where b is missing',
    );
    expect(words(() => fieldsCloseTo({ a: 1, b: 2 }, { a: 1, b: 3 }, { because }))).toBe(
      'expected { a: 1, b: 3 }, received { a: 1, b: 2 }, which differs in b',
    );
    expect(words(() => fields([1], ['a'], { because }))).toContain('received [1]');
  });

  test('close is close, and no more than that', () => {
    expect(closeTo(1 + 1e-7, 1, { because })).toBeCloseTo(1);
    expect(words(() => closeTo(1.001, 1, { because }))).toBe('expected 1, received 1.001');
    expect(closeTo(1000.5, 1000, { because, tolerance: 1e-3 })).toBe(1000.5);
    expect(words(() => closeTo(1002, 1000, { because, tolerance: 1e-3 }))).toBe(
      'expected 1000 (give or take 1), received 1002',
    );
  });
});

describe('values on their way', () => {
  test('keep what they are', () => {
    const value = { a: [1, -0, NaN, Infinity, null, undefined, 'text', 5n], b: new Map([['k', new Set([1])]]) };
    expect(fromWire(JSON.parse(JSON.stringify(toWire(value))))).toEqual(value);
    expect(fromWire(toWire(new Float32Array([1, 2])))).toEqual([1, 2]);
  });

  test('a cycle, a getter that throws and a huge array are named', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    const trap = {
      get a() {
        throw new Error('boo');
      },
    };
    expect(fromWire(toWire(cycle))).toMatchObject([{ what: 'a value that contains itself' }]);
    expect(fromWire(toWire(trap))).toMatchObject({ what: 'a value that cannot be read (boo)' });
    expect(fromWire(toWire(new Array(1e6).fill(0)))).toMatchObject({ what: 'an array of 1000000' });
  });

  test('a key named __proto__ is only a key', () => {
    const sent = { $: 'object', v: [['__proto__', { $: 'object', v: [['polluted', 1]] }]] };
    expect((fromWire(sent) as { polluted?: number }).polluted).toBeUndefined();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test.each([[{}], [{ $: 'eval', v: '1' }], [{ $: 'typed', v: 1 }]])('%j is refused', wire => {
    expect(() => fromWire(wire)).toThrow('The answer has an unknown form.');
  });
});
