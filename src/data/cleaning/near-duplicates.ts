import type { DataFrame } from 'danfojs-node';
import {
  assertInteger,
  assertKeys,
  assertNumber,
  columnValues,
  describe,
  isMissing,
  mismatch,
} from '../../core/index.ts';
import type { Displayable } from '../../display/channel.ts';
import { assertFrame } from '../assert.ts';
import { groupPositions } from '../groups.ts';
import { counted, report } from './report.ts';
import { shinglesOf, similarPairs } from './shingles.ts';

export interface NearDuplicateOptions {
  /** How alike two texts have to be, from above 0 to 1: the share of their shingles that they have in common. Default 0.8. */
  threshold?: number;
  /** How many words in a row make a shingle. Default 3. */
  shingle?: number;
}

export interface NearDuplicateReport extends Displayable {
  rows: number;
  /** Positions of the rows that are nearly an earlier one: what `data.dropRows` takes. */
  repeats: number[];
  /** Positions of rows that are linked by pairs, each group in the order of the frame. */
  groups: number[][];
  /** Positions of two rows, and how alike they are. */
  pairs: { first: number; second: number; similarity: number }[];
}

/**
 * Finds texts that are nearly the same: case, spaces and punctuation aside, their runs of words are compared by the
 * similarity of Jaccard (Broder, On the resemblance and containment of documents, 1997). Exact: no pair is missed.
 * Missing texts are left out.
 *
 * @example
 * data.nearDuplicates(['The cat sat on the mat.', 'the cat sat  on the mat', 'A dog'], { threshold: 0.9 }).repeats  // [1]
 * @example
 * const { train: fitting } = await data.load('fine-foods');
 * const once = data.dropRows(fitting, data.nearDuplicates(fitting, 'review').repeats);
 */
export function nearDuplicates(texts: readonly string[], options?: NearDuplicateOptions): NearDuplicateReport;
export function nearDuplicates(frame: DataFrame, column: string, options?: NearDuplicateOptions): NearDuplicateReport;
export function nearDuplicates(
  source: readonly string[] | DataFrame,
  columnOrOptions: string | NearDuplicateOptions = {},
  more: NearDuplicateOptions = {},
): NearDuplicateReport {
  const isColumn = typeof columnOrOptions === 'string';
  const options = isColumn ? more : columnOrOptions;
  assertKeys('nearDuplicates(…, options)', options, ['threshold', 'shingle']);
  const { threshold = 0.8, shingle = 3 } = options;
  assertNumber('nearDuplicates({ threshold })', threshold, { min: 0, aboveMin: true, max: 1 });
  assertInteger('nearDuplicates({ shingle })', shingle, { min: 1 });
  const texts = isColumn ? textsOf(source as DataFrame, columnOrOptions) : (source as readonly string[]);
  if (!Array.isArray(texts))
    throw mismatch({
      where: 'nearDuplicates(texts)',
      expected: 'a list of texts, or a frame and the name of a column',
      received: describe(texts),
    });

  const pairs = similarPairs(
    texts.map(text => shinglesOf(text, shingle)),
    threshold,
  );
  const groups = linked(texts.length, pairs);
  const repeats = groups.flatMap(group => group.slice(1)).sort((a, b) => a - b);
  return report({ rows: texts.length, repeats, groups, pairs }, () => ({
    caption: `${counted(repeats.length, 'text')} of ${texts.length.toLocaleString('en')} ${repeats.length === 1 ? 'is' : 'are'} nearly an earlier one`,
    columns: ['similarity', 'first', 'second'],
    index: pairs.map(({ first, second }) => `${first}, ${second}`),
    rows: pairs.map(({ first, second, similarity }) => [Number(similarity.toFixed(3)), texts[first], texts[second]]),
  }));
}

function textsOf(frame: DataFrame, column: string): string[] {
  const where = `nearDuplicates('${column}')`;
  assertFrame(where, frame);
  return columnValues(where, frame, column).map(value => (isMissing(value) ? '' : String(value)));
}

/** The groups that pairs link together, by union and find. */
function linked(count: number, pairs: readonly { first: number; second: number }[]): number[][] {
  const parent = Array.from({ length: count }, (_, i) => i);
  const root = (i: number) => {
    while (parent[i] !== i) {
      parent[i] = parent[parent[i]!]!;
      i = parent[i]!;
    }
    return i;
  };
  for (const { first, second } of pairs) {
    const [a, b] = [root(first), root(second)];
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  return [...groupPositions(parent.map((_, i) => root(i))).values()].filter(group => group.length > 1);
}
