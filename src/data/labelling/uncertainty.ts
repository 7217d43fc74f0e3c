import { assertInteger, assertKeys, assertOneOf, mismatch, random } from '../../core/index.ts';
import { type Probabilities, probabilityRows } from './probabilities.ts';

/** 1 minus the greatest probability; 1 minus the lead of the first over the second; entropy in nats (Settles, 2009). */
export type UncertaintyKind = 'least-confident' | 'margin' | 'entropy';

/**
 * How unsure a model is of each item; the greater, the less sure.
 *
 * @example data.labelling.uncertainty([[0.5, 0.5], [0.9, 0.1]], 'margin')  // [1, 0.2]
 */
export function uncertainty(probabilities: Probabilities, kind: UncertaintyKind = 'entropy'): number[] {
  assertOneOf('uncertainty(probabilities, kind)', kind, ['least-confident', 'margin', 'entropy'] as const);
  return probabilityRows('uncertainty(probabilities)', probabilities).map(row => {
    if (kind === 'entropy') return row.reduce((sum, value) => (value > 0 ? sum - value * Math.log(value) : sum), 0);
    const [first = 0, second = 0] = [...row].sort((a, b) => b - a);
    return kind === 'margin' ? 1 - (first - second) : 1 - first;
  });
}

export interface SelectionOptions {
  /** How many items to label next. */
  count: number;
  /** Default 'entropy'. 'random' is what any other has to beat. */
  kind?: UncertaintyKind | 'random';
  /** Positions that may be chosen, such as those without a label. Default: all. */
  among?: readonly number[];
  /** Of 'random', and of which comes first among the equally uncertain. Default 0. */
  seed?: number;
}

/**
 * Which items to have labelled next: those that the model is least sure of (uncertainty sampling: Lewis and Gale, 1994),
 * the least sure first.
 *
 * @example data.labelling.selectUncertain([[0.5, 0.5], [0.9, 0.1], [0.6, 0.4]], { count: 2 })  // [0, 2]
 */
export function selectUncertain(probabilities: Probabilities, options: SelectionOptions): number[] {
  const where = 'selectUncertain(probabilities, options)';
  assertKeys(where, options, ['count', 'kind', 'among', 'seed']);
  const { count, kind = 'entropy', seed = 0 } = options;
  assertOneOf('selectUncertain({ kind })', kind, ['least-confident', 'margin', 'entropy', 'random'] as const);
  assertInteger('selectUncertain({ count })', count, { min: 0 });
  const items = probabilities.length;
  const among = options.among ?? Array.from({ length: items }, (_, item) => item);
  for (const item of among) assertInteger('selectUncertain({ among })', item, { min: 0, max: items - 1 });
  if (among.length < count)
    throw mismatch({ where, expected: `at least ${count} items to choose from`, received: String(among.length) });

  const shuffled = random(seed).shuffle(among);
  if (kind === 'random') return shuffled.slice(0, count);
  const scores = uncertainty(probabilities, kind);
  return shuffled.sort((a, b) => scores[b]! - scores[a]!).slice(0, count);
}
