import type { Candidate } from './candidates.ts';

/** How well a name fits: what begins with the same letters, then with the same but for their case, then what has them inside. */
function fit(name: string, typed: string): number {
  if (name.startsWith(typed)) return 0;
  const lower = name.toLowerCase();
  const wanted = typed.toLowerCase();
  if (lower.startsWith(wanted)) return 1;
  return lower.includes(wanted) ? 2 : 3;
}

const collator = new Intl.Collator('en', { numeric: true, caseFirst: 'lower' });

/**
 * The candidates that fit what was typed, each text once, the likeliest first. What has it only inside counts where
 * nothing begins with it.
 */
export function ordered(candidates: Candidate[], typed: string): Candidate[] {
  const fitting = candidates.map(candidate => ({ candidate, fit: fit(candidate.name, typed) }));
  const limit = fitting.some(({ fit }) => fit < 2) ? 1 : 2;
  const seen = new Set<string>();
  return fitting
    .filter(({ fit }) => fit <= limit)
    .sort(
      (a, b) =>
        isDeprecated(a.candidate) - isDeprecated(b.candidate) || a.fit - b.fit || compare(a.candidate, b.candidate),
    )
    .map(({ candidate }) => candidate)
    .filter(({ text }) => !seen.has(text) && seen.add(text));
}

function compare(a: Candidate, b: Candidate): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  return isPrivate(a) - isPrivate(b) || collator.compare(a.name, b.name);
}

/** TypeScript puts a letter before the number that it ranks by. */
function isDeprecated({ rank }: Candidate): number {
  return Number(rank.startsWith('z'));
}

function isPrivate({ name }: Candidate): number {
  return Number(name.startsWith('_'));
}
