/** The offset of the next token: behind spaces, line breaks and comments. */
export function skipTrivia(source: string, offset: number): number {
  let at = offset;
  for (;;) {
    while (/\s/.test(source[at] ?? '')) at++;
    if (source.startsWith('//', at)) {
      while (at < source.length && !/[\r\n\u2028\u2029]/.test(source[at] as string)) at++;
    } else if (source.startsWith('/*', at)) {
      const end = source.indexOf('*/', at + 2);
      at = end < 0 ? source.length : end + 2;
    } else return at;
  }
}

const WORD = /(?:[\p{ID_Continue}$\u200c\u200d]|\\u[\da-f]{4}|\\u\{[\da-f]+\})+/iuy;

/** The end of the word that starts at the offset; the offset itself when none does. */
export function endOfWord(source: string, offset: number): number {
  WORD.lastIndex = offset;
  return WORD.test(source) ? WORD.lastIndex : offset;
}

export function hasLineBreak(source: string, start: number, end: number): boolean {
  return /[\r\n\u2028\u2029]/.test(source.slice(start, end));
}
