/** Deeper than this, points are taken to be in the same place. */
const MAX_DEPTH = 48;

/**
 * Points in the plane in squares within squares (Barnes and Hut, 1986), as lists in the order in which a walk from the top
 * meets the squares. `skip[s]` is the square after all that lie within square s, so that a walk needs no stack.
 */
export class Quadtree {
  #squares = 0;
  #capacity = 0;
  /** Where the middle of a square's points is, and how many there are. */
  #x = new Float64Array(0);
  #y = new Float64Array(0);
  #mass = new Float64Array(0);
  /** Its side, squared; 0 for one that is not parted further. */
  #side = new Float64Array(0);
  #skip = new Int32Array(0);
  #order = new Int32Array(0);
  #spare = new Int32Array(0);

  /** Sorts all points anew: x and y in turns, (n, 2). */
  build(points: Float64Array): void {
    const n = points.length / 2;
    if (this.#order.length !== n) {
      this.#order = new Int32Array(n);
      this.#spare = new Int32Array(n);
    }
    let [left, right, bottom, top] = [points[0]!, points[0]!, points[1]!, points[1]!];
    for (let i = 0; i < n; i++) {
      this.#order[i] = i;
      left = Math.min(left, points[2 * i]!);
      right = Math.max(right, points[2 * i]!);
      bottom = Math.min(bottom, points[2 * i + 1]!);
      top = Math.max(top, points[2 * i + 1]!);
    }
    this.#squares = 0;
    const side = Math.max(right - left, top - bottom);
    this.#add(points, 0, n, (left + right) / 2, (bottom + top) / 2, side, MAX_DEPTH);
  }

  /** The square of some points, and all squares within it. */
  #add(points: Float64Array, from: number, to: number, x: number, y: number, side: number, depth: number): void {
    const square = this.#squares++;
    if (square >= this.#capacity) this.#grow(2 * (to + square + 16));
    let [sumX, sumY] = [0, 0];
    for (let i = from; i < to; i++) {
      const point = 2 * this.#order[i]!;
      sumX += points[point]!;
      sumY += points[point + 1]!;
    }
    const mass = to - from;
    this.#x[square] = sumX / mass;
    this.#y[square] = sumY / mass;
    this.#mass[square] = mass;
    this.#side[square] = 0;
    if (mass > 1 && depth > 0 && side > 0) {
      this.#side[square] = side * side;
      const quarter = side / 4;
      const middle = this.#part(points, 1, y, from, to);
      const [first, last] = [this.#part(points, 0, x, from, middle), this.#part(points, 0, x, middle, to)];
      if (first > from) this.#add(points, from, first, x - quarter, y - quarter, side / 2, depth - 1);
      if (middle > first) this.#add(points, first, middle, x + quarter, y - quarter, side / 2, depth - 1);
      if (last > middle) this.#add(points, middle, last, x - quarter, y + quarter, side / 2, depth - 1);
      if (to > last) this.#add(points, last, to, x + quarter, y + quarter, side / 2, depth - 1);
    }
    this.#skip[square] = this.#squares;
  }

  /** Those below `at` along an axis to the front; gives where the others begin. */
  #part(points: Float64Array, axis: 0 | 1, at: number, from: number, to: number): number {
    let [below, above] = [from, 0];
    for (let i = from; i < to; i++) {
      const point = this.#order[i]!;
      if (points[2 * point + axis]! < at) this.#order[below++] = point;
      else this.#spare[above++] = point;
    }
    this.#order.set(this.#spare.subarray(0, above), below);
    return below;
  }

  #grow(capacity: number): void {
    const grown = (old: Float64Array) => {
      const list = new Float64Array(capacity);
      list.set(old);
      return list;
    };
    this.#capacity = capacity;
    [this.#x, this.#y, this.#mass, this.#side] = [grown(this.#x), grown(this.#y), grown(this.#mass), grown(this.#side)];
    const skip = new Int32Array(capacity);
    skip.set(this.#skip);
    this.#skip = skip;
  }

  /**
   * How all points push each point away under Student's t: writes Σ q²·(yᵢ − yⱼ) into `forces`, (n, 2), and gives Σ q over
   * all pairs, with q = 1 / (1 + |yᵢ − yⱼ|²). A square that looks smaller than `theta` from a point counts as one.
   */
  repulsion(points: Float64Array, theta: number, forces: Float64Array): number {
    const [xs, ys, masses, sides, skips] = [this.#x, this.#y, this.#mass, this.#side, this.#skip];
    const squares = this.#squares;
    const limit = theta * theta;
    const n = points.length / 2;
    let total = 0;
    for (let i = 0; i < n; i++) {
      const x = points[2 * i]!;
      const y = points[2 * i + 1]!;
      let forceX = 0;
      let forceY = 0;
      let square = 0;
      while (square < squares) {
        const dx = x - xs[square]!;
        const dy = y - ys[square]!;
        const distance = dx * dx + dy * dy;
        if (sides[square]! > limit * distance) {
          square++; // too near: look at what is within
          continue;
        }
        const q = 1 / (1 + distance);
        const push = masses[square]! * q;
        total += push;
        forceX += push * q * dx;
        forceY += push * q * dy;
        square = skips[square]!;
      }
      forces[2 * i] = forceX;
      forces[2 * i + 1] = forceY;
    }
    return total - n; // each point met itself, with q = 1
  }
}
