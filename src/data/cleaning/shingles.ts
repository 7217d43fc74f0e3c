/** The words of a text in lower case, without punctuation, accents and the width of spaces. */
export function plainWords(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** All runs of `length` words, each once; a shorter text is one shingle, one without words has none. */
export function shinglesOf(text: string, length: number): Set<string> {
  const words = plainWords(text);
  if (words.length === 0) return new Set();
  const last = Math.max(0, words.length - length);
  return new Set(Array.from({ length: last + 1 }, (_, start) => words.slice(start, start + length).join(' ')));
}

/**
 * All pairs of sets whose Jaccard similarity reaches the threshold, by prefix filtering (Bayardo, Ma and Srikant, Scaling
 * up all pairs similarity search, 2007): with members sorted from rare to frequent, two sets that similar share a member
 * among the first few, so that only those few are looked up.
 */
export function similarPairs(
  sets: readonly ReadonlySet<string>[],
  threshold: number,
): { first: number; second: number; similarity: number }[] {
  const frequency = new Map<string, number>();
  for (const set of sets) for (const member of set) frequency.set(member, (frequency.get(member) ?? 0) + 1);
  const sorted = sets.map(set =>
    [...set].sort((a, b) => frequency.get(a)! - frequency.get(b)! || (a < b ? -1 : a > b ? 1 : 0)),
  );

  const seen = new Map<string, number[]>();
  const pairs: { first: number; second: number; similarity: number }[] = [];
  sorted.forEach((members, second) => {
    const candidates = new Set<number>();
    const prefix = members.length - Math.ceil(threshold * members.length - 1e-9) + 1;
    for (const member of members.slice(0, prefix)) {
      const earlier = seen.get(member);
      for (const first of earlier ?? []) candidates.add(first);
      if (earlier) earlier.push(second);
      else seen.set(member, [second]);
    }
    for (const first of candidates) {
      const similarity = jaccard(sets[first]!, sets[second]!);
      if (similarity >= threshold - 1e-9) pairs.push({ first, second, similarity });
    }
  });
  return pairs.sort((a, b) => a.first - b.first || a.second - b.second);
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let common = 0;
  for (const member of small) if (large.has(member)) common++;
  return common / (a.size + b.size - common);
}
