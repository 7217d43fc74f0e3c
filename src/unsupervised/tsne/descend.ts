import type { Gradient } from './gradient.ts';

export interface DescentOptions {
  iterations: number;
  learningRate: number;
  exaggeration: number;
}

/** So many iterations neighbours pull stronger, and momentum is low. */
const EARLY = 250;

/**
 * Gradient descent with momentum, 0.5 at first and 0.8 later, and a gain for each number that grows while its sign stays
 * and shrinks when it turns (Jacobs, 1988; van der Maaten and Hinton, 2008). Moves `points` in place; gives
 * at each place, the first and the last one too, how many moves are done and Σ q there.
 */
export function* descend(points: Float64Array, gradientOf: Gradient, options: DescentOptions) {
  const { iterations, learningRate, exaggeration } = options;
  const gradient = new Float64Array(points.length);
  const velocity = new Float64Array(points.length);
  const gains = new Float64Array(points.length).fill(1);
  for (let done = 0; ; done++) {
    const isEarly = done < EARLY;
    const total = gradientOf(points, isEarly ? exaggeration : 1, gradient);
    yield { done, total };
    if (done === iterations) return;
    const momentum = isEarly ? 0.5 : 0.8;
    for (let t = 0; t < points.length; t++) {
      const slope = gradient[t]!;
      const gain = slope * velocity[t]! < 0 ? gains[t]! + 0.2 : Math.max(0.01, gains[t]! * 0.8);
      gains[t] = gain;
      const speed = momentum * velocity[t]! - learningRate * gain * slope;
      velocity[t] = speed;
      points[t] = points[t]! + speed;
    }
  }
}
