import type { Rule } from './rule.ts';

/**
 * Adam (Kingma and Ba, 2015): momentum, divided by the usual size of the gradient. Both averages start at 0, which is
 * too low; dividing by 1 − betaᵗ corrects it. With `weightDecay` it is AdamW (Loshchilov and Hutter, 2019), which also
 * shrinks all weights by a share in each step, whatever their gradients.
 */
export function adam(options: {
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
}): Rule<'mean' | 'meanSquare'> {
  const { beta1, beta2, epsilon, weightDecay } = options;
  return {
    slots: ['mean', 'meanSquare'],
    update(weights, gradient, { mean, meanSquare }, learningRate, step) {
      const meanCorrection = 1 - beta1 ** step;
      const squareCorrection = 1 - beta2 ** step;
      const kept = 1 - learningRate * weightDecay;
      for (let i = 0; i < weights.length; i++) {
        const slope = gradient[i]!;
        const average = beta1 * mean[i]! + (1 - beta1) * slope;
        const square = beta2 * meanSquare[i]! + (1 - beta2) * slope * slope;
        mean[i] = average;
        meanSquare[i] = square;
        const size = Math.sqrt(square / squareCorrection) + epsilon;
        weights[i] = kept * weights[i]! - (learningRate * average) / meanCorrection / size;
      }
    },
  };
}
