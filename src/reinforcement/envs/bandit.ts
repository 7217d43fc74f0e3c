import { assertKeys, describe, mismatch } from '../../core/index.ts';
import { type Environment, environment } from '../environment.ts';
import { type Discrete, discrete } from '../spaces.ts';

export interface BanditOptions {
  /** How likely each arm pays 1, instead of 0. */
  chances: readonly number[];
  /** Default 1000. */
  maxSteps?: number;
}

/**
 * Slot machines with unknown chances: the smallest task in which one must choose between what seems best and what is yet
 * unknown (Sutton and Barto, chapter 2).
 *
 * @example const machines = reinforcement.bandit({ chances: [0.2, 0.5, 0.6] });
 */
export function bandit(options: BanditOptions): Environment<Discrete, Discrete> {
  assertKeys('bandit(options)', options, ['chances', 'maxSteps']);
  const { chances, maxSteps = 1000 } = options;
  const isShare = (chance: unknown) => typeof chance === 'number' && chance >= 0 && chance <= 1;
  if (!Array.isArray(chances) || chances.length < 2 || !chances.every(isShare))
    throw mismatch({
      where: 'bandit({ chances })',
      expected: 'at least two chances from 0 to 1',
      received: describe(chances),
    });
  return environment<0, Discrete, Discrete>({
    name: 'bandit',
    observations: discrete(['the same machines']),
    actions: discrete(chances.map((_, arm) => `arm ${arm}`)),
    maxSteps,
    start: () => 0,
    observe: () => 0,
    next: (state, arm, random) => ({ state, reward: random.uniform() < chances[arm]! ? 1 : 0, terminated: false }),
  });
}
