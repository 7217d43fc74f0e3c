import { describe, mismatch } from '../core/index.ts';

/** Refuses pairs of lists that cannot belong together. */
export function assertPairs(where: string, truth: ArrayLike<unknown>, predicted: ArrayLike<unknown>): void {
  for (const [name, values] of [
    ['truth', truth],
    ['predicted', predicted],
  ] as const) {
    const isList = typeof values === 'object' && values !== null && typeof values.length === 'number';
    if (!isList)
      throw mismatch({
        where,
        expected: `a list as ${name}`,
        received: describe(values),
        hint: values !== null && typeof values === 'object' ? 'Read a tensor first: await tensor.data().' : undefined,
      });
  }
  if (truth.length === predicted.length && truth.length > 0) return;
  throw mismatch({
    where,
    expected: 'as many predictions as true values, at least one',
    received: `${truth.length} true values and ${predicted.length} predictions`,
  });
}

/** Refuses NaN and infinities: a score of them would say nothing. */
export function assertNumbers(where: string, name: string, values: ArrayLike<unknown>): void {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw mismatch({
        where,
        expected: `finite numbers as ${name}`,
        received: `${describe(values[i])} at position ${i}`,
      });
}
