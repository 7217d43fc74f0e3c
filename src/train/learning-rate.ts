import type { Optimizer } from '@tensorflow/tfjs';

interface Rated {
  learningRate: number;
  /** tfjs's gradient descent also keeps the rate as a tensor. */
  setLearningRate?: (rate: number) => void;
}

/** Undefined for an optimiser that has none. */
export function learningRateOf(optimizer: Optimizer): number | undefined {
  return (optimizer as unknown as Partial<Rated>).learningRate;
}

export function setLearningRate(optimizer: Optimizer, rate: number): void {
  const rated = optimizer as unknown as Rated;
  if (rated.setLearningRate) rated.setLearningRate(rate);
  else rated.learningRate = rate;
}
