import { assertInteger, assertKeys, assertNumber } from '../core/index.ts';
import { best } from './agent.ts';
import type { TabularModel } from './model.ts';

export interface PlanOptions {
  /** What a reward is worth a step later. Default 0.99. */
  discount?: number;
  /** Sweeps end when no value changes by more. Default 1e-9. */
  tolerance?: number;
  /** Default 10,000. */
  maxSweeps?: number;
}

export interface Plan {
  /** What each state is worth under the best policy. */
  values: number[];
  /** What each action is worth: `actionValues[state][action]`. */
  actionValues: number[][];
  /** The best action of each state; the first of equals. */
  policy: number[];
  sweeps: number;
}

/**
 * The best policy of a task that is known whole, by value iteration (Bellman, 1957; Sutton and Barto, 4.4).
 *
 * @example reinforcement.valueIteration(reinforcement.gridworld().model, { discount: 0.9 }).policy
 */
export function valueIteration(model: TabularModel, options: PlanOptions = {}): Plan {
  const { discount = 0.99 } = options;
  let values: readonly number[] = [];
  let sweeps = 0;
  for (const swept of valueSweeps(model, options)) {
    values = swept;
    sweeps++;
  }
  const actionValues = values.map((_, state) => valuesOfActions(model, values, state, discount));
  return { values: [...values], actionValues, policy: actionValues.map(best), sweeps };
}

/**
 * The same sweep by sweep: what each state is worth after the first, the second … look ahead.
 *
 * @example for (const values of reinforcement.valueSweeps(reinforcement.gridworld().model)) values[0];
 */
export function* valueSweeps(model: TabularModel, options: PlanOptions = {}): Generator<readonly number[]> {
  assertKeys('valueIteration(model, options)', options, ['discount', 'tolerance', 'maxSweeps']);
  const { discount = 0.99, tolerance = 1e-9, maxSweeps = 10_000 } = options;
  assertNumber('valueIteration({ discount })', discount, { min: 0, max: 1 });
  assertNumber('valueIteration({ tolerance })', tolerance, { min: 0 });
  assertInteger('valueIteration({ maxSweeps })', maxSweeps, { min: 1 });
  let values: readonly number[] = new Array<number>(model.states).fill(0);
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    const old = values;
    values = old.map((_, state) => Math.max(...valuesOfActions(model, old, state, discount)));
    yield values;
    if (values.every((value, state) => Math.abs(value - old[state]!) <= tolerance)) return;
  }
}

function valuesOfActions(model: TabularModel, values: readonly number[], state: number, discount: number): number[] {
  return Array.from({ length: model.actions }, (_, action) => {
    let value = 0;
    for (const { probability, next, reward, terminated } of model.outcomes(state, action))
      value += probability * (reward + (terminated ? 0 : discount * values[next]!));
    return value;
  });
}
