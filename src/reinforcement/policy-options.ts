import { assertInteger, assertNumber, assertSeed, freshSeed } from '../core/index.ts';
import type { DeepOptions } from './deep-agent.ts';
import type { Environment } from './environment.ts';
import { assertDiscreteActions, assertHidden, HIDDEN } from './network.ts';
import type { Space } from './spaces.ts';

/** The options that both policy gradient methods share, checked. */
export function checkedPolicyOptions(
  name: 'reinforce' | 'actorCritic',
  world: Environment<Space, Space>,
  options: DeepOptions & { entropy?: number },
  defaults: { steps: number; learningRate: number },
) {
  assertDiscreteActions(`${name}(world)`, world);
  const { steps = defaults.steps, learningRate = defaults.learningRate, discount = 0.99 } = options;
  const { hidden = HIDDEN, entropy = 0.01, seed = freshSeed() } = options;
  assertInteger(`${name}({ steps })`, steps, { min: 1 });
  assertHidden(`${name}({ hidden })`, hidden);
  assertNumber(`${name}({ discount })`, discount, { min: 0, max: 1 });
  assertNumber(`${name}({ learningRate })`, learningRate, { min: 0, aboveMin: true });
  assertNumber(`${name}({ entropy })`, entropy, { min: 0 });
  assertSeed(`${name}({ seed })`, seed);
  return { steps, hidden, discount, learningRate, entropy, seed };
}
