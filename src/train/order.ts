import type { Random } from '../core/index.ts';

/**
 * The order of the examples in one epoch, or undefined where it stays. It depends on the number of the epoch alone, not
 * on the epochs before: a run that is taken up in the middle draws the same.
 */
export function epochOrder(order: Random | undefined, epoch: number, samples: number): number[] | undefined {
  return order?.derive(epoch).permutation(samples);
}

/** The places of the examples of one batch, counted from 0. */
export function batchPlaces(order: number[] | undefined, batch: number, batchSize: number, samples: number): number[] {
  const from = batch * batchSize;
  const size = Math.min(batchSize, samples - from);
  return order?.slice(from, from + size) ?? Array.from({ length: size }, (_, i) => from + i);
}
