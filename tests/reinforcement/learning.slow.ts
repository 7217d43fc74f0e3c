import { describe, expect, it } from 'vitest';
import '../../src/engine/index.ts';
import * as rl from '../../src/reinforcement/index.ts';

/** Of episodes that no training has seen. */
async function meanOf(training: Promise<rl.DeepAgent<rl.Box>>, world: rl.Environment<rl.Box, rl.Discrete>) {
  const agent = await training;
  const { mean } = rl.evaluate(world, agent.act, { episodes: 100, seed: 99 });
  agent.dispose();
  return mean;
}

describe('cart and pole', () => {
  const world = rl.cartPole();
  const evaluation = { every: 1000, episodes: 10, enough: 490 };

  it.each([1, 2, 3])(
    'is solved by DQN: 475 of 500 over 100 episodes, seed %i',
    async seed => {
      expect(
        await meanOf(rl.dqn(world, { seed, evaluation: { every: 256, episodes: 20, enough: 490 } }), world),
      ).toBeGreaterThanOrEqual(475);
    },
    600_000,
  );

  it.each([1, 2])(
    'is learned by an actor and a critic, seed %i',
    async seed => {
      const training = rl.actorCritic(world, { seed, steps: 80_000, evaluation });
      expect(await meanOf(training, world)).toBeGreaterThanOrEqual(400);
    },
    600_000,
  );

  it.each([1, 2])(
    'is learned by REINFORCE with a baseline, seed %i',
    async seed => {
      const training = rl.reinforce(world, { seed, steps: 80_000, evaluation });
      expect(await meanOf(training, world)).toBeGreaterThanOrEqual(400);
    },
    600_000,
  );
});
