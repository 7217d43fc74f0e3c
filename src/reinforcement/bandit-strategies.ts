import {
  assertInteger,
  assertKeys,
  assertNumber,
  assertOneOf,
  assertSeed,
  freshSeed,
  type Random,
  random,
} from '../core/index.ts';
import { anyBest } from './agent.ts';
import type { Environment } from './environment.ts';
import type { Discrete } from './spaces.ts';

/**
 * How to choose between what seems best and what is yet unknown: 'epsilon-greedy' tries a random arm now and then; 'ucb'
 * adds to each arm how unsure it still is (Auer, Cesa-Bianchi and Fischer, 2002); 'thompson' draws from what it believes of
 * each arm (Thompson, 1933), for rewards of 0 and 1.
 */
export type BanditStrategy =
  | { kind: 'epsilon-greedy' /** Default 0.1. */; epsilon?: number }
  | { kind: 'ucb' /** Default √2. */; confidence?: number }
  | { kind: 'thompson' };

export interface BanditRun {
  rewards: number[];
  /** Which arm was taken at each step. */
  arms: number[];
  /** How often each arm was taken. */
  counts: number[];
  /** The mean reward of each arm; 0 for one that was never taken. */
  estimates: number[];
}

/**
 * Plays the machines for so many steps.
 *
 * @example reinforcement.playBandit(reinforcement.bandit({ chances: [0.2, 0.6] }), { kind: 'ucb' }, { steps: 100, seed: 1 }).counts
 */
export function playBandit(
  world: Environment<Discrete, Discrete>,
  strategy: BanditStrategy,
  options: { /** Default 1000. */ steps?: number; seed?: number } = {},
): BanditRun {
  assertKeys('playBandit(world, strategy, options)', options, ['steps', 'seed']);
  const { steps = 1000, seed = freshSeed() } = options;
  assertInteger('playBandit({ steps })', steps, { min: 1 });
  assertSeed('playBandit({ seed })', seed);
  const score = scorer(strategy);
  const chance = random(seed).derive('arms');
  const arms = world.actions.count;
  const run: BanditRun = {
    rewards: [],
    arms: [],
    counts: new Array<number>(arms).fill(0),
    estimates: new Array<number>(arms).fill(0),
  };
  world.reset({ seed });
  for (let step = 0; step < steps; step++) {
    const arm = anyBest(score(run, step, chance), chance);
    const { reward, terminated, truncated } = world.step(arm);
    run.rewards.push(reward);
    run.arms.push(arm);
    const count = run.counts[arm]! + 1;
    run.counts[arm] = count;
    run.estimates[arm]! += (reward - run.estimates[arm]!) / count;
    if (terminated || truncated) world.reset();
  }
  return run;
}

/** How attractive each arm is. */
function scorer(strategy: BanditStrategy): (run: BanditRun, step: number, chance: Random) => number[] {
  const where = 'playBandit(world, strategy)';
  assertOneOf(`${where}.kind`, strategy?.kind, ['epsilon-greedy', 'ucb', 'thompson'] as const);
  switch (strategy.kind) {
    case 'epsilon-greedy': {
      assertKeys(where, strategy, ['kind', 'epsilon']);
      const { epsilon = 0.1 } = strategy;
      assertNumber(`${where}.epsilon`, epsilon, { min: 0, max: 1 });
      return ({ estimates }, _, chance) => (chance.uniform() < epsilon ? estimates.map(() => 0) : estimates);
    }
    case 'ucb': {
      assertKeys(where, strategy, ['kind', 'confidence']);
      const { confidence = Math.SQRT2 } = strategy;
      assertNumber(`${where}.confidence`, confidence, { min: 0 });
      return ({ estimates, counts }, step) =>
        estimates.map((estimate, arm) =>
          counts[arm] === 0
            ? Number.POSITIVE_INFINITY
            : estimate + confidence * Math.sqrt(Math.log(step) / counts[arm]!),
        );
    }
    default:
      assertKeys(where, strategy, ['kind']);
      return ({ estimates, counts }, _, chance) =>
        estimates.map((estimate, arm) => {
          const wins = Math.round(estimate * counts[arm]!);
          return beta(1 + wins, 1 + counts[arm]! - wins, chance);
        });
  }
}

/** A draw of the beta distribution . */
function beta(wins: number, losses: number, chance: Random): number {
  const [one, other] = [gamma(wins, chance), gamma(losses, chance)];
  return one / (one + other);
}

/** Marsaglia and Tsang's method (2000), for shapes from 1. */
function gamma(shape: number, chance: Random): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = chance.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - chance.uniform()) < 0.5 * x ** 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
