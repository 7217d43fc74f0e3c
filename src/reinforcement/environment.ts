import {
  assertInteger,
  assertKeys,
  assertSeed,
  freshSeed,
  LearnableError,
  type Random,
  random,
} from '../core/index.ts';
import type { Scene } from '../plot/index.ts';
import { assertIn, type Element, type Space } from './spaces.ts';

/** What came of an action. */
export interface Step<Observation> {
  observation: Observation;
  reward: number;
  /** The task has ended here: nothing that comes after has any value. */
  terminated: boolean;
  /** The episode was cut off, though the task goes on: what comes after still has its value. */
  truncated: boolean;
}

/**
 * A task in steps: after `reset`, each action gives an observation and a reward, until the episode ends (Sutton and
 * Barto, Reinforcement Learning, 3.1; the contract is Gymnasium's).
 */
export interface Environment<Observations extends Space = Space, Actions extends Space = Space> {
  readonly name: string;
  readonly observations: Observations;
  readonly actions: Actions;
  /** After so many steps an episode is cut off. */
  readonly maxSteps: number;
  /** Begins an episode. The same seed begins the same one; without a seed the randomness goes on from where it was. */
  reset(options?: { seed?: number }): Element<Observations>;
  /** Throws for an action that there is not, and after the end of an episode. */
  step(action: Element<Actions>): Step<Element<Observations>>;
  /** What a person sees now. */
  scene(): Scene | undefined;
}

/** The rules of an environment: pure functions of its state, which are never given a state that they may change. */
export interface Rules<State, Observations extends Space, Actions extends Space> {
  name: string;
  observations: Observations;
  actions: Actions;
  maxSteps: number;
  start(random: Random): State;
  observe(state: State): Element<Observations>;
  next(state: State, action: Element<Actions>, random: Random): Next<State>;
  scene?(state: State): Scene;
}

export interface Next<State> {
  state: State;
  reward: number;
  terminated: boolean;
}

/**
 * An environment from its rules: it keeps the state, counts the steps, and refuses what makes no sense.
 *
 * @example
 * const coin = reinforcement.environment({
 *   name: 'coin', observations: reinforcement.discrete(1), actions: reinforcement.discrete(['heads', 'tails']), maxSteps: 10,
 *   start: () => 0, observe: () => 0,
 *   next: (state, action, random) => ({ state, reward: random.integer(0, 2) === action ? 1 : 0, terminated: false }),
 * });
 * coin.reset({ seed: 1 });
 */
export function environment<State, Observations extends Space, Actions extends Space>(
  rules: Rules<State, Observations, Actions>,
): Environment<Observations, Actions> {
  const { name, observations, actions, maxSteps } = rules;
  assertInteger(`environment('${name}', { maxSteps })`, maxSteps, { min: 1 });
  let chance: Random | undefined;
  let state: State | undefined;
  let steps = 0;
  let hasBegun = false;
  let hasEnded = false;

  return {
    name,
    observations,
    actions,
    maxSteps,
    reset(options = {}) {
      assertKeys(`${name}.reset(options)`, options, ['seed']);
      const { seed } = options;
      if (seed !== undefined) assertSeed(`${name}.reset({ seed })`, seed);
      if (seed !== undefined || !chance) chance = random(seed ?? freshSeed());
      state = rules.start(chance);
      [steps, hasBegun, hasEnded] = [0, true, false];
      return rules.observe(state);
    },
    step(action) {
      if (!hasBegun || hasEnded)
        throw new LearnableError(
          `${name}.step(action): ${hasBegun ? 'the episode has ended' : 'no episode has begun'}.`,
          { hint: 'Begin the next one with reset().' },
        );
      assertIn(`${name}.step(action)`, actions, action);
      const next = rules.next(state!, action, chance!);
      state = next.state;
      steps++;
      const truncated = !next.terminated && steps >= maxSteps;
      hasEnded = next.terminated || truncated;
      return { observation: rules.observe(state), reward: next.reward, terminated: next.terminated, truncated };
    },
    scene: () => (hasBegun ? rules.scene?.(state!) : undefined),
  };
}
