import { assertInteger, assertKeys, describe, LearnableError, type Random, random } from '../core/index.ts';
import type { Environment, Step } from './environment.ts';
import { contains, type Element, type Space, sample } from './spaces.ts';

export interface CheckOptions {
  /** How many episodes are played. Default 20. */
  episodes?: number;
  /** Of an endless episode only so many steps are played. Default 2000. */
  steps?: number;
}

/**
 * Plays an environment at random and throws with all that breaks the contract: what an agent relies on, and what goes wrong
 * silently when it does not hold.
 *
 * @example reinforcement.checkEnvironment(reinforcement.cartPole());
 */
export function checkEnvironment<O extends Space, A extends Space>(
  world: Environment<O, A>,
  options: CheckOptions = {},
): void {
  assertKeys('checkEnvironment(world, options)', options, ['episodes', 'steps']);
  const { episodes = 20, steps = 2000 } = options;
  assertInteger('checkEnvironment({ episodes })', episodes, { min: 1 });
  const findings = new Set<string>();
  for (let seed = 0; seed < episodes; seed++) {
    const first = play(world, seed, steps, findings);
    const second = play(world, seed, steps, findings);
    if (first !== second) findings.add(`the same seed and actions gave two different episodes (seed ${seed})`);
  }
  checkRefusals(world, findings);
  if (findings.size === 0) return;
  throw new LearnableError(
    `checkEnvironment('${world.name}'): expected the contract to hold, received:\n${[...findings].map(text => `- ${text}`).join('\n')}`,
    { hint: 'See the docstrings of Environment and Step.' },
  );
}

/** One episode as text, so that two can be compared. */
function play<O extends Space, A extends Space>(
  world: Environment<O, A>,
  seed: number,
  steps: number,
  findings: Set<string>,
): string {
  const chance: Random = random(seed).derive('actions');
  const seen: Element<O>[] = [];
  const copies: string[] = [];
  const see = (observation: Element<O>, where: string) => {
    if (!contains(world.observations, observation))
      findings.add(`${where} gave ${describe(observation)}, which is not in the space of observations`);
    seen.push(observation);
    copies.push(JSON.stringify(observation));
  };
  see(world.reset({ seed }), 'reset()');
  const story: string[] = [];
  let step: Step<Element<O>> | undefined;
  let count = 0;
  while (count < steps && !step?.terminated && !step?.truncated) {
    const action = sample(world.actions, chance);
    step = world.step(action);
    count++;
    see(step.observation, 'step()');
    checkStep(step, count, world.maxSteps, findings);
    story.push(JSON.stringify([action, step]));
  }
  if (seen.some((observation, i) => JSON.stringify(observation) !== copies[i]))
    findings.add('an observation changed after it was given: give a new one at each step');
  if (step?.terminated || step?.truncated)
    refuses(() => world.step(sample(world.actions, chance)), 'step() after the end of an episode', findings);
  return copies[0] + story.join();
}

function checkStep(step: Step<unknown>, count: number, maxSteps: number, findings: Set<string>): void {
  if (!Number.isFinite(step.reward)) findings.add(`step() gave the reward ${describe(step.reward)}`);
  for (const key of ['terminated', 'truncated'] as const)
    if (typeof step[key] !== 'boolean') findings.add(`step() gave ${describe(step[key])} as ${key}`);
  if (step.terminated && step.truncated) findings.add('step() gave terminated and truncated at once: an end is no cut');
  if (count >= maxSteps && !step.terminated && !step.truncated)
    findings.add(`the episode went on after maxSteps, ${maxSteps}`);
  if (count < maxSteps && step.truncated) findings.add(`the episode was cut off after ${count} steps, before maxSteps`);
}

function checkRefusals<O extends Space, A extends Space>(world: Environment<O, A>, findings: Set<string>): void {
  const wrong = world.actions.kind === 'discrete' ? world.actions.count : [...world.actions.high, 0];
  world.reset({ seed: 0 });
  refuses(() => world.step(wrong as Element<A>), `the action ${describe(wrong)}`, findings);
  world.reset({ seed: 0 });
  refuses(() => world.step(Number.NaN as Element<A>), 'the action NaN', findings);
}

function refuses(call: () => unknown, what: string, findings: Set<string>): void {
  try {
    call();
  } catch {
    return;
  }
  findings.add(`${what} was not refused`);
}
