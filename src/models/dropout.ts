import type { layers } from '@tensorflow/tfjs';
import { assertNumber, random } from '../core/index.ts';
import { SeededDropout } from './layers/index.ts';

export function assertDropout(where: string, rate: unknown): asserts rate is number {
  assertNumber(where, rate, { min: 0, max: 0.95, hint: 'It is a share: 0.2 leaves out a fifth.' });
}

/** The dropout behind a layer; none where the rate is 0. Its seed is its own: adding one changes no other number. */
export function dropoutAfter(layer: string, rate: number, seed: number): layers.Layer[] {
  if (rate === 0) return [];
  const name = `${layer}/dropout`;
  return [new SeededDropout({ name, rate, seed: random(seed).derive(name).seed() })];
}
