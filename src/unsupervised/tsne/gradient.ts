import type { Affinities } from './affinities.ts';
import { Quadtree } from './quadtree.ts';

/** Writes the gradient of the divergence at some points, (n, 2), and gives the divergence. */
export type Gradient = (points: Float64Array, exaggeration: number, gradient: Float64Array) => number;

/**
 * The gradient of KL(P ‖ Q), 4 Σⱼ (p − q)(yᵢ − yⱼ) / (1 + |yᵢ − yⱼ|²): neighbours pull, all others push (van der Maaten
 * and Hinton, 2008). With `theta` above 0 the push of far points is that of their groups (van der Maaten, 2014).
 */
export function divergenceGradient(affinity: Affinities, theta: number): Gradient {
  const tree = new Quadtree();
  let pushes = new Float64Array(0);
  return (points, exaggeration, gradient) => {
    if (pushes.length !== points.length) pushes = new Float64Array(points.length);
    let total: number;
    if (theta > 0) {
      tree.build(points);
      total = tree.repulsion(points, theta, pushes);
    } else total = exactRepulsion(points, pushes);

    const { starts, others, values } = affinity;
    const n = points.length / 2;
    let divergence = 0;
    for (let i = 0; i < n; i++) {
      const x = points[2 * i]!;
      const y = points[2 * i + 1]!;
      let pullX = 0;
      let pullY = 0;
      for (let t = starts[i]!; t < starts[i + 1]!; t++) {
        const j = 2 * others[t]!;
        const dx = x - points[j]!;
        const dy = y - points[j + 1]!;
        const p = values[t]!;
        const q = 1 / (1 + dx * dx + dy * dy);
        pullX += p * q * dx;
        pullY += p * q * dy;
        if (p > 0) divergence += p * Math.log((p * total) / q);
      }
      gradient[2 * i] = 4 * (exaggeration * pullX - pushes[2 * i]! / total);
      gradient[2 * i + 1] = 4 * (exaggeration * pullY - pushes[2 * i + 1]! / total);
    }
    return divergence;
  };
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
