import { assertKeys, assertOneOf, describe, mismatch } from '../../core/index.ts';

export type TokenKind = 'words' | 'words-and-punctuation' | 'characters';

export interface TokeniseOptions {
  /** What a token is: runs of letters and digits, these and single marks, or each character. Default 'words'. */
  kind?: TokenKind;
  /** Default true; of characters false. */
  lowercase?: boolean;
  /** Your own: what matches is a token. */
  pattern?: RegExp;
}

const WORD = String.raw`[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*`;
const PATTERNS: Record<TokenKind, RegExp> = {
  // "don’t" is one word; a hyphen parts two.
  words: new RegExp(WORD, 'gu'),
  'words-and-punctuation': new RegExp(String.raw`${WORD}|[^\s\p{L}\p{M}\p{N}]`, 'gu'),
  characters: /[\s\S]/gu,
};

/**
 * Text to tokens: words in lower case, unless told otherwise. Both apostrophes become the straight one.
 *
 * @example data.text.tokenise("Don't panic!")  // ["don't", 'panic']
 * @example data.text.tokenise('Whale!', { kind: 'characters' })  // ['W', 'h', 'a', 'l', 'e', '!']
 */
export function tokenise(text: string, options: TokeniseOptions = {}): string[] {
  const where = 'tokenise(text)';
  if (typeof text !== 'string') throw mismatch({ where, expected: 'a text', received: describe(text) });
  assertKeys('tokenise(text, options)', options, ['kind', 'lowercase', 'pattern']);
  const { kind = 'words', pattern } = options;
  assertOneOf('tokenise({ kind })', kind, Object.keys(PATTERNS) as TokenKind[]);
  const { lowercase = kind !== 'characters' || pattern !== undefined } = options;
  const cased = lowercase ? text.toLowerCase() : text;
  if (pattern) return cased.match(new RegExp(pattern, flagsWith(pattern, 'g'))) ?? [];
  const plain = kind === 'characters' ? cased : cased.replaceAll('’', "'");
  return plain.match(PATTERNS[kind]) ?? [];
}

function flagsWith(pattern: RegExp, flag: string): string {
  return pattern.flags.includes(flag) ? pattern.flags : pattern.flags + flag;
}

/**
 * All runs of n neighbouring tokens, joined by a space; `[1, 2]` for single tokens and pairs.
 *
 * @example data.text.ngrams(['not', 'very', 'good'], 2)  // ['not very', 'very good']
 */
export function ngrams(tokens: readonly string[], n: number | readonly [min: number, max: number]): string[] {
  const [min, max] = typeof n === 'number' ? [n, n] : n;
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 1 || max < min)
    throw mismatch({
      where: 'ngrams(tokens, n)',
      expected: 'a whole number from 1, or two, the smaller first',
      received: describe(n),
    });
  if (min === 1 && max === 1) return [...tokens];
  const runs: string[] = [];
  for (let size = min; size <= max; size++)
    for (let start = 0; start + size <= tokens.length; start++) runs.push(tokens.slice(start, start + size).join(' '));
  return runs;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/**
 * What is left of a text when HTML is taken out: tags become spaces, the usual entities their characters.
 *
 * @example data.text.stripHtml('Great!<br />Salt &amp; pepper')  // 'Great! Salt & pepper'
 */
export function stripHtml(text: string): string {
  return text
    .replace(/<!--[\s\S]*?-->|<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}
