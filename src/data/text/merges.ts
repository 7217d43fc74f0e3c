const FIRST_MERGE = 256;

/** Words with the space before them, numbers, runs of other marks, and what space is left: all of the text, in order. */
export function chunkWords(text: string): string[] {
  return text.match(/ ?[\p{L}\p{M}]+| ?\p{N}+| ?[^\s\p{L}\p{M}\p{N}]+|\s+/gu) ?? [];
}

/** Two tokens as one number; there are at most 2¹⁶ of them. */
export function pairKey(left: number, right: number): number {
  return left * 65_536 + right;
}

/** Merges the pairs of one chunk from the first learned to the last; `steps` are the states on the way, bytes first. */
export function mergeAll(
  bytes: readonly number[],
  rank: ReadonlyMap<number, number>,
): { ids: number[]; steps: { rank: number; ids: number[] }[] } {
  let ids = [...bytes];
  const steps = [{ rank: -1, ids }];
  for (;;) {
    let first = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 1 < ids.length; i++) first = Math.min(first, rank.get(pairKey(ids[i]!, ids[i + 1]!)) ?? first);
    if (first === Number.POSITIVE_INFINITY) return { ids, steps };
    ids = mergePair(ids, first, rank);
    steps.push({ rank: first, ids });
  }
}

/** Replaces a pair wherever it stands, from left to right. */
function mergePair(ids: readonly number[], wanted: number, rank: ReadonlyMap<number, number>): number[] {
  const merged: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    const isPair = i + 1 < ids.length && rank.get(pairKey(ids[i]!, ids[i + 1]!)) === wanted;
    merged.push(isPair ? FIRST_MERGE + wanted : ids[i]!);
    if (isPair) i++;
  }
  return merged;
}

interface Word {
  ids: number[];
  count: number;
}

/** The pairs to merge, in order. Of equally frequent pairs the one of the lowest numbers comes first. */
export function learnMerges(texts: readonly string[], most: number) {
  const words = wordsOf(texts);
  const counts = new Map<number, number>();
  /** The words in which a pair stands or stood. */
  const places = new Map<number, Set<Word>>();
  const add = (key: number, word: Word, amount: number) => {
    counts.set(key, (counts.get(key) ?? 0) + amount);
    const found = places.get(key);
    if (found) found.add(word);
    else places.set(key, new Set([word]));
  };
  for (const word of words)
    for (let i = 0; i + 1 < word.ids.length; i++) add(pairKey(word.ids[i]!, word.ids[i + 1]!), word, word.count);

  const pairs: [number, number][] = [];
  const found: number[] = [];
  while (pairs.length < most) {
    const [key, count] = mostFrequent(counts);
    if (count < 2) break;
    const rank = new Map([[key, pairs.length]]);
    pairs.push([Math.floor(key / 65_536), key % 65_536]);
    found.push(count);
    for (const word of places.get(key)!) {
      const { ids } = word;
      for (let i = 0; i + 1 < ids.length; i++) {
        const old = pairKey(ids[i]!, ids[i + 1]!);
        counts.set(old, counts.get(old)! - word.count);
      }
      word.ids = mergePair(ids, pairs.length - 1, rank);
      for (let i = 0; i + 1 < word.ids.length; i++) add(pairKey(word.ids[i]!, word.ids[i + 1]!), word, word.count);
    }
    counts.delete(key);
    places.delete(key);
  }
  return { pairs, counts: found };
}

function wordsOf(texts: readonly string[]): Word[] {
  const counts = new Map<string, number>();
  for (const text of texts) for (const chunk of chunkWords(text)) counts.set(chunk, (counts.get(chunk) ?? 0) + 1);
  const encoder = new TextEncoder();
  return [...counts].map(([chunk, count]) => ({ ids: [...encoder.encode(chunk)], count }));
}

function mostFrequent(counts: ReadonlyMap<number, number>): [key: number, count: number] {
  let best: [number, number] = [-1, 0];
  for (const entry of counts)
    if (entry[1] > best[1] || (entry[1] === best[1] && entry[0] < best[0])) best = entry as [number, number];
  return best;
}
