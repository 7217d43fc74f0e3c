import { DivergenceError } from './history.ts';
import type { Plan } from './plan.ts';
import type { RunState } from './run-state.ts';

/** The error for a loss that stopped being a number, with what to do. */
export function divergence(plan: Plan, state: RunState, value: number, rate: number | undefined): DivergenceError {
  const { history, average, epoch, batch } = state;
  const last = average.scores().loss ?? history.epochs.at(-1)?.loss;
  const course = last === undefined ? '' : ` Before it was ${Number(last.toPrecision(3))} on average.`;
  const message = `train.fit: the loss became ${value} in epoch ${epoch + 1}, batch ${batch + 1}.${course}`;
  const lower = rate === undefined ? '' : `, such as ${Number((rate / 10).toPrecision(1))}`;
  const name = rate === undefined ? 'The learning rate' : `The learning rate ${rate}`;
  const own = typeof plan.loss === 'function' ? ' Or your loss divides by 0 or takes the logarithm of 0.' : '';
  const hint = `The data has no NaN. ${name} is probably too high: build the model again and try a lower one${lower}, or scale the data.${own}`;
  return new DivergenceError(message, hint, history);
}
