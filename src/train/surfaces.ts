/** A function of two numbers to go downhill on: a loss landscape small enough to be seen whole. */
export interface Surface {
  name: string;
  value(x: number, y: number): number;
  gradient(x: number, y: number): [number, number];
  /** The part to look at. */
  x: [low: number, high: number];
  y: [low: number, high: number];
  start: [x: number, y: number];
  minimum: [x: number, y: number];
}

/** Beale's function (1958): flat valleys, steep walls, one minimum at (3, 0.5). */
export const beale: Surface = {
  name: 'Beale',
  value: (x, y) => (1.5 - x + x * y) ** 2 + (2.25 - x + x * y * y) ** 2 + (2.625 - x + x * y ** 3) ** 2,
  gradient(x, y) {
    const parts = [1.5 - x + x * y, 2.25 - x + x * y * y, 2.625 - x + x * y ** 3] as const;
    return [
      2 * (parts[0] * (y - 1) + parts[1] * (y * y - 1) + parts[2] * (y ** 3 - 1)),
      2 * (parts[0] * x + parts[1] * 2 * x * y + parts[2] * 3 * x * y * y),
    ];
  },
  x: [-0.5, 4.5],
  y: [-2, 2],
  start: [1, 1.5],
  minimum: [3, 0.5],
};

/** A long valley, fifty times steeper across than along: plain gradient descent swings from wall to wall. */
export const ravine: Surface = {
  name: 'ravine',
  value: (x, y) => 0.02 * x * x + y * y,
  gradient: (x, y) => [0.04 * x, 2 * y],
  x: [-10.5, 2],
  y: [-1.8, 1.8],
  start: [-10, 1.3],
  minimum: [0, 0],
};

/** Rosenbrock's function (1960): a curved valley that is easy to find and hard to follow. */
export const rosenbrock: Surface = {
  name: 'Rosenbrock',
  value: (x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  gradient: (x, y) => [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
  x: [-2, 2],
  y: [-1, 3],
  start: [-1.2, 1],
  minimum: [1, 1],
};

/** A pass between two valleys: where the slope is 0 and yet no minimum. */
export const saddle: Surface = {
  name: 'saddle',
  value: (x, y) => 0.5 * x * x - 0.5 * y * y + 0.05 * y ** 4,
  gradient: (x, y) => [x, -y + 0.2 * y ** 3],
  x: [-2.5, 2.5],
  y: [-3.5, 3.5],
  start: [-2, 0.01],
  minimum: [0, Math.sqrt(5)],
};

/**
 * Landscapes that are known whole, to race optimisers on.
 *
 * @example train.surfaces.ravine
 */
export const surfaces = { beale, ravine, rosenbrock, saddle };
