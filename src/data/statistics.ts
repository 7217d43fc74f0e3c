/** Of numbers without missing ones among them. */

export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * The value below which a share of the numbers lies, interpolated between neighbours as in numpy and pandas (type 7 of
 * Hyndman and Fan, 1996).
 */
export function quantile(values: readonly number[], share: number): number {
  return sortedQuantile(Float64Array.from(values).sort(), share);
}

export function sortedQuantile(sorted: ArrayLike<number>, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (place - below);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The most frequent value; of equally frequent ones the first in order. */
export function mode(values: readonly unknown[]): unknown {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [best, most] = [undefined as unknown, 0];
  for (const [value, count] of counts)
    if (count > most || (count === most && (value as string) < (best as string))) [best, most] = [value, count];
  return best;
}

/** Mean and standard deviation of the numbers themselves (divided by n). */
export function moments(values: readonly number[]): { mean: number; deviation: number } {
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return { mean: centre, deviation: Math.sqrt(squares / values.length) };
}
