import type { Rule } from './rule.ts';

/**
 * RMSProp (Hinton, Neural Networks for Machine Learning, lecture 6e, 2012): each weight's step is divided by the usual
 * size of its gradient, so that steep and flat directions advance alike.
 */
export function rmsprop(options: {
  decay: number;
  momentum: number;
  epsilon: number;
}): Rule<'meanSquare' | 'velocity'> {
  const { decay, momentum, epsilon } = options;
  return {
    slots: ['meanSquare', 'velocity'],
    update(weights, gradient, { meanSquare, velocity }, learningRate) {
      for (let i = 0; i < weights.length; i++) {
        const slope = gradient[i]!;
        const square = decay * meanSquare[i]! + (1 - decay) * slope * slope;
        meanSquare[i] = square;
        const step = momentum * velocity[i]! + (learningRate * slope) / Math.sqrt(square + epsilon);
        velocity[i] = step;
        weights[i] = weights[i]! - step;
      }
    },
  };
}
