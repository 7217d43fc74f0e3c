import { assertInteger, assertKeys, assertNumber, assertSeed, LearnableError, random } from '../core/index.ts';
import { assertLists } from './check.ts';

export interface BootstrapOptions {
  /** How often the examples are drawn anew. Default 1000. */
  samples?: number;
  /** How sure the interval is. Default 0.95. */
  confidence?: number;
  /** Default 0: the same interval each time. */
  seed?: number;
}

export interface Interval {
  /** The score of the examples as they are. */
  value: number;
  low: number;
  high: number;
  /** The standard deviation of the score over the draws. */
  standardError: number;
  /** How many draws could be scored; one without, say, a positive example cannot. */
  samples: number;
}

/**
 * How far a score could be off because the test set is small: examples are drawn with replacement, the score is taken of
 * each draw, and the middle share of these scores is the interval (Efron, 1979; the percentile method).
 *
 * @example
 * const [truth, predicted] = [['cat', 'dog', 'dog', 'cat'], ['cat', 'dog', 'cat', 'cat']];
 * metrics.bootstrap(metrics.accuracy, [truth, predicted], { seed: 1 });   // { value: 0.75, low: 0.25, high: 1, … }
 */
export function bootstrap<Lists extends readonly ArrayLike<unknown>[]>(
  score: (...lists: Lists) => number,
  lists: readonly [...Lists],
  options: BootstrapOptions = {},
): Interval {
  const where = 'bootstrap(score, lists';
  assertKeys(`${where}, options)`, options, ['samples', 'confidence', 'seed']);
  const { samples = 1000, confidence = 0.95, seed = 0 } = options;
  assertInteger(`${where}, { samples })`, samples, { min: 10 });
  assertNumber(`${where}, { confidence })`, confidence, { min: 0.5, max: 0.999 });
  assertSeed(`${where}, { seed })`, seed);
  assertLists(`${where})`, Object.fromEntries(lists.map((list, i) => [`lists[${i}]`, list])));

  const value = score(...lists);
  const length = lists[0]!.length;
  const draw = random(seed).derive('bootstrap');
  const scores: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const places = Array.from({ length }, () => draw.integer(0, length));
    const drawn = lists.map(list => places.map(place => list[place])) as unknown as Lists;
    const found = scoreOf(score, drawn);
    if (found !== undefined) scores.push(found);
  }
  if (scores.length < samples / 2)
    throw new LearnableError(
      `${where}): expected examples of which most draws can be scored, received ${scores.length} scores of ${samples} draws.`,
      { hint: 'There are too few examples of one class: score more of them.' },
    );
  const sorted = Float64Array.from(scores).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const mean = scores.reduce((total, one) => total + one, 0) / scores.length;
  const variance = scores.reduce((total, one) => total + (one - mean) ** 2, 0) / (scores.length - 1);
  const tail = (1 - confidence) / 2;
  return { value, low: at(tail), high: at(1 - tail), standardError: Math.sqrt(variance), samples: scores.length };
}

/** A draw can lack what the score needs; any other error is the caller's to see. */
function scoreOf<Lists extends readonly ArrayLike<unknown>[]>(
  score: (...lists: Lists) => number,
  lists: readonly [...Lists],
): number | undefined {
  try {
    const found = score(...lists);
    return Number.isFinite(found) ? found : undefined;
  } catch (error) {
    if (error instanceof LearnableError) return undefined;
    throw error;
  }
}
