import * as tf from '@tensorflow/tfjs';
import {
  assertInteger,
  assertKeys,
  assertNumber,
  assertSeed,
  freshSeed,
  LearnableError,
  longTask,
  random,
  type Tick,
} from '../core/index.ts';
import { best } from './agent.ts';
import { DEEP_OPTIONS, type DeepAgent, type DeepOptions, Evaluator } from './deep-agent.ts';
import type { Environment } from './environment.ts';
import { assertExploration, type Exploration, explorationAt } from './exploration.ts';
import {
  assertDiscreteActions,
  assertHidden,
  copyWeights,
  encode,
  forward,
  HIDDEN,
  network,
  variablesOf,
} from './network.ts';
import { type ExperienceBatch, replay } from './replay.ts';
import { type Discrete, type Element, type Space, widthOf } from './spaces.ts';

export interface DqnOptions extends DeepOptions {
  /** Steps in the environment. Default 50,000. */
  steps?: number;
  /** Of Adam. Default 0.002. */
  learningRate?: number;
  /** Default: from 1 to 0.04 over the first sixth of the steps. */
  exploration?: Exploration;
  /** How many experiences are remembered. Default 50,000. */
  capacity?: number;
  /** Experiences of one update. Default 64. */
  batchSize?: number;
  /** Steps that are only remembered, before learning begins. Default 1000. */
  warmUp?: number;
  /** After so many steps the network is trained… Default 256. */
  trainEvery?: number;
  /** …by so many updates. Default 128. */
  updates?: number;
  /** After so many updates the target network becomes a copy. Default 128. */
  targetEvery?: number;
  /** The network chooses the next action, the target network says what it is worth (van Hasselt, 2016). Default true. */
  double?: boolean;
}

const OPTIONS = [
  ...DEEP_OPTIONS,
  'exploration',
  'capacity',
  'batchSize',
  'warmUp',
  'trainEvery',
  'updates',
  'targetEvery',
  'double',
];

/**
 * A deep Q-network (Mnih et al., Nature 518, 2015): Q-learning with a network in place of the table, which learns from a
 * memory of experiences, towards a target network that stands still for a while.
 *
 * @example
 * const world = reinforcement.cartPole();
 * const agent = await reinforcement.dqn(world, { steps: 300, warmUp: 100, seed: 1 });
 * agent.act(world.reset({ seed: 1 }));
 * agent.dispose();
 */
export async function dqn<O extends Space>(
  world: Environment<O, Discrete>,
  options: DqnOptions = {},
): Promise<DeepAgent<O>> {
  const settings = checked(world, options);
  const { steps, hidden, discount, learningRate, seed, exploration, batchSize, warmUp, targetEvery, double } = settings;
  const seeds = random(seed);
  const [chance, starts, draws] = [seeds.derive('actions'), seeds.derive('episodes'), seeds.derive('replay')];
  const [width, actions] = [widthOf(world.observations), world.actions.count];
  const model = network(world, { hidden, outputs: actions, seed: seeds.derive('weights').seed() });
  const target = network(world, { hidden, outputs: actions, seed: 0 });
  copyWeights(model, target);
  const optimizer = tf.train.adam(learningRate);
  const memory = replay({ capacity: settings.capacity, width });
  const valuesAt = (observation: Element<O>) => forward(model, encode(world.observations, observation));
  const act = (observation: Element<O>) => best(valuesAt(observation));
  const evaluator = new Evaluator('dqn', world, model, act, options.evaluation);

  const returns: number[] = [];
  let [step, updates, total] = [0, 0, 0];
  try {
    await longTask(`DQN on ${world.name}`, steps, options.signal, play);
  } finally {
    evaluator.restoreBest();
    optimizer.dispose();
    target.dispose();
  }
  return {
    act,
    model,
    returns,
    evaluations: evaluator.evaluations,
    steps: step,
    seed,
    dispose: () => void model.dispose(),
  };

  async function play(tick: Tick): Promise<void> {
    let observation = world.reset({ seed: starts.seed() });
    while (step < steps && !(await tick(step))) {
      const isRandom = step < warmUp || chance.uniform() < explorationAt(exploration, step);
      const action = isRandom ? chance.integer(0, actions) : act(observation);
      const next = world.step(action as Element<Discrete>);
      memory.add({
        observation: encode(world.observations, observation),
        action,
        reward: next.reward,
        next: encode(world.observations, next.observation),
        terminated: next.terminated, // a cut is no end: what comes after still counts
      });
      [observation, step, total] = [next.observation, step + 1, total + next.reward];
      if (step >= warmUp && step % settings.trainEvery === 0) {
        for (let i = 0; i < settings.updates; i++) {
          learn(memory.sample(batchSize, draws), { model, target, optimizer, width, actions, discount, double });
          if (++updates % targetEvery === 0) copyWeights(model, target);
        }
      }
      if (!next.terminated && !next.truncated) continue;
      returns.push(total);
      const isDone = options.onEpisode?.({ episode: returns.length - 1, return: total, step }) === false;
      if (isDone || evaluator.look(step)) break;
      [observation, total] = [world.reset({ seed: starts.seed() }), 0];
    }
  }
}

interface Learner {
  model: tf.LayersModel;
  target: tf.LayersModel;
  optimizer: tf.Optimizer;
  width: number;
  actions: number;
  discount: number;
  double: boolean;
}

/** One update: the value of each action that was taken moves to its reward and what the next state is worth. */
function learn(batch: ExperienceBatch, { model, target, optimizer, width, actions, discount, double }: Learner): void {
  const count = batch.actions.length;
  tf.tidy(() => {
    const x = tf.tensor2d(batch.observations, [count, width]); // (B, width)
    const next = tf.tensor2d(batch.next, [count, width]); // (B, width)
    const taken = tf.oneHot(tf.tensor1d(batch.actions, 'int32'), actions); // (B, actions)
    const nextValues = target.apply(next) as tf.Tensor2D; // (B, actions)
    const chosen = (double ? (model.apply(next) as tf.Tensor2D) : nextValues).argMax(1); // (B)
    const after = nextValues.mul(tf.oneHot(chosen as tf.Tensor1D, actions)).sum(1); // (B)
    const goesOn = tf.tensor1d(batch.terminated.map(ended => discount * (1 - ended))); // (B)
    const wanted = tf.tensor1d(batch.rewards).add(goesOn.mul(after)); // (B)
    optimizer.minimize(
      () => {
        const values = (model.apply(x) as tf.Tensor2D).mul(taken).sum(1); // (B)
        return tf.losses.huberLoss(wanted, values) as tf.Scalar;
      },
      false,
      variablesOf(model),
    );
  });
}

function checked(world: Environment<Space, Space>, options: DqnOptions) {
  assertKeys('dqn(world, options)', options, OPTIONS);
  assertDiscreteActions('dqn(world)', world);
  const { steps = 50_000, seed = freshSeed(), discount = 0.99, learningRate = 2e-3, capacity = 50_000 } = options;
  const {
    batchSize = 64,
    warmUp = Math.min(1000, steps),
    trainEvery = 256,
    updates = 128,
    targetEvery = 128,
  } = options;
  const { hidden = HIDDEN, double = true } = options;
  const { exploration = { from: 1, to: 0.04, steps: Math.max(1, Math.round(steps / 6)) } } = options;
  const whole = { steps, capacity, batchSize, trainEvery, updates, targetEvery };
  for (const [name, value] of Object.entries(whole)) assertInteger(`dqn({ ${name} })`, value, { min: 1 });
  assertInteger('dqn({ warmUp })', warmUp, { min: 1 });
  if (warmUp > capacity)
    throw new LearnableError(`dqn({ warmUp }): expected at most the capacity, ${capacity}, received ${warmUp}.`);
  assertHidden('dqn({ hidden })', hidden);
  assertNumber('dqn({ discount })', discount, { min: 0, max: 1 });
  assertNumber('dqn({ learningRate })', learningRate, { min: 0, aboveMin: true });
  assertExploration('dqn({ exploration })', exploration);
  assertSeed('dqn({ seed })', seed);
  return { ...whole, warmUp, seed, discount, learningRate, hidden, double, exploration };
}
