import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, longTask, random, type Tick } from '../core/index.ts';
import { best, discountedReturns } from './agent.ts';
import { DEEP_OPTIONS, type DeepAgent, type DeepOptions, Evaluator } from './deep-agent.ts';
import type { Environment } from './environment.ts';
import { encode, forward, network, softmax } from './network.ts';
import { improve, type PolicyBatch, standardised } from './policy-gradient.ts';
import { checkedPolicyOptions } from './policy-options.ts';
import type { Discrete, Element, Space } from './spaces.ts';

export interface ReinforceOptions extends DeepOptions {
  /** Steps in the environment. Default 100,000. */
  steps?: number;
  /** Of Adam. Default 0.002. */
  learningRate?: number;
  /** Episodes that are played before each update. Default 8. */
  episodesPerUpdate?: number;
  /** What the policy is paid for staying undecided. Default 0.01. */
  entropy?: number;
  /** A second network learns what to expect, and only what is better counts. Default true. */
  baseline?: boolean;
}

/**
 * REINFORCE (Williams, 1992; Sutton and Barto, 13.3 and 13.4): plays whole episodes, and makes likelier what was followed by
 * more than was expected.
 *
 * @example
 * const world = reinforcement.cartPole();
 * const agent = await reinforcement.reinforce(world, { steps: 300, seed: 1 });
 * agent.act(world.reset({ seed: 1 }));
 * agent.dispose();
 */
export async function reinforce<O extends Space>(
  world: Environment<O, Discrete>,
  options: ReinforceOptions = {},
): Promise<DeepAgent<O>> {
  assertKeys('reinforce(world, options)', options, [...DEEP_OPTIONS, 'episodesPerUpdate', 'entropy', 'baseline']);
  const settings = checkedPolicyOptions('reinforce', world, options, { steps: 100_000, learningRate: 2e-3 });
  const { steps, hidden, discount, learningRate, entropy, seed } = settings;
  const { episodesPerUpdate = 8, baseline: hasBaseline = true } = options;
  assertInteger('reinforce({ episodesPerUpdate })', episodesPerUpdate, { min: 1 });
  const seeds = random(seed);
  const [chance, starts, weights] = [seeds.derive('actions'), seeds.derive('episodes'), seeds.derive('weights')];
  const actions = world.actions.count;
  const places = Array.from({ length: actions }, (_, action) => action);
  const policy = network(world, { hidden, outputs: actions, seed: weights.seed() });
  const baseline = network(world, { hidden, outputs: 1, seed: weights.seed() });
  const optimizer = tf.train.adam(learningRate);
  const act = (observation: Element<O>) => best(forward(policy, encode(world.observations, observation)));
  const evaluator = new Evaluator('reinforce', world, policy, act, options.evaluation);

  const returns: number[] = [];
  let step = 0;
  let isDone = false;
  try {
    await longTask(`REINFORCE on ${world.name}`, steps, options.signal, play);
  } finally {
    evaluator.restoreBest();
    optimizer.dispose();
    baseline.dispose();
  }
  return {
    act,
    model: policy,
    returns,
    evaluations: evaluator.evaluations,
    steps: step,
    seed,
    dispose: () => void policy.dispose(),
  };

  async function play(tick: Tick): Promise<void> {
    while (step < steps && !isDone) {
      const batch = emptyBatch();
      for (let played = 0; played < episodesPerUpdate && step < steps && !isDone; played++) {
        const rewards: number[] = [];
        let observation = world.reset({ seed: starts.seed() });
        let isOver = false;
        while (!isOver && !isDone) {
          const seen = encode(world.observations, observation);
          const action = chance.choice(places, softmax(forward(policy, seen)));
          const next = world.step(action as Element<Discrete>);
          batch.observations.push(seen);
          batch.actions.push(action);
          rewards.push(next.reward);
          [observation, isOver] = [next.observation, next.terminated || next.truncated];
          isDone = await tick(++step);
        }
        batch.returns.push(...discountedReturns(rewards, discount));
        if (!isOver) break;
        returns.push(rewards.reduce((sum, reward) => sum + reward, 0));
        isDone ||= options.onEpisode?.({ episode: returns.length - 1, return: returns.at(-1)!, step }) === false;
      }
      learn(batch);
      isDone ||= evaluator.look(step);
    }
  }

  function learn(batch: Episodes): void {
    // The baseline learns returns of ordinary size, too.
    const scaled = standardised(batch.returns);
    const expected = hasBaseline ? expectedBy(baseline, batch.observations) : scaled.map(() => 0);
    const advantages = standardised(scaled.map((value, i) => value - expected[i]!));
    improve({ ...batch, returns: scaled, advantages }, { policy, baseline, optimizer, entropy, clipNorm: 1 });
  }
}

interface Episodes extends Omit<PolicyBatch, 'advantages'> {
  observations: (readonly number[])[];
  actions: number[];
  returns: number[];
}

function emptyBatch(): Episodes {
  return { observations: [], actions: [], returns: [] };
}

/** What the baseline says of each observation. */
export function expectedBy(baseline: tf.LayersModel, observations: readonly (readonly number[])[]): number[] {
  return tf.tidy(() => {
    const x = tf.tensor2d(observations.map(row => [...row])); // (T, width)
    return Array.from((baseline.apply(x) as tf.Tensor).dataSync());
  });
}
