import { dot } from './multiply.ts';

export interface MinimiseOptions {
  start: Float64Array;
  /** The value at x; writes the gradient there. */
  valueAndGradient(x: Float64Array, gradient: Float64Array): number;
  /** Until no component of the gradient is larger. Default 10⁻¹⁰. */
  tolerance?: number;
  /** Default 1000. */
  maxIterations?: number;
}

export interface Minimum {
  x: Float64Array;
  value: number;
  /** The value at the start and after each iteration. */
  history: number[];
  converged: boolean;
}

/** How many steps the picture of the curvature is made of. */
const MEMORY = 10;

/**
 * The minimum of a smooth function by L-BFGS (Nocedal and Wright, Numerical Optimization, 7.2): gradient descent that
 * learns the curvature from its last steps.
 */
export function minimise({
  start,
  valueAndGradient,
  tolerance = 1e-10,
  maxIterations = 1000,
}: MinimiseOptions): Minimum {
  let x = start.slice();
  let gradient = new Float64Array(x.length);
  let value = valueAndGradient(x, gradient);
  const history = [value];
  const steps: Step[] = [];
  while (largest(gradient) > tolerance && history.length <= maxIterations) {
    const direction = descent(gradient, steps);
    const first = steps.length === 0 ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
    const next = search(valueAndGradient, x, value, gradient, direction, first);
    if (!next) break; // no further down: rounding is all that is left
    const [s, y] = [difference(next.x, x), difference(next.gradient, gradient)];
    const curvature = dot(s, y);
    if (curvature > 0) steps.push({ s, y, curvature });
    if (steps.length > MEMORY) steps.shift();
    ({ x, value, gradient } = next);
    history.push(value);
  }
  return { x, value, history, converged: largest(gradient) <= Math.max(tolerance, 1e-5) };
}

interface Step {
  /** How x changed, how the gradient changed, and sᵀy. */
  s: Float64Array;
  y: Float64Array;
  curvature: number;
}

/** −H·g, with H what the last steps say of the inverse of the curvature: two loops over them. */
function descent(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const q = gradient.map(value => -value);
  const parts = new Float64Array(steps.length);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { s, y, curvature } = steps[i]!;
    parts[i] = dot(s, q) / curvature;
    for (let t = 0; t < q.length; t++) q[t]! -= parts[i]! * y[t]!;
  }
  const last = steps.at(-1);
  const scale = last ? last.curvature / dot(last.y, last.y) : 1;
  for (let t = 0; t < q.length; t++) q[t]! *= scale;
  for (let i = 0; i < steps.length; i++) {
    const { s, y, curvature } = steps[i]!;
    const change = parts[i]! - dot(y, q) / curvature;
    for (let t = 0; t < q.length; t++) q[t]! += change * s[t]!;
  }
  return q;
}

/**
 * A step along the direction after which the value is lower and the slope flatter (Wolfe's conditions), by doubling and
 * halving. Where values differ by rounding alone, the slope decides (Hager and Zhang, 2005).
 */
function search(
  valueAndGradient: MinimiseOptions['valueAndGradient'],
  x: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  first: number,
) {
  const slope = dot(gradient, direction);
  if (!(slope < 0)) return undefined;
  const noise = 1e-14 * Math.abs(value);
  let [low, high, length] = [0, Number.POSITIVE_INFINITY, first];
  for (let trial = 0; trial < 60; trial++) {
    const there = x.map((at, t) => at + length * direction[t]!);
    const gradientThere = new Float64Array(x.length);
    const valueThere = valueAndGradient(there, gradientThere);
    const slopeThere = dot(gradientThere, direction);
    const isLower =
      valueThere <= value + 1e-4 * length * slope || (valueThere <= value + noise && slopeThere <= -0.9998 * slope);
    if (!isLower) high = length;
    else if (slopeThere < 0.9 * slope) low = length;
    else return { x: there, value: valueThere, gradient: gradientThere };
    length = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
  }
  return undefined;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, t) => value - b[t]!);
}

function largest(values: Float64Array): number {
  let found = 0;
  for (let t = 0; t < values.length; t++) found = Math.max(found, Math.abs(values[t]!));
  return found;
}
