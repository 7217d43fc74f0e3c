import { assertInteger, assertKeys, assertNumber, assertOneOf, assertSeed, freshSeed, random } from '../core/index.ts';
import { type Act, anyBest, best } from './agent.ts';
import type { Environment } from './environment.ts';
import { assertExploration, type Exploration, explorationAt } from './exploration.ts';
import type { Discrete, Element, Space } from './spaces.ts';

export interface QLearningOptions<Observation> {
  /** Default 500. */
  episodes?: number;
  /** How far a value moves to what was found, 0…1. Default 0.1. */
  learningRate?: number;
  /** Default 0.99. */
  discount?: number;
  /** Default 0.1: each tenth action is random. */
  exploration?: Exploration;
  /**
   * 'q-learning' learns what the best next action is worth, 'sarsa' what the next action is worth that is really taken,
   * explorations included. Default 'q-learning'.
   */
  algorithm?: 'q-learning' | 'sarsa';
  /** What is not yet known is taken to be worth this: a high value makes curious. Default 0. */
  initialValue?: number;
  /** The name of the state that an observation belongs to. Default: the observation itself, each its own. */
  stateOf?: (observation: Observation) => string | number;
  seed?: number;
  /** Called after each episode; `false` ends the training. */
  onEpisode?: (episode: { episode: number; return: number; steps: number }) => unknown;
}

export interface QTable<O extends Space> {
  /** The best known action, without exploring; the first of equals. */
  act: Act<O, Discrete>;
  /** What each action is worth in the state of this observation. */
  valuesAt(observation: Element<O>): readonly number[];
  /** What each action is worth, by the name of the state. */
  readonly values: ReadonlyMap<string, readonly number[]>;
  /** The sum of rewards of each episode. */
  readonly returns: readonly number[];
  readonly seed: number;
}

const OPTIONS = [
  'episodes',
  'learningRate',
  'discount',
  'exploration',
  'algorithm',
  'initialValue',
  'stateOf',
  'seed',
  'onEpisode',
];

/**
 * Learns by trying what each action is worth in each state (Watkins, 1989; Sutton and Barto, 6.5; SARSA: 6.4).
 *
 * @example
 * const { act } = reinforcement.qLearning(reinforcement.gridworld(), { episodes: 200, seed: 1 });
 * act(8);
 */
export function qLearning<O extends Space>(
  world: Environment<O, Discrete>,
  options: QLearningOptions<Element<O>> = {},
): QTable<O> {
  assertKeys('qLearning(world, options)', options, OPTIONS);
  const { episodes = 500, learningRate = 0.1, discount = 0.99, exploration = 0.1 } = options;
  const { algorithm = 'q-learning', initialValue = 0, seed = freshSeed() } = options;
  const { stateOf = observation => String(observation) } = options;
  assertInteger('qLearning({ episodes })', episodes, { min: 1 });
  assertNumber('qLearning({ learningRate })', learningRate, { min: 0, aboveMin: true, max: 1 });
  assertNumber('qLearning({ discount })', discount, { min: 0, max: 1 });
  assertExploration('qLearning({ exploration })', exploration);
  assertOneOf('qLearning({ algorithm })', algorithm, ['q-learning', 'sarsa'] as const);
  assertNumber('qLearning({ initialValue })', initialValue);
  assertSeed('qLearning({ seed })', seed);

  const values = new Map<string, number[]>();
  const unknown = () => new Array<number>(world.actions.count).fill(initialValue);
  const rowOf = (observation: Element<O>): number[] => {
    const name = String(stateOf(observation));
    const row = values.get(name) ?? unknown();
    values.set(name, row);
    return row;
  };
  const chance = random(seed).derive('actions');
  const starts = random(seed).derive('episodes');
  const choose = (row: readonly number[], step: number) =>
    chance.uniform() < explorationAt(exploration, step) ? chance.integer(0, world.actions.count) : anyBest(row, chance);

  const returns: number[] = [];
  let step = 0;
  for (let episode = 0; episode < episodes; episode++) {
    let row = rowOf(world.reset({ seed: starts.seed() }));
    let action = choose(row, step);
    let [total, steps, isOver] = [0, 0, false];
    while (!isOver) {
      const { observation, reward, terminated, truncated } = world.step(action as Element<Discrete>);
      step++;
      const nextRow = rowOf(observation);
      const nextAction = choose(nextRow, step);
      // Nothing comes after an end; after a mere cut, something would.
      const after = terminated ? 0 : nextRow[algorithm === 'sarsa' ? nextAction : best(nextRow)]!;
      row[action]! += learningRate * (reward + discount * after - row[action]!);
      [row, action, total, steps, isOver] = [nextRow, nextAction, total + reward, steps + 1, terminated || truncated];
    }
    returns.push(total);
    if (options.onEpisode?.({ episode, return: total, steps }) === false) break;
  }
  const valuesAt = (observation: Element<O>) => values.get(String(stateOf(observation))) ?? unknown();
  return { act: observation => best(valuesAt(observation)), valuesAt, values, returns, seed };
}
