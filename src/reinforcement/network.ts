import * as tf from '@tensorflow/tfjs';
import { assertInteger, describe, mismatch } from '../core/index.ts';
import { mlp } from '../models/index.ts';
import type { Environment } from './environment.ts';
import { type Discrete, type Element, type Space, widthOf } from './spaces.ts';

/** Hidden layers of the agents' networks: enough for the worlds here. */
export const HIDDEN: readonly number[] = [64, 64];

/** A network from an observation to so many numbers, the last layer linear. (batch, width) → (batch, outputs) */
export function network(
  world: Environment<Space, Space>,
  { hidden, outputs, seed }: { hidden: readonly number[]; outputs: number; seed: number },
): tf.LayersModel {
  return mlp({ inputs: widthOf(world.observations), hidden, outputs, seed, activation: 'relu' });
}

/** What a network is given: the numbers of a box as they are, the number of a discrete space as one-hot. */
export function encode<O extends Space>(space: O, observation: Element<O>): readonly number[] {
  if (space.kind === 'box') return observation as readonly number[];
  const oneHot = new Array<number>(space.count).fill(0);
  oneHot[observation as number] = 1;
  return oneHot;
}

/** One forward pass for one observation. */
export function forward(model: tf.LayersModel, observation: readonly number[]): Float32Array {
  return tf.tidy(() => {
    const x = tf.tensor2d(Float32Array.from(observation), [1, observation.length]);
    return (model.apply(x) as tf.Tensor).dataSync() as Float32Array;
  });
}

/** The weights that training changes, as variables. */
export function variablesOf(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map(weight => weight.read() as tf.Variable);
}

/** Copies all weights of one network into another of the same shape. */
export function copyWeights(from: tf.LayersModel, to: tf.LayersModel): void {
  to.setWeights(from.getWeights());
}

/** Probabilities from logits, shifted so that none overflows. */
export function softmax(logits: ArrayLike<number>): number[] {
  const most = Math.max(...Array.from(logits));
  const powers = Array.from(logits, logit => Math.exp(logit - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map(power => power / total);
}

export function assertDiscreteActions(where: string, world: Environment<Space, Space>): void {
  const { actions } = world;
  if ((actions as Discrete).kind === 'discrete') return;
  throw mismatch({
    where,
    expected: 'an environment with discrete actions',
    received: describe(actions),
    hint: 'Let it choose among a few: pendulum({ torques: 5 }).',
  });
}

export function assertHidden(where: string, hidden: readonly number[]): void {
  for (const [i, units] of hidden.entries()) assertInteger(`${where}[${i}]`, units, { min: 1 });
}
