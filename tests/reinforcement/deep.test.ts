import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import '../../src/engine/index.ts';
import { onProgress } from '../../src/core/index.ts';
import { generalisedAdvantages } from '../../src/reinforcement/actor-critic.ts';
import * as rl from '../../src/reinforcement/index.ts';

const corridor = () => rl.gridworld({ map: ['S...G'], slip: 0, stepReward: -0.1, maxSteps: 30 });
// Each test trains a while; on a busy machine that takes longer.
vi.setConfig({ testTimeout: 90_000 });

const small = { hidden: [16], seed: 1 };
const often = { trainEvery: 4, updates: 2, targetEvery: 50 };

const LEARNERS = {
  dqn: (options: rl.DeepOptions = {}) =>
    rl.dqn(corridor(), {
      steps: 1500,
      warmUp: 100,
      discount: 0.9,
      exploration: 0.3,
      ...often,
      learningRate: 5e-3,
      ...small,
      ...options,
    }),
  reinforce: (options: rl.DeepOptions = {}) =>
    rl.reinforce(corridor(), { steps: 2500, episodesPerUpdate: 4, learningRate: 1e-2, ...small, ...options }),
  actorCritic: (options: rl.DeepOptions = {}) =>
    rl.actorCritic(corridor(), { steps: 2500, stepsPerUpdate: 32, learningRate: 1e-2, ...small, ...options }),
};

describe.each(Object.entries(LEARNERS))('%s', (_, learn) => {
  it('walks straight to the goal, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const agent = await learn();
    const { actions, terminated } = rl.record(corridor(), agent.act);
    expect(actions).toEqual([1, 1, 1, 1]);
    expect(terminated).toBe(true);
    expect(agent.steps).toBeGreaterThan(1000);
    expect(agent.returns.length).toBeGreaterThan(20);
    agent.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is the same for the same seed', async () => {
    const run = async (seed: number) => {
      const agent = await learn({ steps: 200, seed });
      const weights = agent.model.getWeights().flatMap(weight => [...weight.dataSync()]);
      agent.dispose();
      return { weights, returns: agent.returns };
    };
    const [first, second, other] = [await run(3), await run(3), await run(4)];
    expect(first).toEqual(second);
    expect(first.weights).not.toEqual(other.weights);
  });

  it('ends at its signal, and when it is told; progress has an end', async () => {
    const ends: string[] = [];
    const off = onProgress(event => {
      if (event.kind === 'task-end') ends.push(event.reason);
    });
    const aborted = await learn({ steps: 100_000, signal: AbortSignal.timeout(50) });
    const told = await learn({ steps: 100_000, onEpisode: ({ episode }) => episode < 2 });
    off();
    expect(aborted.steps).toBeLessThan(100_000);
    expect(told.returns).toHaveLength(3);
    expect(ends).toEqual(['stopped', 'completed']);
    for (const agent of [aborted, told]) agent.dispose();
  });

  it('keeps the best that it was, and ends when that is enough', async () => {
    const agent = await learn({ steps: 20_000, evaluation: { every: 100, episodes: 2, enough: 0.55 } });
    expect(agent.steps).toBeLessThan(20_000);
    expect(agent.evaluations.at(-1)!.mean).toBeGreaterThanOrEqual(0.55);
    expect(rl.evaluate(corridor(), agent.act, { episodes: 2 }).mean).toBe(agent.evaluations.at(-1)!.mean);
    agent.dispose();
  });

  it('refuses what it does not know', async () => {
    await expect(learn({ learningRat: 1 } as never)).rejects.toThrow("received 'learningRat'.");
    await expect(learn({ steps: 0 })).rejects.toThrow('({ steps }): expected a whole number from 1');
    await expect(learn({ discount: 2 })).rejects.toThrow('({ discount }): expected a number from 0 to 1');
    await expect(learn({ hidden: [0] })).rejects.toThrow('({ hidden })[0]: expected a whole number from 1');
  });
});

it('an agent with a list of actions needs an environment that has one', async () => {
  const arm = rl.pendulum({ torques: 'any' });
  await expect(rl.dqn(arm as never)).rejects.toThrow('expected an environment with discrete actions');
});

it('the values of a DQN come near those of the plan', async () => {
  const world = corridor();
  const plan = rl.valueIteration(world.model, { discount: 0.9 });
  const agent = await rl.dqn(world, {
    steps: 2500,
    warmUp: 200,
    discount: 0.9,
    exploration: 0.5,
    ...often,
    learningRate: 3e-3,
    hidden: [32],
    seed: 2,
  });
  for (const state of [0, 1, 2, 3]) {
    const oneHot = tf.oneHot([state], 5);
    const values = [...(agent.model.predict(oneHot) as tf.Tensor).dataSync()];
    expect(Math.max(...values)).toBeCloseTo(plan.values[state]!, 1);
  }
  agent.dispose();
});

describe('advantages', () => {
  const traces = [
    { reward: 1, value: 0.5, nextValue: 2, isLast: false },
    { reward: 2, value: 2, nextValue: 3, isLast: true }, // a cut: what comes after still counts
    { reward: 4, value: 1, nextValue: 0, isLast: true },
  ];

  it('without trust are what came, and the cut is not looked across', () => {
    const found = generalisedAdvantages(traces, 0.5, 1);
    expect(found[2]).toBe(4 - 1);
    expect(found[1]).toBe(2 + 0.5 * 3 - 2);
    expect(found[0]).toBe(1 + 0.5 * (2 + 0.5 * 3) - 0.5);
  });

  it('with full trust are one step of surprise', () => {
    expect(generalisedAdvantages(traces, 0.5, 0)).toEqual([1 + 1 - 0.5, 2 + 1.5 - 2, 3]);
  });
});
