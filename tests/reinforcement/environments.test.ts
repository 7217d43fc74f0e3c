import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { random } from '../../src/core/index.ts';
import { cartPoleRules } from '../../src/reinforcement/envs/cart-pole.ts';
import { mountainCarRules } from '../../src/reinforcement/envs/mountain-car.ts';
import { turn } from '../../src/reinforcement/envs/pendulum.ts';
import * as rl from '../../src/reinforcement/index.ts';

const golden = JSON.parse(readFileSync(new URL('golden/golden.json', import.meta.url), 'utf8'));

/** Every environment there is, and must keep the contract. */
const WORLDS = {
  bandit: () => rl.bandit({ chances: [0.2, 0.8], maxSteps: 50 }),
  gridworld: () => rl.gridworld(),
  taxi: () => rl.taxi(),
  snake: () => rl.snake(),
  cartPole: () => rl.cartPole(),
  mountainCar: () => rl.mountainCar(),
  pendulum: () => rl.pendulum(),
  'pendulum with any torque': () => rl.pendulum({ torques: 'any' }),
  inventory: () => rl.inventory(),
} satisfies Record<string, () => rl.Environment>;

describe.each(Object.entries(WORLDS) as [string, () => rl.Environment][])('%s', (name, make) => {
  it('keeps the contract', () => {
    rl.checkEnvironment(make());
  });

  it('begins differently with another seed, and goes on when none is given', () => {
    if (name === 'bandit' || name === 'gridworld') return; // they always begin in one place
    const world = make();
    const starts = [1, 2, 3, 4].map(seed => JSON.stringify([world.reset({ seed }), world.scene()]));
    expect(new Set(starts).size).toBeGreaterThan(1);
    world.reset({ seed: 1 });
    const after = Array.from({ length: 4 }, () => JSON.stringify([world.reset(), world.scene()]));
    expect(new Set(after).size).toBeGreaterThan(1);
    world.reset({ seed: 1 });
    expect(Array.from({ length: 4 }, () => JSON.stringify([world.reset(), world.scene()]))).toEqual(after);
  });

  it('draws finite shapes within its picture', () => {
    const world = make();
    const { scenes } = rl.record(world, rl.randomly(world, 3), { seed: 3 });
    if (name === 'bandit') return expect(scenes).toEqual([]);
    expect(scenes.length).toBeGreaterThan(1);
    for (const { x, y, shapes } of scenes) {
      expect(x[0]).toBeLessThan(x[1]);
      expect(y[0]).toBeLessThan(y[1]);
      expect(shapes.length).toBeGreaterThan(0);
      const numbers = JSON.stringify(shapes, (_, value) =>
        typeof value === 'number' && !Number.isFinite(value) ? 'BAD' : value,
      );
      expect(numbers).not.toContain('BAD');
    }
    return undefined;
  });
});

describe('against the equations of Gymnasium', () => {
  it.each([
    ['cartPole', cartPoleRules],
    ['mountainCar', mountainCarRules],
  ] as const)('%s, 200 steps', (name, { next }) => {
    for (const { state, action, after, terminated } of golden[name]) {
      const step = next(state as never, action as never, random(0)) as rl.Next<readonly number[]>;
      step.state.forEach((value, i) => expect(value).toBeCloseTo(after[i], 12));
      expect(step.terminated).toBe(terminated);
      expect(step.reward).toBe(name === 'cartPole' ? 1 : -1);
    }
    expect(new Set(golden[name].map((step: { terminated: boolean }) => step.terminated)).size).toBe(2);
  });

  it('pendulum, 200 steps', () => {
    for (const { state, torque, after, reward } of golden.pendulum) {
      const step = turn([state[0], state[1], 0], torque);
      expect(step.state[0]).toBeCloseTo(after[0], 12);
      expect(step.state[1]).toBeCloseTo(after[1], 12);
      expect(step.reward).toBeCloseTo(reward, 12);
    }
  });
});

describe('taxi', () => {
  const world = rl.taxi();

  it('numbers 500 states, and reads them', () => {
    expect(world.observations.count).toBe(500);
    // Gymnasium's own example: row 3, column 1, passenger at Y, going to R.
    expect(world.read(328)).toEqual({ row: 3, column: 1, passenger: 2, destination: 0 });
  });

  it('does not drive through walls', () => {
    const [east, west] = [2, 3];
    const at = (row: number, column: number) => ((row * 5 + column) * 5 + 4) * 4;
    const columnAfter = (row: number, column: number, action: number) => {
      const { next } = world.model.outcomes(at(row, column), action)[0]!;
      return world.read(next).column;
    };
    expect([
      columnAfter(0, 1, east),
      columnAfter(0, 2, west),
      columnAfter(2, 1, east),
      columnAfter(4, 0, east),
      columnAfter(4, 2, east),
    ]).toEqual([1, 2, 2, 0, 2]);
    expect([columnAfter(0, 4, east), columnAfter(0, 0, west)]).toEqual([4, 0]);
  });

  it('is solved by planning: every ride ends with the delivery, on the shortest way', () => {
    const plan = rl.valueIteration(world.model, { discount: 1, maxSweeps: 200 });
    const { returns } = rl.evaluate(world, state => plan.policy[state]!, { episodes: 100, seed: 5 });
    expect(Math.min(...returns)).toBeGreaterThan(2);
    for (let seed = 0; seed < 100; seed++) {
      const start = world.reset({ seed });
      const episode = rl.record(world, state => plan.policy[state]!, { seed });
      expect(episode.return).toBeCloseTo(plan.values[start]!, 9);
    }
  });
});

describe('snake', () => {
  it('grows by a bite, dies at a wall, and sees both coming', () => {
    const world = rl.snake({ size: 6 });
    let [bites, deaths] = [0, 0];
    for (let seed = 0; seed < 100; seed++) {
      const [, ahead] = world.reset({ seed });
      expect(ahead).toBe(0);
      let last = world.reset({ seed });
      for (let step = 0; step < 10; step++) {
        const length = Number(/\d+/.exec(world.scene()!.caption!)![0]);
        const next = world.step(1);
        const grown = Number(/\d+/.exec(world.scene()!.caption!)![0]) - length;
        if (next.reward === 1) bites++;
        expect(grown).toBe(next.reward === 1 ? 1 : 0);
        expect(next.terminated).toBe(last[1] === 1);
        last = next.observation;
        if (next.terminated) {
          expect(next.reward).toBe(-1);
          deaths++;
          break;
        }
      }
    }
    expect(bites).toBeGreaterThan(0);
    expect(deaths).toBe(100);
  });

  it('starves without a bite', () => {
    const world = rl.snake({ size: 4 });
    const { actions, rewards, terminated } = rl.record(world, () => 0, { seed: 1 }); // round and round
    expect(terminated).toBe(true);
    expect(actions.length).toBeGreaterThanOrEqual(16);
    expect(rewards.at(-1)).toBe(-1.01);
  });
});

describe('inventory', () => {
  it('pays what was sold, less what was bought and kept', () => {
    const world = rl.inventory({ capacity: 10, demand: 3, price: 10, cost: 4, orderCost: 8, holdingCost: 0.5 });
    const nothingAsked = world.model.outcomes(2, 5)[0]!;
    expect(nothingAsked).toMatchObject({ next: 7, reward: -(5 * 4 + 8 + 7 * 0.5) });
    const threeAsked = world.model.outcomes(2, 5)[3]!;
    expect(threeAsked).toMatchObject({ next: 4, reward: 3 * 10 - (5 * 4 + 8 + 4 * 0.5) });
    // What does not fit is neither delivered nor paid.
    expect(world.model.outcomes(9, 10)[0]).toMatchObject({ next: 10, reward: -(4 + 8 + 10 * 0.5) });
    const total = world.model.outcomes(3, 3).reduce((sum, { probability }) => sum + probability, 0);
    expect(total).toBeCloseTo(1, 12);
  });

  it('the planned policy earns what its values say, and more than a fixed order', () => {
    const world = rl.inventory({ maxSteps: 1000 });
    const plan = rl.valueIteration(world.model, { discount: 0.95 });
    const { mean } = rl.evaluate(world, stock => plan.policy[stock]!, { episodes: 20 });
    const { mean: fixed } = rl.evaluate(world, stock => Math.max(0, Math.min(5, 20 - stock)), { episodes: 20 });
    expect(mean).toBeGreaterThan(fixed * 1.05);
    // Order-up-to policies are optimal here (Scarf, 1960): below a level one fills up, above it one waits.
    const orders = plan.policy.findIndex(order => order === 0);
    expect(plan.policy.slice(orders).every(order => order === 0)).toBe(true);
    expect(new Set(plan.policy.slice(0, orders).map((order, stock) => order + stock)).size).toBe(1);
  });
});

describe('what makes no sense', () => {
  it.each([
    [() => rl.cartPole().step(0), 'cartPole.step(action): no episode has begun.'],
    [
      () => {
        const world = rl.bandit({ chances: [0, 1], maxSteps: 1 });
        world.reset();
        world.step(0);
        world.step(0);
      },
      'bandit.step(action): the episode has ended.',
    ],
    [
      () => {
        const world = rl.mountainCar();
        world.reset();
        world.step(3);
      },
      'mountainCar.step(action): expected a whole number from 0 to 2 (left, nothing, right), received 3.',
    ],
    [
      () => {
        const world = rl.pendulum({ torques: 'any' });
        world.reset();
        world.step([3]);
      },
      'pendulum.step(action): expected 1 numbers: torque (N m) from -2 to 2, received [3].',
    ],
    [() => rl.cartPole().reset({ sed: 1 } as never), "received 'sed'."],
    [() => rl.gridworld({ map: ['S.', 'G'] }), 'gridworld({ map }): expected rows of one length'],
    [() => rl.gridworld({ map: ['..', '.G'] }), 'expected one S, the start, received 0.'],
    [() => rl.gridworld({ map: ['Sx'] }), "expected the letters S, G, X, # and ., received 'x'."],
    [() => rl.bandit({ chances: [2, 0] }), 'expected at least two chances from 0 to 1, received [2, 0].'],
    [() => rl.inventory({ capacity: 0 }), 'inventory({ capacity }): expected a whole number from 1'],
  ])('case %#', (call, message) => expect(call).toThrow(message));
});

describe('the checker finds', () => {
  const honest: rl.Rules<number, rl.Discrete, rl.Discrete> = {
    name: 'line',
    observations: rl.discrete(5),
    actions: rl.discrete(2),
    maxSteps: 20,
    start: () => 2,
    observe: state => state,
    next: (state, action) => {
      const next = state + (action === 1 ? 1 : -1);
      return { state: next, reward: 0, terminated: next === 0 || next === 4 };
    },
  };
  const broken = (change: Partial<typeof honest>) => () =>
    rl.checkEnvironment(rl.environment({ ...honest, ...change }));

  it('nothing in an honest one', () => expect(broken({})).not.toThrow());

  it.each([
    ['observations out of their space', { observe: (state: number) => state + 1 }, 'not in the space of observations'],
    ['a reward of NaN', { next: () => ({ state: 1, reward: Number.NaN, terminated: false }) }, 'gave the reward NaN'],
    [
      'randomness of its own',
      { start: () => (Date.now() + counter++ === 0 ? 0 : (counter % 3) + 1) },
      'two different episodes',
    ],
  ])('%s', (_, change, message) => expect(broken(change)).toThrow(message));

  it('an observation that changes afterwards, an end that is a cut, no end, and actions that are not refused', () => {
    const seen = [0.5];
    const world: rl.Environment<rl.Box, rl.Discrete> = {
      name: 'liar',
      observations: rl.box({ x: [0, 1] }),
      actions: rl.discrete(2),
      maxSteps: 3,
      reset: () => {
        seen[0] = 0.5;
        return seen;
      },
      step: () => {
        seen[0] = 0.7;
        return { observation: seen, reward: 0, terminated: true, truncated: true };
      },
      scene: () => undefined,
    };
    const check = () => rl.checkEnvironment(world);
    expect(check).toThrow('an observation changed after it was given');
    expect(check).toThrow('terminated and truncated at once');
    expect(check).toThrow('before maxSteps');
    expect(check).toThrow('the action 2 was not refused');
    expect(check).toThrow('step() after the end of an episode was not refused');
  });
});
let counter = 0;

it('types tell observations and actions', () => {
  expectTypeOf(rl.cartPole().reset()).toEqualTypeOf<readonly number[]>();
  expectTypeOf(rl.taxi().reset()).toEqualTypeOf<number>();
  expectTypeOf(rl.pendulum({ torques: 'any' }).step)
    .parameter(0)
    .toEqualTypeOf<readonly number[]>();
  expectTypeOf(rl.pendulum().step).parameter(0).toEqualTypeOf<number>();
});
