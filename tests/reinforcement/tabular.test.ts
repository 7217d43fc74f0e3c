import { describe, expect, it } from 'vitest';
import { random } from '../../src/core/index.ts';
import * as rl from '../../src/reinforcement/index.ts';

describe('value iteration', () => {
  it('finds the utilities of the four by three world of Russell and Norvig', () => {
    const { values, policy } = rl.valueIteration(rl.gridworld().model, { discount: 1 });
    const expected = [
      [0.812, 0.868, 0.918, 0],
      [0.762, 0, 0.66, 0],
      [0.705, 0.655, 0.611, 0.388],
    ].flat();
    values.forEach((value, state) => expect(value).toBeCloseTo(expected[state]!, 3));
    const [up, right, left] = [0, 1, 3];
    expect([0, 1, 2, 4, 6, 8, 9, 10, 11].map(state => policy[state])).toEqual([
      right,
      right,
      right,
      up,
      up,
      up,
      left,
      left,
      left,
    ]);
  });

  it('comes closer with each sweep, and the last one is the fixed point', () => {
    const { model } = rl.gridworld();
    const sweeps = [...rl.valueSweeps(model, { discount: 0.9 })];
    const end = sweeps.at(-1)!;
    const gaps = sweeps.map(values => Math.max(...values.map((value, state) => Math.abs(value - end[state]!))));
    for (let i = 1; i < gaps.length; i++) expect(gaps[i]!).toBeLessThanOrEqual(0.9 * gaps[i - 1]! + 1e-9);
  });

  it('refuses a discount that is none', () => {
    expect(() => rl.valueIteration(rl.gridworld().model, { discount: 1.1 })).toThrow(
      'expected a number from 0 to 1, received 1.1.',
    );
  });
});

describe('q-learning', () => {
  it('finds the values of the plan on a ground that does not slip', () => {
    const world = rl.gridworld({ slip: 0 });
    const plan = rl.valueIteration(world.model, { discount: 0.9 });
    const learned = rl.qLearning(world, {
      episodes: 3000,
      learningRate: 0.5,
      discount: 0.9,
      exploration: 0.5,
      seed: 1,
    });
    for (const state of [0, 1, 2, 4, 6, 8, 9, 10]) {
      const found = learned.valuesAt(state);
      expect(Math.max(...found)).toBeCloseTo(plan.values[state]!, 6);
      expect(plan.actionValues[state]![learned.act(state)]).toBeCloseTo(plan.values[state]!, 6);
    }
  });

  it('brings the taxi to its passengers', () => {
    const world = rl.taxi();
    const { act, returns } = rl.qLearning(world, {
      episodes: 2500,
      learningRate: 0.3,
      exploration: { from: 1, to: 0.02, steps: 60_000 },
      seed: 3,
    });
    const { returns: after } = rl.evaluate(world, act, { episodes: 200 });
    expect(Math.min(...after)).toBeGreaterThan(0); // each ride ends with a delivery
    expect(returns.slice(0, 50).every(value => value < 0)).toBe(true);
  });

  it('learns to play Snake, and SARSA to fear the pit', () => {
    const world = rl.snake({ size: 6 });
    const { act } = rl.qLearning(world, {
      episodes: 1500,
      learningRate: 0.2,
      discount: 0.9,
      exploration: { from: 0.5, to: 0.01, steps: 20_000 },
      seed: 1,
    });
    const learned = rl.evaluate(world, act, { episodes: 50 });
    expect(learned.mean).toBeGreaterThan(6);
    expect(rl.evaluate(world, rl.randomly(world), { episodes: 50 }).mean).toBeLessThan(1);
    // The cliff of Sutton and Barto, example 6.6: along the edge is shortest, and deadly for one who explores.
    const cliff = rl.gridworld({
      map: ['......', '......', '......', 'SXXXXG'],
      slip: 0,
      stepReward: -0.02,
      maxSteps: 200,
    });
    const options = { episodes: 4000, learningRate: 0.2, discount: 1, exploration: 0.2, seed: 2 };
    const bold = rl.record(cliff, rl.qLearning(cliff, options).act);
    const careful = rl.record(cliff, rl.qLearning(cliff, { ...options, algorithm: 'sarsa' }).act);
    expect(bold.actions).toHaveLength(7);
    expect(careful.terminated).toBe(true);
    expect(careful.actions.length).toBeGreaterThan(7);
  });

  it('is the same for the same seed, and ends when it is told', () => {
    const learn = (seed: number) => rl.qLearning(rl.gridworld(), { episodes: 50, seed }).returns;
    expect(learn(4)).toEqual(learn(4));
    expect(learn(5)).not.toEqual(learn(4));
    const { returns } = rl.qLearning(rl.gridworld(), {
      episodes: 50,
      seed: 1,
      onEpisode: ({ episode }) => episode < 9,
    });
    expect(returns).toHaveLength(10);
  });

  it('looks beyond a cut, and not beyond an end', () => {
    // One state, reward 1 a step for ever, cut off after 5: worth 1 / (1 − 0.9) = 10, unless a cut is taken for an end.
    const endless = rl.environment({
      name: 'endless',
      observations: rl.discrete(1),
      actions: rl.discrete(1),
      maxSteps: 5,
      start: () => 0,
      observe: () => 0,
      next: () => ({ state: 0, reward: 1, terminated: false }),
    });
    const { values } = rl.qLearning(endless, { episodes: 400, discount: 0.9, learningRate: 0.5, seed: 1 });
    expect(values.get('0')![0]).toBeCloseTo(10, 3);
  });
});

describe('bandits', () => {
  const machines = rl.bandit({ chances: [0.3, 0.5, 0.7], maxSteps: 5000 });
  const share = (strategy: rl.BanditStrategy, seed: number) =>
    rl.playBandit(machines, strategy, { steps: 2000, seed }).counts[2]! / 2000;

  it.each([{ kind: 'epsilon-greedy' }, { kind: 'ucb' }, { kind: 'thompson' }] as const)(
    '$kind finds the best arm',
    strategy => {
      const shares = [1, 2, 3, 4, 5].map(seed => share(strategy, seed));
      expect(shares.reduce((sum, one) => sum + one) / 5).toBeGreaterThan(0.6);
    },
  );

  it('greed alone stays with a bad arm now and then', () => {
    const shares = Array.from({ length: 30 }, (_, seed) => share({ kind: 'epsilon-greedy', epsilon: 0 }, seed));
    expect(Math.min(...shares)).toBeLessThan(0.01);
  });

  it('counts what it did', () => {
    const run = rl.playBandit(machines, { kind: 'ucb' }, { steps: 300, seed: 1 });
    expect(run.counts.reduce((sum, one) => sum + one)).toBe(300);
    const paid = run.rewards.filter((_, step) => run.arms[step] === 2);
    expect(run.estimates[2]).toBeCloseTo(paid.reduce((sum, one) => sum + one, 0) / paid.length, 12);
    expect(() => rl.playBandit(machines, { kind: 'greedy' } as never)).toThrow(
      "expected one of 'epsilon-greedy', 'ucb', 'thompson'",
    );
  });
});

describe('replay', () => {
  const step = (value: number) => ({
    observation: [value, 0],
    action: value,
    reward: value,
    next: [value + 1, 0],
    terminated: value === 3,
  });

  it('keeps the last so many, and gives them side by side', () => {
    const memory = rl.replay({ capacity: 3, width: 2 });
    for (let i = 0; i < 5; i++) memory.add(step(i));
    expect(memory.size).toBe(3);
    const batch = memory.sample(200, random(1));
    expect([...new Set(batch.actions)].sort()).toEqual([2, 3, 4]);
    for (let i = 0; i < 200; i++) {
      const value = batch.actions[i]!;
      expect(batch.observations[2 * i]).toBe(value);
      expect(batch.next[2 * i]).toBe(value + 1);
      expect(batch.rewards[i]).toBe(value);
      expect(batch.terminated[i]).toBe(value === 3 ? 1 : 0);
    }
  });

  it('refuses what does not fit', () => {
    const memory = rl.replay({ capacity: 3, width: 2 });
    expect(() => memory.sample(1, random(1))).toThrow('expected at least one experience, received none.');
    expect(() => memory.add({ ...step(1), next: [1] })).toThrow(
      'expected observations of 2 numbers, received 2 and 1.',
    );
  });
});

it('discounted returns look forward', () => {
  expect(rl.discountedReturns([1, 0, 2], 0.5)).toEqual([1.5, 1, 2]);
  expect(rl.discountedReturns([1], 0.9, 10)).toEqual([10]);
});

it('evaluate tells the mean, its spread and the steps', () => {
  const world = rl.cartPole();
  const found = rl.evaluate(world, rl.randomly(world, 1), { episodes: 200, seed: 1 });
  expect(found.returns).toHaveLength(200);
  expect(found.mean).toBeGreaterThan(17); // about 22 at random
  expect(found.mean).toBeLessThan(28);
  expect(found.steps).toBeCloseTo(found.mean, 9);
  expect(rl.evaluate(world, rl.randomly(world, 1), { episodes: 200, seed: 1 }).returns).toEqual(found.returns);
});
