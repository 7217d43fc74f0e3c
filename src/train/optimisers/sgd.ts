import type { Rule } from './rule.ts';

/** Stochastic gradient descent: a step against the gradient (Robbins and Monro, 1951). */
export function sgd(): Rule<never> {
  return {
    slots: [],
    update(weights, gradient, _, learningRate) {
      for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! - learningRate * gradient[i]!;
    },
  };
}
