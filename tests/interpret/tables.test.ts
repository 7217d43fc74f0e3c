import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../src/core/index.ts';
import * as interpret from '../../src/interpret/index.ts';
import { accuracy, r2 } from '../../src/metrics/index.ts';

const draw = random(3);
const x = Array.from({ length: 400 }, () => [draw.normal(), 2 * draw.normal(), draw.normal()]);
const linear = (rows: number[][]) => rows.map(([a, b]) => 3 * a! + b!);

describe('permutationImportance', () => {
  const y = linear(x);
  const found = interpret.permutationImportance(linear, { x, features: ['a', 'b', 'noise'] }, y, {
    score: r2,
    seed: 1,
  });

  it('ranks by what shuffling costs: of a line, twice the share of the variance', () => {
    expect(found.map(({ feature }) => feature)).toEqual(['a', 'b', 'noise']);
    const [a, b, noise] = found;
    const variance = (values: number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    };
    const share = (column: number, weight: number) =>
      (2 * weight ** 2 * variance(x.map(row => row[column]!))) / variance(y);
    expect(Math.abs(a!.mean - share(0, 3))).toBeLessThan(0.1);
    expect(Math.abs(b!.mean - share(1, 1))).toBeLessThan(0.1);
    expect(noise).toMatchObject({ mean: 0, standardDeviation: 0 });
    expect(a!.drops).toHaveLength(10);
  });

  it('is the same for the same seed, and does not touch its rows', () => {
    const before = JSON.stringify(x);
    const again = interpret.permutationImportance(linear, { x, features: ['a', 'b', 'noise'] }, y, {
      score: r2,
      seed: 1,
    });
    expect(again).toEqual(found);
    expect(JSON.stringify(x)).toBe(before);
  });

  it('takes labels, too', () => {
    const sign = (rows: number[][]) => rows.map(([a]) => (a! > 0 ? 'up' : 'down'));
    const [first] = interpret.permutationImportance(sign, x, sign(x), { score: accuracy });
    expect(first!.feature).toBe('x0');
    expect(first!.mean).toBeCloseTo(0.5, 1);
  });

  it.each([
    [
      () => interpret.permutationImportance(linear, x, [1, 2], { score: r2 }),
      'expected 400 true values, one for each row, received 2.',
    ],
    [() => interpret.permutationImportance(linear, [], [], { score: r2 }), 'expected at least one row'],
    [() => interpret.permutationImportance(linear, [[1, Number.NaN]], [1], { score: r2 }), 'NaN'],
    [() => interpret.permutationImportance(linear, x, y, { score: r2, repeats: 0 }), 'expected a whole number from 1'],
  ])('refuses: %#', (call, message) => expect(call).toThrow(message));
});

describe('partialDependence', () => {
  const score = (rows: number[][]) => rows.map(([a, b]) => a! ** 2 + 5 * b!);

  it('of a sum is the feature’s own curve and the mean of the rest', () => {
    const rest = x.reduce((sum, row) => sum + 5 * row[1]!, 0) / x.length;
    const { grid, mean, individuals } = interpret.partialDependence(score, x, { feature: 0, points: 7 });
    expect(grid).toHaveLength(7);
    grid.forEach((value, i) => expect(mean[i]).toBeCloseTo(value ** 2 + rest, 9));
    expect(individuals[5]![3]).toBeCloseTo(grid[3]! ** 2 + 5 * x[5]![1]!, 9);
    expect([grid[0], grid.at(-1)]).toEqual([Math.min(...x.map(row => row[0]!)), Math.max(...x.map(row => row[0]!))]);
  });

  it('knows columns by their names, and tries values where they lie', () => {
    const rows = {
      x: [
        [0, 1],
        [0, 1],
        [0, 1],
        [9, 1],
      ],
      features: ['a', 'b'],
    };
    const { grid } = interpret.partialDependence(score, rows, { feature: 'a', points: 3, grid: 'quantiles' });
    expect(grid).toEqual([0, 9]);
    expect(() => interpret.partialDependence(score, rows, { feature: 'c' })).toThrow(
      "expected one of the columns a, b, received 'c'.",
    );
    expect(() => interpret.partialDependence(() => [1], rows, { feature: 'a' })).toThrow(
      'one finite number for each of 4 rows',
    );
    expect(() => interpret.partialDependence(rows => rows.map(() => Number.NaN), rows, { feature: 'a' })).toThrow(
      'received NaN for row 0.',
    );
  });
});

/** Over all orders, as the definition says. */
function byOrders(game: interpret.Game): number[] {
  const n = game.players.length;
  const value = (mask: boolean[]) => game.values([mask])[0]!;
  const sums = new Array<number>(n).fill(0);
  let orders = 0;
  const walk = (left: number[], mask: boolean[]): number => {
    if (left.length === 0) return ++orders && 1;
    let below = 0;
    for (const player of left) {
      const next = mask.with(player, true);
      const times = walk(
        left.filter(other => other !== player),
        next,
      );
      sums[player]! += times * (value(next) - value(mask));
      below += times;
    }
    return below;
  };
  walk(
    game.players.map((_, i) => i),
    new Array<boolean>(n).fill(false),
  );
  return sums.map(sum => sum / orders);
}

/** A game with any value for each set of players. */
const games = fc.integer({ min: 1, max: 5 }).chain(n =>
  fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2 ** n, maxLength: 2 ** n }).map(
    (table): interpret.Game => ({
      players: Array.from({ length: n }, (_, i) => `p${i}`),
      values: masks => masks.map(mask => table[mask.reduce((set, there, i) => set | (there ? 1 << i : 0), 0)]!),
    }),
  ),
);

describe('shapley', () => {
  it('is the mean over all orders, and adds up', () => {
    fc.assert(
      fc.property(games, game => {
        const { values, base, total } = interpret.shapley(game);
        byOrders(game).forEach((value, i) => expect(values[i]).toBeCloseTo(value, 9));
        expect(base + values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('gives who adds nothing nothing, and equals the same', () => {
    const game = interpret.rowGame(
      rows => rows.map(([a, b]) => a! * b!),
      [2, 2, 7],
      [
        [0, 0, 0],
        [1, 1, 1],
      ],
    );
    const { values } = interpret.shapley(game);
    expect(values[2]).toBe(0);
    expect(values[0]).toBeCloseTo(values[1]!, 12);
  });

  it('of a line is the weight times the distance from the mean', () => {
    const row = [1, -2, 0.5];
    const means = [0, 1, 2].map(column => x.reduce((sum, one) => sum + one[column]!, 0) / x.length);
    const { values } = interpret.shapley(interpret.rowGame(linear, row, x));
    expect(values[0]).toBeCloseTo(3 * (row[0]! - means[0]!), 9);
    expect(values[1]).toBeCloseTo(row[1]! - means[1]!, 9);
    expect(values[2]).toBeCloseTo(0, 9);
  });

  it('sampled comes as near as it says, and adds up exactly', () => {
    const score = (rows: number[][]) => rows.map(([a, b, c]) => a! * b! + Math.sin(3 * c!) + a! * c!);
    const game = interpret.rowGame(score, [2, 3, 1], x.slice(0, 20));
    const exact = interpret.shapley(game);
    const { values, standardErrors, base, total } = interpret.sampledShapley(game, { samples: 200, seed: 2 });
    values.forEach((value, i) =>
      expect(Math.abs(value - exact.values[i]!)).toBeLessThan(5 * standardErrors[i]! + 1e-9),
    );
    expect(Math.max(...standardErrors)).toBeGreaterThan(0);
    expect(base + values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 9);
    expect(total).toBeCloseTo(exact.total, 12);
    expect(interpret.sampledShapley(game, { samples: 20, seed: 2 })).toEqual(
      interpret.sampledShapley(game, { samples: 20, seed: 2 }),
    );
  });

  it('refuses too many players, and says what to do', () => {
    const game = { players: Array.from({ length: 17 }, (_, i) => `${i}`), values: () => [] };
    expect(() => interpret.shapley(game)).toThrow('expected at most 16 players, received 17.');
  });
});

describe('lime', () => {
  it('of a line finds the line', () => {
    const game = interpret.rowGame(linear, [2, 5, 1], [[1, 1, 1]]);
    const { weights, intercept, r2: trust } = interpret.lime(game, { l2: 0, samples: 200 });
    [3 * (2 - 1), 5 - 1, 0].forEach((weight, i) => expect(weights[i]).toBeCloseTo(weight, 9));
    expect(intercept).toBeCloseTo(4, 9);
    expect(trust).toBeCloseTo(1, 9);
  });

  it('is local: near the whole, what is flat there counts little', () => {
    // Any two of the first three words are enough; the last word adds a little of its own.
    const game = interpret.wordGame(
      texts =>
        texts.map(
          words => (words.filter(word => word === 'good').length >= 2 ? 1 : 0) + (words.includes('tea') ? 0.2 : 0),
        ),
      ['good', 'good', 'good', 'tea'],
    );
    const near = interpret.lime(game, { kernelWidth: 0.1, samples: 2000, l2: 0 });
    const far = interpret.lime(game, { kernelWidth: 10, samples: 2000, l2: 0 });
    expect(near.weights[0]!).toBeLessThan(0.5 * far.weights[0]!);
    expect(near.weights[3]).toBeCloseTo(0.2, 2);
    expect(far.r2).toBeLessThan(0.95);
  });

  it('is the same for the same seed, holds weights small when asked', () => {
    const game = interpret.rowGame(linear, [2, 5, 1], [[0, 0, 0]]);
    expect(interpret.lime(game, { seed: 4 })).toEqual(interpret.lime(game, { seed: 4 }));
    expect(interpret.lime(game, { l2: 10 }).weights[0]!).toBeLessThan(interpret.lime(game, { l2: 0 }).weights[0]!);
    expect(() => interpret.lime(game, { kernelWidth: 0 })).toThrow('expected a number above 0');
  });
});

describe('games', () => {
  it('average the model over the background', () => {
    const game = interpret.rowGame(
      linear,
      [1, 1, 1],
      [
        [0, 0, 0],
        [2, 0, 0],
      ],
    );
    expect(
      game.values([
        [false, false, false],
        [true, false, false],
        [true, true, true],
      ]),
    ).toEqual([3, 3, 4]);
  });

  it('refuse a background of other columns, and answers that are none', () => {
    expect(() => interpret.rowGame(linear, [1, 2], [[1, 2, 3]])).toThrow('expected rows of 3 numbers');
    expect(() => interpret.wordGame(() => [Number.NaN], ['a']).values([[true]])).toThrow(
      'one finite number for each of 1 texts',
    );
    expect(() => interpret.wordGame(() => [], [])).toThrow('expected a list of at least one word');
  });
});
