import { assertInteger, assertKeys, assertNumber } from '../core/index.ts';

/** How often an agent acts at random instead of as it knows best: always the same share, or one that falls in a line. */
export type Exploration =
  | number
  | {
      from: number;
      to: number;
      /** After so many steps it is `to`. */
      steps: number;
    };

/**
 * The share of random actions at a step.
 *
 * @example reinforcement.explorationAt({ from: 1, to: 0, steps: 100 }, 25)   // 0.75
 */
export function explorationAt(exploration: Exploration, step: number): number {
  if (typeof exploration === 'number') return exploration;
  const { from, to, steps } = exploration;
  return from + (to - from) * Math.min(1, step / steps);
}

export function assertExploration(where: string, exploration: Exploration): void {
  if (typeof exploration === 'number') {
    assertNumber(where, exploration, { min: 0, max: 1 });
    return;
  }
  assertKeys(where, exploration, ['from', 'to', 'steps']);
  assertNumber(`${where}.from`, exploration.from, { min: 0, max: 1 });
  assertNumber(`${where}.to`, exploration.to, { min: 0, max: 1 });
  assertInteger(`${where}.steps`, exploration.steps, { min: 1 });
}
