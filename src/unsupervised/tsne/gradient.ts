import type { Affinities } from './affinities.ts';
import { Quadtree } from './quadtree.ts';

/** Writes the gradient of the divergence at some points, (n, 2), and gives Σ q over all pairs there. */
export type Gradient = (points: Float64Array, exaggeration: number, gradient: Float64Array) => number;

/**
 * The gradient of KL(P ‖ Q), 4 Σⱼ (p − q)(yᵢ − yⱼ) / (1 + |yᵢ − yⱼ|²): neighbours pull, all others push (van der Maaten
 * and Hinton, 2008). With `theta` above 0 the push of far points is that of their groups (van der Maaten, 2014).
 */
export function divergenceGradient({ starts, others, values }: Affinities, theta: number): Gradient {
  const tree = new Quadtree();
  let pushes = new Float64Array(0);
  return (points, exaggeration, gradient) => {
    if (pushes.length !== points.length) pushes = new Float64Array(points.length);
    if (theta > 0) tree.build(points);
    const total = theta > 0 ? tree.repulsion(points, theta, pushes) : exactRepulsion(points, pushes);
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i]!;
      const y = points[i + 1]!;
      const end = starts[i / 2 + 1]!;
      let pullX = 0;
      let pullY = 0;
      for (let t = starts[i / 2]!; t < end; t++) {
        const j = 2 * others[t]!;
        const dx = x - points[j]!;
        const dy = y - points[j + 1]!;
        const pull = values[t]! / (1 + dx * dx + dy * dy);
        pullX += pull * dx;
        pullY += pull * dy;
      }
      gradient[i] = 4 * (exaggeration * pullX - pushes[i]! / total);
      gradient[i + 1] = 4 * (exaggeration * pullY - pushes[i + 1]! / total);
    }
    return total;
  };
}

/** Σ p log (p / q), with `total` Σ q over all pairs before they are made to add up to 1. */
export function divergence({ starts, others, values }: Affinities, points: Float64Array, total: number): number {
  let sum = 0;
  for (let i = 0; i < points.length; i += 2)
    for (let t = starts[i / 2]!; t < starts[i / 2 + 1]!; t++) {
      const j = 2 * others[t]!;
      const dx = points[i]! - points[j]!;
      const dy = points[i + 1]! - points[j + 1]!;
      if (values[t]! > 0) sum += values[t]! * Math.log(values[t]! * total * (1 + dx * dx + dy * dy));
    }
  return sum;
}

/** Of all pairs, one by one. */
function exactRepulsion(points: Float64Array, forces: Float64Array): number {
  forces.fill(0);
  const n = points.length / 2;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const x = points[2 * i]!;
    const y = points[2 * i + 1]!;
    let forceX = 0;
    let forceY = 0;
    for (let j = i + 1; j < n; j++) {
      const dx = x - points[2 * j]!;
      const dy = y - points[2 * j + 1]!;
      const q = 1 / (1 + dx * dx + dy * dy);
      const square = q * q;
      total += 2 * q;
      forceX += square * dx;
      forceY += square * dy;
      forces[2 * j] = forces[2 * j]! - square * dx;
      forces[2 * j + 1] = forces[2 * j + 1]! - square * dy;
    }
    forces[2 * i]! += forceX;
    forces[2 * i + 1]! += forceY;
  }
  return total;
}
