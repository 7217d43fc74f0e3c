/** Texts: tokens, numbers, and back. */
export {
  type BytePairOptions,
  type BytePairs,
  type Merge,
  restoreBytePairs,
  type SavedBytePairs,
  trainBytePairs,
} from './byte-pairs.ts';
export { type Lexicon, type LexiconScore, lexicon } from './lexicon.ts';
export {
  type PadOptions,
  pad,
  type WindowBatch,
  type WindowBatchOptions,
  type WindowOptions,
  windowBatches,
  windows,
} from './sequences.ts';
export type { SparseRows } from './sparse.ts';
export { ngrams, stripHtml, type TokeniseOptions, type TokenKind, tokenise } from './tokenise.ts';
export {
  type CountOptions,
  fitCounts,
  fitTfidf,
  restoreVectoriser,
  type SavedVectoriser,
  type TextDocument,
  type TfidfOptions,
  type Vectoriser,
} from './vectorise.ts';
export {
  fitVocabulary,
  restoreVocabulary,
  type SavedVocabulary,
  type Vocabulary,
  type VocabularyOptions,
} from './vocabulary.ts';
