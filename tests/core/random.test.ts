import { describe, expect, test } from 'vitest';
import { Random, random } from '../../src/core/index.ts';

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const draw = (count: number, next: () => number) => Array.from({ length: count }, next);

describe('random', () => {
  test('is xoshiro128**: the published sequence from the state 1, 2, 3, 4', () => {
    const generator = new Random([1, 2, 3, 4]);
    const published = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ];
    expect(draw(10, () => generator.next())).toEqual(published);
  });

  test('the same seed gives the same numbers, another seed others', () => {
    const numbers = (seed: number) => {
      const generator = random(seed);
      return [...draw(5, () => generator.uniform()), ...draw(5, () => generator.normal()), ...generator.permutation(9)];
    };
    expect(numbers(5)).toEqual(numbers(5));
    expect(numbers(5)).not.toEqual(numbers(6));
    expect(numbers(1)).not.toEqual(numbers(2 ** 32 + 1));
  });

  test('uniform numbers fill their interval evenly', () => {
    const generator = random(1);
    const values = draw(20_000, () => generator.uniform(-2, 4));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...values)).toBeLessThan(4);
    expect(mean(values)).toBeCloseTo(1, 1);
    expect(mean(values.map(value => (value - 1) ** 2))).toBeCloseTo(3, 1);
  });

  test('normal numbers have the mean, spread and tails of the normal distribution', () => {
    const generator = random(2);
    const values = draw(40_000, () => generator.normal());
    expect(Math.abs(mean(values))).toBeLessThan(0.02);
    expect(mean(values.map(value => value ** 2))).toBeCloseTo(1, 1);
    expect(mean(values.map(value => value ** 4))).toBeCloseTo(3, 0);
    expect(mean(values.map(value => (Math.abs(value) > 1.96 ? 1 : 0)))).toBeCloseTo(0.05, 2);
    const shifted = draw(5_000, () => generator.normal(10, 0.1));
    expect(mean(shifted)).toBeCloseTo(10, 1);
  });

  test('whole numbers are equally likely and stay inside', () => {
    const generator = random(3);
    const counts = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 12_000; i++) counts[generator.integer(1, 7) - 1]!++;
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
    expect(generator.integer(-3, -2)).toBe(-3);
    expect(() => generator.integer(3, 3)).toThrow('expected whole numbers with low < high');
  });

  test('shuffle keeps every value, leaves its input alone, and every order is equally likely', () => {
    const generator = random(4);
    const values = ['a', 'b', 'c'];
    const orders = new Map<string, number>();
    for (let i = 0; i < 6_000; i++) {
      const order = generator.shuffle(values).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(values).toEqual(['a', 'b', 'c']);
    expect([...orders.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(generator.permutation(5).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  test('choice follows its weights', () => {
    const generator = random(5);
    const drawn = draw(8_000, () => generator.choice([0, 1, 2], [0, 3, 1]));
    expect(drawn.includes(0)).toBe(false);
    expect(mean(drawn)).toBeCloseTo(1.25, 1);
    expect(() => generator.choice([])).toThrow('expected at least one value');
    expect(() => generator.choice([1, 2], [0, 0])).toThrow('at least one above 0, received [0, 0]');
    expect(() => generator.choice([1, 2], [Number.NaN, 1])).toThrow('2 weights');
  });

  test('a derived generator depends on seed and label, not on what was drawn before', () => {
    const fresh = random(6);
    const used = random(6);
    draw(100, () => used.normal());
    expect(used.derive('shuffle').next()).toBe(fresh.derive('shuffle').next());
    const firsts = ['shuffle', 'weights', 0, 1, '0'].map(label => fresh.derive(label).next());
    expect(new Set(firsts).size).toBe(5);
    expect(random(7).derive('shuffle').next()).not.toBe(firsts[0]);
  });

  test('refuses what is no seed', () => {
    for (const seed of [-1, 1.5, Number.NaN, '1', undefined])
      expect(() => random(seed as number)).toThrow(
        'random(seed): expected a whole number from 0 as the seed, received',
      );
  });
});

test('fill gives the words that next would give, and goes on after them', () => {
  const [one, other] = [random(5), random(5)];
  one.next();
  other.next();
  expect([...one.fill(new Uint32Array(50))]).toEqual(Array.from({ length: 50 }, () => other.next()));
  expect(one.next()).toBe(other.next());
});
