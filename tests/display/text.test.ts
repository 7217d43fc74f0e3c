import { inspect } from 'node:util';
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { messageOf, plainText, shortText } from '../../src/display/text.ts';

const hostile = new Proxy(
  { a: 1 },
  {
    get() {
      throw new Error('no get');
    },
    ownKeys() {
      throw new Error('no keys');
    },
  },
);
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const ring: Record<string, unknown> = { n: 1 };
ring.me = ring;
class Point {
  x = 1;
  get far(): number {
    throw new Error('too far');
  }
}
const sparse: unknown[] = [];
sparse[1e9] = 1;

describe('plainText', () => {
  it.each<[string, unknown, string]>([
    ['numbers', [Number.NaN, -0, Number.POSITIVE_INFINITY, 1n], '[ NaN, -0, Infinity, 1n ]'],
    ['symbols and patterns', [Symbol('s'), /a/g], '[ Symbol(s), /a/g ]'],
    ['a date that is none', new Date(Number.NaN), 'Invalid Date'],
    ['a class with a getter that throws', new Point(), 'Point { x: 1 }'],
    ['an object without prototype', Object.assign(Object.create(null), { x: 1 }), '[Object: null prototype] { x: 1 }'],
    ['a ring', ring, '<ref *1> { n: 1, me: [Circular *1] }'],
    ['a proxy that throws', hostile, inspect(new Proxy({ a: 1 }, {}))],
    ['a revoked proxy', revoked.proxy, '<Revoked Proxy>'],
    ['a sparse array', sparse, '[ <1000000000 empty items>, 1 ]'],
    ['bytes', Buffer.from('hallo'), '<Buffer 68 61 6c 6c 6f>'],
    [
      'float32 without the digits of float64',
      new Float32Array([0.1, -0, 1 / 3]),
      'Float32Array(3) [ 0.1, -0, 0.3333333 ]',
    ],
    ['a function', (a: number, b = 2) => a + b, '[Function (a, b = 2)]'],
    ['a function of one name', runInThisContext('x => x'), '[Function (x)]'],
    [
      'an async function',
      runInThisContext('(async function load({ url,\n  size }, ...rest) {})'),
      '[AsyncFunction: load({ url, size }, ...rest)]',
    ],
    ['a function with erased types', runInThisContext('(function half(n         ) {})'), '[Function: half(n)]'],
    ['a native function', Math.max, '[Function: max]'],
    ['a class', runInThisContext('(class Cat extends Array {})'), '[class Cat extends Array]'],
  ])('%s', (_, value, expected) => {
    expect(plainText(value)).toBe(expected);
  });

  it('survives a value that throws when it is inspected', () => {
    const broken = {
      [inspect.custom]() {
        throw new Error('no ink');
      },
    };
    expect(plainText(broken)).toBe('[object that cannot be inspected: no ink]');
  });

  it.each<[string, unknown, string]>([
    ['a long list', new Array(1e7).fill(0), '9999900 more items'],
    ['a long typed array', new Float32Array(1e7), '9999900 more items'],
    ['a long text', 'x'.repeat(1e7), 'more characters'],
    ['a large map', new Map(Array.from({ length: 1e5 }, (_, i) => [i, i])), 'Map(100000) {'],
    ['a large set', new Set(Array.from({ length: 1e5 }, (_, i) => i)), '99,900 more items'],
    [
      'many properties',
      Object.fromEntries(Array.from({ length: 1e4 }, (_, i) => [`k${i}`, i])),
      '9,800 more properties',
    ],
    [
      'many properties further in',
      [Object.fromEntries(Array.from({ length: 1e4 }, (_, i) => [`k${i}`, i]))],
      '[Object]',
    ],
    ['lists in lists', Array.from({ length: 90 }, () => Array.from({ length: 90 }, () => [[1], [2]])), '[Array]'],
  ])('bounds %s', (_, value, expected) => {
    const text = plainText(value);
    expect(text).toContain(expected);
    expect(text.length).toBeLessThan(22_000);
  });

  it('looks only at the beginning of a long list', () => {
    let looked = 0;
    const list = Array.from({ length: 1e5 }, () => ({}));
    for (const item of list) Object.defineProperty(item, inspect.custom, { value: () => String(looked++) });
    plainText(list);
    expect(looked).toBeLessThanOrEqual(100);
  });
});

describe('shortText', () => {
  it('is one line of bounded length', () => {
    expect(shortText({ a: { b: { c: 1 } }, list: [1, 2] })).toBe('{ a: { b: [Object] }, list: [ 1, 2 ] }');
    expect(shortText('x'.repeat(500))).toHaveLength(60);
    expect(shortText(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, i])))).toBe('[object Object]');
  });
});

describe('messageOf', () => {
  it('gives words for whatever was thrown', () => {
    const noMessage = Object.defineProperty(new Error(), 'message', {
      get() {
        throw 1;
      },
    });
    expect([new Error('a'), 'b', { c: 1 }, undefined, noMessage].map(messageOf)).toEqual([
      'a',
      'b',
      '{ c: 1 }',
      'undefined',
      'it throws',
    ]);
  });
});
