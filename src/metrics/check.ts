import { describe, type Label, mismatch } from '../core/index.ts';

export type { Label };

/** Refuses lists that cannot belong together: what is no list, none at all, or another number of values. */
export function assertLists(where: string, lists: Record<string, ArrayLike<unknown>>): void {
  const [first = '', ...others] = Object.keys(lists);
  for (const name of [first, ...others]) assertList(where, name, lists[name]!);
  const length = lists[first]!.length;
  if (length === 0) throw mismatch({ where, expected: `at least one value as ${first}`, received: 'none' });
  for (const name of others) {
    if (lists[name]!.length === length) continue;
    throw mismatch({
      where,
      expected: `${length} values as ${name}, one for each of ${first}`,
      received: `${lists[name]!.length}`,
    });
  }
}

/** Refuses pairs of lists that cannot belong together. */
export function assertPairs(where: string, truth: ArrayLike<unknown>, predicted: ArrayLike<unknown>): void {
  assertList(where, 'truth', truth);
  assertList(where, 'predicted', predicted);
  if (truth.length === predicted.length && truth.length > 0) return;
  throw mismatch({
    where,
    expected: 'as many predictions as true values, at least one',
    received: `${truth.length} true values and ${predicted.length} predictions`,
  });
}

function assertList(where: string, name: string, values: ArrayLike<unknown>): void {
  const isList = typeof values === 'object' && values !== null && typeof values.length === 'number';
  if (isList) return;
  throw mismatch({
    where,
    expected: `a list as ${name}`,
    received: describe(values),
    hint: values !== null && typeof values === 'object' ? 'Read a tensor first: await tensor.data().' : undefined,
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

/** Refuses what is no share, such as a logit given for a probability. */
export function assertProbabilities(where: string, name: string, values: ArrayLike<number>): void {
  assertNumbers(where, name, values);
  for (let i = 0; i < values.length; i++)
    if (values[i]! < 0 || values[i]! > 1)
      throw mismatch({
        where,
        expected: `probabilities from 0 to 1 as ${name}`,
        received: `${values[i]} at position ${i}`,
        hint: 'Of a logit, the sigmoid or the softmax makes a probability.',
      });
}

/**
 * Which values are of the positive class. Without a name for it, it is 1 of 0 and 1; of other classes nobody can know
 * which one is meant.
 */
export function positives(where: string, truth: ArrayLike<Label>, positive: Label | undefined): boolean[] {
  const labels = Array.from(truth);
  if (positive !== undefined) {
    if (!labels.includes(positive))
      throw mismatch({
        where: `${where}, { positive }`,
        expected: `one of the classes that occur: ${[...new Set(labels)].slice(0, 6).map(describe).join(', ')}`,
        received: describe(positive),
      });
    return labels.map(label => label === positive);
  }
  const odd = labels.find(label => label !== 0 && label !== 1);
  if (odd !== undefined)
    throw mismatch({
      where,
      expected: 'the classes 0 and 1',
      received: describe(odd),
      hint: `Name the class that counts as found: { positive: ${describe(odd)} }.`,
    });
  return labels.map(label => label === 1);
}

/** Refuses a truth of one class, of which nothing can be told apart. */
export function assertBothClasses(where: string, isPositive: readonly boolean[]): void {
  if (isPositive.includes(true) && isPositive.includes(false)) return;
  throw mismatch({
    where,
    expected: 'positive and negative examples',
    received: isPositive[0] ? 'positive ones only' : 'negative ones only',
    hint: 'Score a part of the data that holds both: split with { stratify }.',
  });
}
