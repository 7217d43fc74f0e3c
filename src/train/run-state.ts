import type { History } from './history.ts';
import { Average } from './scores.ts';

/** How far a run is: all that changes while it goes on, beside the model and the optimiser. */
export class RunState {
  readonly history: History;
  /** That are done. */
  epoch = 0;
  /** That are done of the next epoch. */
  batch = 0;
  /** That are done in the run. */
  step = 0;
  /** Of the next epoch so far. */
  average = new Average();
  /** Milliseconds before a checkpoint was taken up. */
  before = 0;
  readonly #start = performance.now();

  constructor(history: History) {
    this.history = history;
  }

  elapsed(): number {
    return this.before + performance.now() - this.#start;
  }

  endEpoch(): void {
    this.epoch++;
    this.batch = 0;
    this.average = new Average();
  }
}
