/** A list of numbers that is changed in place: the weights of one layer, or the two coordinates of a point. */
export type Numbers = Float32Array | Float64Array;

/**
 * How weights follow their gradient: an optimiser without tensors, to be read. `train.optimizer` makes an optimiser of
 * tfjs of it.
 */
export interface Rule<Slot extends string = string> {
  /** What it remembers for each weight from step to step; all of it starts at 0. */
  readonly slots: readonly Slot[];
  /** One step, which changes `weights` and `memory`. `step` counts from 1. */
  update(weights: Numbers, gradient: Numbers, memory: Record<Slot, Numbers>, learningRate: number, step: number): void;
}
