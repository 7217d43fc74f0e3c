import { assertInteger, assertKeys, describe, mismatch } from '../../core/index.ts';
import { chunkWords, learnMerges, mergeAll, pairKey } from './merges.ts';

export interface BytePairOptions {
  /** How many tokens there shall be: 256 bytes and one for each merge. Default 512. */
  vocabularySize?: number;
}

/** Two tokens that became one. */
export interface Merge {
  left: string;
  right: string;
  /** What they make together. */
  token: string;
  /** How often they stood side by side when they were merged. */
  count: number;
}

/** A tokeniser of its own making, from bytes: it knows every text, and splits what it saw often into few tokens. */
export interface BytePairs {
  /** How many different numbers there are. */
  readonly size: number;
  /** In the order in which they were learned. */
  readonly merges: readonly Merge[];
  encode(text: string): number[];
  /** The text again; numbers that do not make whole letters become U+FFFD. */
  decode(ids: ArrayLike<number>): string;
  /** The text in the pieces that it is split into. A piece of a letter is written as its bytes, such as `<e2>`. */
  pieces(text: string): string[];
  /** The pieces before any merge, and after each merge that changes them: the last are those of `pieces`. */
  steps(text: string): string[][];
  /** Plain data, for `JSON.stringify`; `data.text.restoreBytePairs` makes it work again. */
  toJSON(): SavedBytePairs;
}

export interface SavedBytePairs {
  kind: 'byte-pairs';
  /** Numbers of the tokens that were merged: the first merge makes token 256. */
  pairs: (readonly [left: number, right: number])[];
  counts: number[];
}

const BYTES = 256;

/**
 * Learns to split texts by byte-pair encoding (Sennrich, Haddow and Birch, ACL 2016; from bytes as in Radford et al., 2019):
 * begins with bytes, and merges the pair of neighbours that is most frequent, again and again. No merge crosses the border
 * of a word; a space belongs to the word behind it. Ends early when no pair is left twice.
 *
 * @example
 * const pairs = data.text.trainBytePairs('low lower lowest', { vocabularySize: 260 });
 * pairs.pieces('lower');
 * pairs.decode(pairs.encode('любой текст 🐳')) === 'любой текст 🐳';
 */
export function trainBytePairs(texts: string | readonly string[], options: BytePairOptions = {}): BytePairs {
  assertKeys('trainBytePairs(texts, options)', options, ['vocabularySize']);
  const { vocabularySize = 512 } = options;
  assertInteger('trainBytePairs({ vocabularySize })', vocabularySize, {
    min: BYTES,
    max: 65_536,
    hint: 'The 256 bytes are always there.',
  });
  const all = typeof texts === 'string' ? [texts] : texts;
  if (!Array.isArray(all) || !all.every(text => typeof text === 'string'))
    throw mismatch({
      where: 'trainBytePairs(texts)',
      expected: 'a text, or a list of texts',
      received: describe(texts),
    });
  const { pairs, counts } = learnMerges(all as readonly string[], vocabularySize - BYTES);
  return bytePairs({ kind: 'byte-pairs', pairs, counts });
}

/**
 * Byte pairs from what their `toJSON` gave.
 *
 * @example
 * const saved = JSON.parse(JSON.stringify(data.text.trainBytePairs('aaabdaaabac', { vocabularySize: 258 })));
 * const pairs = data.text.restoreBytePairs(saved);
 */
export function restoreBytePairs(saved: SavedBytePairs): BytePairs {
  if (saved?.kind === 'byte-pairs') return bytePairs(saved);
  throw mismatch({ where: 'restoreBytePairs(saved)', expected: 'saved byte pairs', received: describe(saved) });
}

function bytePairs({ pairs, counts }: SavedBytePairs): BytePairs {
  const bytes: Uint8Array[] = Array.from({ length: BYTES }, (_, byte) => Uint8Array.of(byte));
  for (const [left, right] of pairs) bytes.push(Uint8Array.from([...bytes[left]!, ...bytes[right]!]));
  const rank = new Map(pairs.map(([left, right], place) => [pairKey(left, right), place]));
  const known = new Map<string, readonly number[]>();
  const idsOf = (chunk: string) => {
    let ids = known.get(chunk);
    if (!ids) {
      ids = mergeAll([...new TextEncoder().encode(chunk)], rank).ids;
      if (known.size < 100_000) known.set(chunk, ids);
    }
    return ids;
  };
  const encode = (text: string) => {
    const ids: number[] = [];
    for (const chunk of chunkWords(text)) for (const id of idsOf(chunk)) ids.push(id);
    return ids;
  };
  const name = (id: number) => nameOf(bytes[id]!);
  return {
    size: bytes.length,
    merges: pairs.map(([left, right], place) => ({
      left: name(left),
      right: name(right),
      token: name(BYTES + place),
      count: counts[place]!,
    })),
    encode,
    decode(ids) {
      const parts = Array.from(ids, id => {
        assertInteger('pairs.decode(ids)', id, { min: 0, max: bytes.length - 1 });
        return bytes[id]!;
      });
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(parts));
    },
    pieces: text => encode(text).map(name),
    steps: text => stepsOf(text, rank).map(ids => ids.map(name)),
    toJSON: () => ({ kind: 'byte-pairs', pairs: [...pairs], counts: [...counts] }),
  };
}

/** Every state of the text as merges are applied in the order in which they were learned. */
function stepsOf(text: string, rank: ReadonlyMap<number, number>): number[][] {
  const chunks = chunkWords(text).map(chunk => mergeAll([...new TextEncoder().encode(chunk)], rank).steps);
  const used = [...new Set(chunks.flatMap(steps => steps.map(step => step.rank)))].sort((a, b) => a - b);
  return used.map(last => chunks.flatMap(steps => steps.findLast(step => step.rank <= last)!.ids));
}

function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Array.from(bytes, byte => (byte < 0x80 ? String.fromCharCode(byte) : `<${byte.toString(16)}>`)).join('');
  }
}
