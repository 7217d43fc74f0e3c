import { describe, mismatch, type Random } from '../core/index.ts';

/** One of a few: the numbers 0 … count − 1. */
export interface Discrete {
  readonly kind: 'discrete';
  readonly count: number;
  /** What each number means, for people. */
  readonly names?: readonly string[];
}

/** A list of numbers, each between its own ends, which may be infinite. */
export interface Box {
  readonly kind: 'box';
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** What each number means, for people. */
  readonly names?: readonly string[];
}

export type Space = Discrete | Box;

/** What a space holds: a number, or a list of numbers. */
export type Element<S extends Space> = S extends Discrete ? number : readonly number[];

/**
 * The space of the numbers 0 … count − 1.
 *
 * @example reinforcement.discrete(['left', 'right'])   // 0 is left, 1 is right
 */
export function discrete(countOrNames: number | readonly string[]): Discrete {
  if (typeof countOrNames !== 'number')
    return { kind: 'discrete', count: countOrNames.length, names: [...countOrNames] };
  return { kind: 'discrete', count: countOrNames };
}

/**
 * The space of lists with a lowest and a highest value for each place.
 *
 * @example reinforcement.box({ 'position (m)': [-2.4, 2.4], 'speed (m/s)': [-Infinity, Infinity] })
 */
export function box(ends: Readonly<Record<string, readonly [low: number, high: number]>>): Box {
  const pairs = Object.values(ends);
  return { kind: 'box', low: pairs.map(([low]) => low), high: pairs.map(([, high]) => high), names: Object.keys(ends) };
}

export function contains(space: Space, value: unknown): boolean {
  if (space.kind === 'discrete')
    return Number.isInteger(value) && (value as number) >= 0 && (value as number) < space.count;
  if (!Array.isArray(value) || value.length !== space.low.length) return false;
  return value.every((one, i) => typeof one === 'number' && one >= space.low[i]! && one <= space.high[i]!);
}

export function assertIn(where: string, space: Space, value: unknown): void {
  if (contains(space, value)) return;
  throw mismatch({ where, expected: formatSpace(space), received: describe(value) });
}

/** Any element: each number of a discrete space equally likely; infinite ends of a box are taken as ±1. */
export function sample<S extends Space>(space: S, random: Random): Element<S> {
  const one = (low: number, high: number) => random.uniform(Math.max(low, -1e9), Math.min(high, 1e9));
  const value =
    space.kind === 'discrete'
      ? random.integer(0, space.count)
      : space.low.map((low, i) =>
          one(Number.isFinite(low) ? low : -1, Number.isFinite(space.high[i]!) ? space.high[i]! : 1),
        );
  return value as Element<S>;
}

/** How many numbers a network is given: 1 for each number of a discrete space, as one-hot, and for each place of a box. */
export function widthOf(space: Space): number {
  return space.kind === 'discrete' ? space.count : space.low.length;
}

function formatSpace(space: Space): string {
  if (space.kind === 'discrete') {
    const names = space.names ? ` (${space.names.slice(0, 6).join(', ')}${space.names.length > 6 ? ', …' : ''})` : '';
    return `a whole number from 0 to ${space.count - 1}${names}`;
  }
  const ends = space.low.map((low, i) => `${space.names?.[i] ?? `[${i}]`} from ${low} to ${space.high[i]}`);
  return `${space.low.length} numbers: ${ends.join(', ')}`;
}
