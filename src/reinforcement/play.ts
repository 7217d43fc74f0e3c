import { assertInteger, assertKeys, assertSeed, random } from '../core/index.ts';
import type { Scene } from '../plot/index.ts';
import type { Act } from './agent.ts';
import type { Environment } from './environment.ts';
import { type Element, type Space, sample } from './spaces.ts';

/**
 * Acts at random: what every agent must beat.
 *
 * @example reinforcement.randomly(reinforcement.snake(), 1)
 */
export function randomly<O extends Space, A extends Space>(world: Environment<O, A>, seed = 0): Act<O, A> {
  const chance = random(seed).derive('random actions');
  return () => sample(world.actions, chance);
}

export interface Episode<O extends Space, A extends Space> {
  /** One more than there are actions. */
  observations: Element<O>[];
  actions: Element<A>[];
  rewards: number[];
  /** The sum of the rewards. */
  return: number;
  /** Ended by itself, not cut off. */
  terminated: boolean;
  /** What a person would have seen, one more than there are actions; empty where the environment draws nothing. */
  scenes: Scene[];
}

/**
 * Plays one episode and keeps all of it.
 *
 * @example
 * const world = reinforcement.snake();
 * const { scenes } = reinforcement.record(world, reinforcement.randomly(world), { seed: 1 });
 */
export function record<O extends Space, A extends Space>(
  world: Environment<O, A>,
  act: Act<O, A>,
  options: { seed?: number } = {},
): Episode<O, A> {
  assertKeys('record(world, act, options)', options, ['seed']);
  const episode: Episode<O, A> = {
    observations: [world.reset(options)],
    actions: [],
    rewards: [],
    return: 0,
    terminated: false,
    scenes: [],
  };
  const look = () => {
    const scene = world.scene();
    if (scene) episode.scenes.push(scene);
  };
  look();
  for (let isOver = false; !isOver; ) {
    const action = act(episode.observations.at(-1)!);
    const { observation, reward, terminated, truncated } = world.step(action);
    episode.actions.push(action);
    episode.observations.push(observation);
    episode.rewards.push(reward);
    episode.return += reward;
    episode.terminated = terminated;
    isOver = terminated || truncated;
    look();
  }
  return episode;
}

export interface Evaluation {
  /** The sum of rewards of each episode. */
  returns: number[];
  mean: number;
  standardDeviation: number;
  /** The mean number of steps. */
  steps: number;
}

/**
 * How well an agent does without learning: the returns of episodes that it has not seen.
 *
 * @example
 * const world = reinforcement.cartPole();
 * reinforcement.evaluate(world, reinforcement.randomly(world), { episodes: 10 }).mean
 */
export function evaluate<O extends Space, A extends Space>(
  world: Environment<O, A>,
  act: Act<O, A>,
  options: { /** Default 100. */ episodes?: number /** Default 0. */; seed?: number } = {},
): Evaluation {
  assertKeys('evaluate(world, act, options)', options, ['episodes', 'seed']);
  const { episodes = 100, seed = 0 } = options;
  assertInteger('evaluate({ episodes })', episodes, { min: 1 });
  assertSeed('evaluate({ seed })', seed);
  const seeds = random(seed).derive('evaluation');
  const returns: number[] = [];
  let steps = 0;
  for (let i = 0; i < episodes; i++) {
    let observation = world.reset({ seed: seeds.seed() });
    let total = 0;
    for (let isOver = false; !isOver; steps++) {
      const step = world.step(act(observation));
      observation = step.observation;
      total += step.reward;
      isOver = step.terminated || step.truncated;
    }
    returns.push(total);
  }
  const mean = returns.reduce((sum, one) => sum + one, 0) / episodes;
  const variance = returns.reduce((sum, one) => sum + (one - mean) ** 2, 0) / episodes;
  return { returns, mean, standardDeviation: Math.sqrt(variance), steps: steps / episodes };
}
