import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertNumber, longTask, random, type Tick } from '../core/index.ts';
import { best } from './agent.ts';
import { DEEP_OPTIONS, type DeepAgent, type DeepOptions, Evaluator } from './deep-agent.ts';
import type { Environment } from './environment.ts';
import { encode, forward, network, softmax } from './network.ts';
import { improve, standardised } from './policy-gradient.ts';
import { checkedPolicyOptions } from './policy-options.ts';
import { expectedBy } from './reinforce.ts';
import type { Discrete, Element, Space } from './spaces.ts';

export interface ActorCriticOptions extends DeepOptions {
  /** Steps in the environment. Default 100,000. */
  steps?: number;
  /** Of Adam. Default 0.001. */
  learningRate?: number;
  /** Steps before each update. Default 256. */
  stepsPerUpdate?: number;
  /** What the actor is paid for staying undecided. Default 0.01. */
  entropy?: number;
  /** How far the critic is trusted: 0, one step ahead only what it says; 1, only what really came. Default 0.95. */
  trust?: number;
}

/** One step, and how it goes on. */
export interface Trace {
  reward: number;
  /** What the critic expected here. */
  value: number;
  /** What it expects next; 0 after an end. */
  nextValue: number;
  /** The last of its episode, by an end or by a cut. */
  isLast: boolean;
}

/**
 * Advantage actor–critic (Sutton and Barto, 13.5; advantages as in Schulman et al., 2016): the critic learns what each state
 * is worth, and the actor makes likelier what went better than that, without waiting for the end of the episode.
 *
 * @example
 * const world = reinforcement.cartPole();
 * const agent = await reinforcement.actorCritic(world, { steps: 300, seed: 1 });
 * agent.act(world.reset({ seed: 1 }));
 * agent.dispose();
 */
export async function actorCritic<O extends Space>(
  world: Environment<O, Discrete>,
  options: ActorCriticOptions = {},
): Promise<DeepAgent<O>> {
  assertKeys('actorCritic(world, options)', options, [...DEEP_OPTIONS, 'stepsPerUpdate', 'entropy', 'trust']);
  const settings = checkedPolicyOptions('actorCritic', world, options, { steps: 100_000, learningRate: 1e-3 });
  const { steps, hidden, discount, learningRate, entropy, seed } = settings;
  const { stepsPerUpdate = 256, trust = 0.95 } = options;
  assertInteger('actorCritic({ stepsPerUpdate })', stepsPerUpdate, { min: 2 });
  assertNumber('actorCritic({ trust })', trust, { min: 0, max: 1 });
  const seeds = random(seed);
  const [chance, starts, weights] = [seeds.derive('actions'), seeds.derive('episodes'), seeds.derive('weights')];
  const actions = world.actions.count;
  const places = Array.from({ length: actions }, (_, action) => action);
  const actor = network(world, { hidden, outputs: actions, seed: weights.seed() });
  const critic = network(world, { hidden, outputs: 1, seed: weights.seed() });
  const optimizer = tf.train.adam(learningRate);
  const act = (observation: Element<O>) => best(forward(actor, encode(world.observations, observation)));
  const evaluator = new Evaluator('actorCritic', world, actor, act, options.evaluation);

  const returns: number[] = [];
  let [step, total, isDone] = [0, 0, false];
  try {
    await longTask(`actor–critic on ${world.name}`, steps, options.signal, play);
  } finally {
    evaluator.restoreBest();
    optimizer.dispose();
    critic.dispose();
  }
  return {
    act,
    model: actor,
    returns,
    evaluations: evaluator.evaluations,
    steps: step,
    seed,
    dispose: () => void actor.dispose(),
  };

  async function play(tick: Tick): Promise<void> {
    let observation = world.reset({ seed: starts.seed() });
    while (step < steps && !isDone) {
      const seen: (readonly number[])[] = [];
      const after: (readonly number[])[] = [];
      const taken: number[] = [];
      const traces: Omit<Trace, 'value' | 'nextValue'>[] = [];
      const ended: boolean[] = [];
      while (taken.length < stepsPerUpdate && step < steps && !isDone) {
        const now = encode(world.observations, observation);
        const action = chance.choice(places, softmax(forward(actor, now)));
        const next = world.step(action as Element<Discrete>);
        const isLast = next.terminated || next.truncated;
        seen.push(now);
        after.push(encode(world.observations, next.observation));
        taken.push(action);
        traces.push({ reward: next.reward, isLast });
        ended.push(next.terminated);
        [observation, total] = [next.observation, total + next.reward];
        isDone = await tick(++step);
        if (!isLast) continue;
        returns.push(total);
        isDone ||= options.onEpisode?.({ episode: returns.length - 1, return: total, step }) === false;
        isDone ||= evaluator.look(step);
        [observation, total] = [world.reset({ seed: starts.seed() }), 0];
      }
      const [values, nextValues] = [expectedBy(critic, seen), expectedBy(critic, after)];
      const whole = traces.map((trace, i) => ({
        ...trace,
        value: values[i]!,
        nextValue: ended[i] ? 0 : nextValues[i]!,
      }));
      const advantages = generalisedAdvantages(whole, discount, trust);
      improve(
        {
          observations: seen,
          actions: taken,
          advantages: standardised(advantages),
          returns: advantages.map((advantage, i) => advantage + values[i]!),
        },
        { policy: actor, baseline: critic, optimizer, entropy, clipNorm: 0.5 },
      );
    }
  }
}

/** How much better each step went than the critic expected, looking ahead with a trust that fades. */
export function generalisedAdvantages(traces: readonly Trace[], discount: number, trust: number): number[] {
  const advantages = new Array<number>(traces.length);
  let later = 0;
  for (let i = traces.length - 1; i >= 0; i--) {
    const { reward, value, nextValue, isLast } = traces[i]!;
    const surprise = reward + discount * nextValue - value;
    later = surprise + (isLast ? 0 : discount * trust * later);
    advantages[i] = later;
  }
  return advantages;
}
