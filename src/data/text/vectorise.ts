import {
  assertInteger,
  assertKeys,
  assertNumber,
  assertOneOf,
  describe,
  LearnableError,
  mismatch,
} from '../../core/index.ts';
import { type SparseRow, type SparseRows, sparseRows } from './sparse.ts';
import { ngrams, tokenise } from './tokenise.ts';

/** A text, which is parted into words; its tokens; or how often each token occurs. */
export type TextDocument = string | readonly string[] | Readonly<Record<string, number>>;

export interface CountOptions {
  /** Runs of so many tokens, from and to. Default [1, 1]. */
  ngrams?: readonly [min: number, max: number];
  /** Leaves out what is in fewer documents. Default 1. */
  minDocuments?: number;
  /** Leaves out what is in more than this share of the documents. Default 1. */
  maxShare?: number;
  /** Keeps so many, those that occur most often. */
  maxFeatures?: number;
  /** Only whether it occurs: 1 instead of a count. Default false. */
  binary?: boolean;
}

export interface TfidfOptions extends CountOptions {
  /** 1 + ln(count) instead of the count. Default false. */
  sublinear?: boolean;
  /** Counts documents as if one more had every word, so that nothing is divided by 0. Default true. */
  smooth?: boolean;
  /** What each row is divided by: its length, the sum of its numbers, nothing. Default 'l2'. */
  norm?: 'l2' | 'l1' | 'none';
}

/** Turns documents into rows of numbers by what was learned from others. Words that it does not know are left out. */
export interface Vectoriser {
  (documents: readonly TextDocument[]): SparseRows;
  /** The name of each column, in order of letters. */
  readonly features: readonly string[];
  /** Inverse document frequency of each column; all 1 for counts. */
  readonly idf: readonly number[];
  /** Plain data, for `JSON.stringify`; `data.text.restoreVectoriser` makes it work again. */
  toJSON(): SavedVectoriser;
}

export interface SavedVectoriser {
  kind: 'vectoriser';
  features: string[];
  idf: number[];
  ngrams: readonly [number, number];
  binary: boolean;
  sublinear: boolean;
  norm: 'l2' | 'l1' | 'none';
}

const COUNT_OPTIONS = ['ngrams', 'minDocuments', 'maxShare', 'maxFeatures', 'binary'];

/**
 * Learns which words there are, to count them in other documents: a bag of words.
 *
 * @example
 * const count = data.text.fitCounts(['free money', 'see you at noon']);
 * count(['money, money']).row(0);  // { money: 2 }
 */
export function fitCounts(documents: readonly TextDocument[], options: CountOptions = {}): Vectoriser {
  assertKeys('fitCounts(documents, options)', options, COUNT_OPTIONS);
  const learned = learn('fitCounts', documents, options);
  const idf = learned.features.map(() => 1);
  return vectoriser({ kind: 'vectoriser', ...learned, idf, sublinear: false, norm: 'none' });
}

/**
 * Learns how much each word tells: counts weighted by tf-idf (Spärck Jones, Journal of Documentation 28, 1972), in the form
 * and with the defaults of scikit-learn: idf = ln((1 + n) / (1 + df)) + 1, rows of length 1.
 *
 * @example
 * const weigh = data.text.fitTfidf(['the cat', 'the dog', 'the owl']);
 * weigh(['the owl']).row(0);  // owl weighs more than the
 */
export function fitTfidf(documents: readonly TextDocument[], options: TfidfOptions = {}): Vectoriser {
  assertKeys('fitTfidf(documents, options)', options, [...COUNT_OPTIONS, 'sublinear', 'smooth', 'norm']);
  const { sublinear = false, smooth = true, norm = 'l2' } = options;
  assertOneOf('fitTfidf({ norm })', norm, ['l2', 'l1', 'none'] as const);
  const { inDocuments, ...learned } = learn('fitTfidf', documents, options);
  const more = smooth ? 1 : 0;
  const idf = inDocuments.map(count => Math.log((documents.length + more) / (count + more)) + 1);
  return vectoriser({ kind: 'vectoriser', ...learned, idf, sublinear, norm });
}

/**
 * A vectoriser from what its `toJSON` gave.
 *
 * @example
 * const saved = JSON.parse(JSON.stringify(data.text.fitTfidf(['a cat', 'a dog'])));
 * const weigh = data.text.restoreVectoriser(saved);
 */
export function restoreVectoriser(saved: SavedVectoriser): Vectoriser {
  if (saved?.kind === 'vectoriser') return vectoriser(saved);
  throw mismatch({ where: 'restoreVectoriser(saved)', expected: 'a saved vectoriser', received: describe(saved) });
}

function learn(where: string, documents: readonly TextDocument[], options: CountOptions) {
  const { ngrams = [1, 1], minDocuments = 1, maxShare = 1, maxFeatures, binary = false } = options;
  assertInteger(`${where}({ minDocuments })`, minDocuments, { min: 1 });
  assertNumber(`${where}({ maxShare })`, maxShare, { min: 0, aboveMin: true, max: 1 });
  if (maxFeatures !== undefined) assertInteger(`${where}({ maxFeatures })`, maxFeatures, { min: 1 });
  if (!Array.isArray(documents))
    throw mismatch({ where: `${where}(documents)`, expected: 'a list of documents', received: describe(documents) });

  const totals = new Map<string, { documents: number; occurrences: number }>();
  for (const document of documents)
    for (const [token, count] of tokenCounts(where, document, ngrams)) {
      const total = totals.get(token) ?? { documents: 0, occurrences: 0 };
      total.documents++;
      total.occurrences += binary ? 1 : count;
      totals.set(token, total);
    }
  const most = maxShare * documents.length;
  let kept = [...totals].filter(([, total]) => total.documents >= minDocuments && total.documents <= most);
  if (maxFeatures !== undefined && kept.length > maxFeatures)
    kept = kept.sort(([a, x], [b, y]) => y.occurrences - x.occurrences || (a < b ? -1 : 1)).slice(0, maxFeatures);
  if (kept.length === 0)
    throw new LearnableError(`${where}(documents): no word is left of ${documents.length} documents.`, {
      hint: totals.size > 0 ? 'Lower minDocuments, or raise maxShare.' : 'Look at the texts: they hold no words.',
    });
  kept.sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    features: kept.map(([token]) => token),
    inDocuments: kept.map(([, total]) => total.documents),
    ngrams,
    binary,
  };
}

function vectoriser({ features, idf, ngrams, binary, sublinear, norm }: SavedVectoriser): Vectoriser {
  const columnOf = new Map(features.map((feature, column) => [feature, column]));
  const vectorise = (documents: readonly TextDocument[]) => {
    if (!Array.isArray(documents))
      throw mismatch({ where: 'vectorise(documents)', expected: 'a list of documents', received: describe(documents) });
    const rows = documents.map(document => {
      const row = new Map<number, number>();
      for (const [token, count] of tokenCounts('vectorise', document, ngrams)) {
        const column = columnOf.get(token);
        if (column === undefined || count === 0) continue;
        const amount = binary ? 1 : count;
        row.set(column, (sublinear ? 1 + Math.log(amount) : amount) * idf[column]!);
      }
      return normalise(row, norm);
    });
    return sparseRows(rows, features);
  };
  const saved: SavedVectoriser = { kind: 'vectoriser', features, idf, ngrams, binary, sublinear, norm };
  return Object.assign(vectorise, { features, idf, toJSON: () => saved });
}

function normalise(row: Map<number, number>, norm: SavedVectoriser['norm']): SparseRow {
  if (norm === 'none') return row;
  let sum = 0;
  for (const value of row.values()) sum += norm === 'l2' ? value * value : Math.abs(value);
  const length = norm === 'l2' ? Math.sqrt(sum) : sum;
  for (const [column, value] of row) row.set(column, value / length);
  return row;
}

function tokenCounts(
  where: string,
  document: TextDocument,
  [min, max]: readonly [number, number],
): Iterable<readonly [string, number]> {
  if (document === null || (typeof document !== 'string' && typeof document !== 'object'))
    throw mismatch({
      where: `${where}(documents)`,
      expected: 'texts, lists of tokens, or counts of tokens',
      received: describe(document),
    });
  if (typeof document === 'object' && !Array.isArray(document)) {
    if (max > 1)
      throw mismatch({
        where: `${where}({ ngrams })`,
        expected: '[1, 1] for documents that are counts, whose order is lost',
        received: describe([min, max]),
      });
    return Object.entries(document as Readonly<Record<string, number>>);
  }
  const tokens = typeof document === 'string' ? tokenise(document) : (document as readonly string[]);
  const counts = new Map<string, number>();
  for (const token of ngrams(tokens, [min, max])) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}
