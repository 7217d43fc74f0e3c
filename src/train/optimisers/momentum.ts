import type { Rule } from './rule.ts';

/**
 * Momentum (Polyak, 1964): the steps add up to a velocity, of which each step keeps the share `momentum`: slopes that
 * last are taken faster, those that change sign cancel out. With `nesterov` (Nesterov, 1983; Sutskever et al., 2013) the
 * weights go where the next step would take the velocity anyway.
 */
export function momentum(options: { momentum: number; nesterov: boolean }): Rule<'velocity'> {
  const { momentum: share, nesterov } = options;
  return {
    slots: ['velocity'],
    update(weights, gradient, { velocity }, learningRate) {
      for (let i = 0; i < weights.length; i++) {
        const speed = share * velocity[i]! + gradient[i]!;
        velocity[i] = speed;
        weights[i] = weights[i]! - learningRate * (nesterov ? gradient[i]! + share * speed : speed);
      }
    },
  };
}
