import { describe, mismatch } from './errors.ts';

/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna, 2018), its state filled from the seed by splitmix32.
 * The same seed gives the same numbers on every machine and every version of Node.
 *
 * @example const dice = random(7); dice.integer(1, 7);
 */
export function random(seed: number): Random {
  assertSeed('random(seed)', seed);
  return new Random(stateOf(seed));
}

/** A seed that nobody chose, for runs where none was given; record it, and the run can be repeated. */
export function freshSeed(): number {
  return globalThis.crypto.getRandomValues(new Uint32Array(1))[0]!;
}

export function assertSeed(where: string, seed: unknown): asserts seed is number {
  if (Number.isSafeInteger(seed) && (seed as number) >= 0) return;
  throw mismatch({ where, expected: 'a whole number from 0 as the seed', received: describe(seed) });
}

export type State = [number, number, number, number];

/**
 * A stream of random numbers that can be repeated; `random(seed)` makes one.
 *
 * @example random(1).normal(0, 2);
 */
export class Random {
  readonly #origin: State;
  readonly #state: State;
  #spareNormal: number | undefined;

  /** From four 32-bit words, not all zero; `random(seed)` makes them of one number. */
  constructor(state: State) {
    this.#origin = [...state];
    this.#state = [...state];
  }

  /** The next 32 random bits, as a whole number from 0 to 2³² − 1. */
  next(): number {
    const s = this.#state;
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotateLeft(s[3], 11);
    return result;
  }

  /** Fills an array with what `next` would give, some times faster, and gives it back. */
  fill(words: Uint32Array): Uint32Array {
    let [a, b, c, d] = this.#state;
    for (let i = 0; i < words.length; i++) {
      const product = Math.imul(b, 5);
      words[i] = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    this.#state.splice(0, 4, a, b, c, d);
    return words;
  }

  /** A number from `low` up to, never equal to, `high`: 53 random bits. */
  uniform(low = 0, high = 1): number {
    const unit = ((this.next() >>> 5) * 2 ** 26 + (this.next() >>> 6)) / 2 ** 53;
    const value = low + (high - low) * unit;
    return value < high || low >= high ? value : low;
  }

  /** A number of the normal distribution, by Box and Muller's polar method (Marsaglia, 1964). */
  normal(mean = 0, standardDeviation = 1): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return mean + standardDeviation * spare;
    }
    for (;;) {
      const u = this.uniform(-1, 1);
      const v = this.uniform(-1, 1);
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spareNormal = v * factor;
      return mean + standardDeviation * u * factor;
    }
  }

  /** A whole number from `low` up to, never equal to, `high`; each equally likely. */
  integer(low: number, high: number): number {
    const range = high - low;
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || range < 1 || range > 2 ** 32)
      throw mismatch({
        where: 'integer(low, high)',
        expected: 'whole numbers with low < high, at most 2³² apart',
        received: `integer(${low}, ${high})`,
      });
    // Numbers past the last whole multiple of the range would favour the low values: draw again.
    const limit = 2 ** 32 - (2 ** 32 % range);
    for (;;) {
      const value = this.next();
      if (value < limit) return low + (value % range);
    }
  }

  /** A new array with the same values in random order (Fisher and Yates). */
  shuffle<T>(values: Iterable<T>): T[] {
    const result = [...values];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.integer(0, i + 1);
      const held = result[i]!;
      result[i] = result[j]!;
      result[j] = held;
    }
    return result;
  }

  /** The numbers 0 … count − 1 in random order. */
  permutation(count: number): number[] {
    return this.shuffle(Array.from({ length: count }, (_, i) => i));
  }

  /** One of the values, each equally likely, or likely in proportion to its weight. */
  choice<T>(values: ArrayLike<T>, weights?: ArrayLike<number>): T {
    if (values.length === 0)
      throw mismatch({ where: 'choice(values)', expected: 'at least one value', received: 'an empty list' });
    if (!weights) return values[this.integer(0, values.length)]!;
    return values[this.#weightedIndex(values.length, weights)]!;
  }

  #weightedIndex(count: number, weights: ArrayLike<number>): number {
    let total = 0;
    for (let i = 0; i < weights.length; i++) {
      if (!(weights[i]! >= 0 && weights[i]! < Number.POSITIVE_INFINITY)) total = Number.NaN;
      total += weights[i]!;
    }
    if (weights.length !== count || !(total > 0))
      throw mismatch({
        where: 'choice(values, weights)',
        expected: `${count} weights, none negative, at least one above 0`,
        received: describe(Array.from(weights)),
      });
    let left = this.uniform(0, total);
    let last = 0;
    for (let i = 0; i < count; i++) {
      if (weights[i]! === 0) continue;
      last = i;
      left -= weights[i]!;
      if (left < 0) return i;
    }
    return last;
  }

  /**
   * A generator of its own for one purpose. It depends on this one's seed and on the label alone, not on what was
   * drawn before, so that a step added to a program leaves the numbers of all other steps as they were.
   */
  derive(label: string | number): Random {
    const text = `${typeof label}:${label}`;
    const mixed = this.#origin.map((word, i) => hash(text, (word ^ Math.imul(i + 1, GOLDEN)) >>> 0));
    return new Random(notAllZero(mixed as State));
  }

  /** A seed for somebody else's generator, such as a tfjs initialiser: a whole number below 2³¹. */
  seed(): number {
    return this.next() >>> 1;
  }
}

const GOLDEN = 0x9e3779b9;

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function stateOf(seed: number): State {
  let counter = (seed >>> 0) ^ Math.imul(Math.floor(seed / 2 ** 32), 0x85ebca6b);
  const next = () => {
    counter = (counter + GOLDEN) | 0;
    return splitmix(counter);
  };
  return notAllZero([next(), next(), next(), next()]);
}

/** The output function of splitmix32: MurmurHash3's finaliser. */
function splitmix(word: number): number {
  let z = word;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

/** FNV-1a over the text's code units, then mixed. */
function hash(text: string, start: number): number {
  let value = start;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return splitmix(value);
}

/** The all-zero state is the one that xoshiro never leaves. */
function notAllZero(state: State): State {
  return state.some(word => word !== 0) ? state : [GOLDEN, 1, 2, 3];
}
