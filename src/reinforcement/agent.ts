import type { Random } from '../core/index.ts';
import type { Element, Space } from './spaces.ts';

/** Chooses an action for an observation. */
export type Act<O extends Space = Space, A extends Space = Space> = (observation: Element<O>) => Element<A>;

/**
 * The place of the largest value; the first of equals.
 *
 * @example reinforcement.best([0.1, 0.7, 0.2])   // 1
 */
export function best(values: ArrayLike<number>): number {
  let place = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[place]!) place = i;
  return place;
}

/** The place of the largest value, any of equals: an untrained agent should not prefer its first action. */
export function anyBest(values: ArrayLike<number>, random: Random): number {
  const most = values[best(values)]!;
  const places: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] === most) places.push(i);
  return places.length === 1 ? places[0]! : random.choice(places);
}

/**
 * What later rewards are worth now: each step by the discount less, from the last one backwards.
 *
 * @example reinforcement.discountedReturns([1, 0, 2], 0.5)   // [1.5, 1, 2]
 */
export function discountedReturns(rewards: readonly number[], discount: number, after = 0): number[] {
  const returns = new Array<number>(rewards.length);
  let value = after;
  for (let i = rewards.length - 1; i >= 0; i--) {
    value = rewards[i]! + discount * value;
    returns[i] = value;
  }
  return returns;
}
