import { endOfWord } from './trivia.ts';

/** Brackets within each other; of operators and the like that may follow each other, twice as many. */
export const MOST_BRACKETS = 500;
const MOST = 2 * MOST_BRACKETS;

/** After these words comes the start of an expression: a slash begins a pattern. */
const BEFORE_EXPRESSION = /^(?:return|typeof|case|in|of|delete|void|throw|new|do|else|await|yield|instanceof|extends)$/;
/** These go on with what stands before them, also after a line break. */
const GOES_ON = /^(?:else|catch|finally|while|in|of|instanceof|as|satisfies|extends|is|from)$/;
/** Each takes a statement or an expression into itself. */
const TAKES = /^(?:if|for|while|do|try|switch|typeof|void|delete|await|new|keyof|readonly|unique|infer|async|extends)$/;
const STATEMENT_HEAD = /^(?:if|for|while|do|try|switch)$/;

interface Level {
  /** What stands before the bracket that opened it counts as well. */
  outside: number;
  /** What may be within each other without a bracket, in the present statement. */
  chain: number;
  /** What it was before the semicolon, in case an `else` follows. */
  chainBefore: number;
  angles: number;
  isTemplate: boolean;
}

/**
 * Where code is nested more deeply than the parser's stack may allow, which would end the process; undefined where it is
 * not. It counts generously, in one pass over the tokens. The limit leaves room on a stack of 1 MB.
 */
export function findTooDeep(source: string): number | undefined {
  if (source.length <= MOST_BRACKETS) return undefined;
  const levels: Level[] = [];
  let level: Level = newLevel(0, false);
  let before = '';
  let evenBefore = '';
  let lineBroke = false;
  let at = 0;

  const add = (angles: number, chain: number): boolean => {
    level.angles = Math.max(0, level.angles + angles);
    level.chain = Math.max(0, level.chain + chain);
    return level.outside + level.chain + level.angles > MOST;
  };
  const open = (isTemplate: boolean): boolean => {
    levels.push(level);
    level = newLevel(level.outside + level.chain + level.angles + 2, isTemplate);
    return level.outside > MOST;
  };
  const startStatement = () => {
    level.chainBefore = level.chain;
    level.chain = 0;
    level.angles = 0;
  };

  while (at < source.length) {
    const char = source[at] as string;
    const start = at;
    if (/\s/.test(char)) {
      lineBroke ||= /[\r\n\u2028\u2029]/.test(char);
      at++;
      continue;
    }
    if (char === '/' && source[at + 1] === '/') {
      at = endOfLine(source, at);
      continue;
    }
    if (char === '/' && source[at + 1] === '*') {
      const end = source.indexOf('*/', at + 2);
      at = end < 0 ? source.length : end + 2;
      continue;
    }
    const word = endOfWord(source, at);
    let token = char;
    let isDeep = false;
    if (word > at) {
      token = source.slice(at, word);
      at = word;
      const follows = before === '}' || (lineBroke && /[\p{ID_Continue}$)\]}'"`]$/u.test(before));
      const isInside = before === ')' && STATEMENT_HEAD.test(token);
      if (follows && !isInside && !GOES_ON.test(token)) startStatement();
      if (token === 'else' && before === ';') level.chain = level.chainBefore;
      if (TAKES.test(token)) isDeep = add(0, 1);
    } else if (char === '"' || char === "'") {
      at = endOfString(source, at, char);
    } else if (char === '`') {
      ({ at, isDeep } = template(at + 1));
    } else if (char === '/' && source[at + 1] !== '>' && startsExpression(before)) {
      at = endOfPattern(source, at);
    } else {
      at++;
      const next = source[at];
      if (/[([{]/.test(char)) isDeep = open(false);
      else if (char === '}' && level.isTemplate) {
        level = levels.pop() as Level;
        ({ at, isDeep } = template(at));
      } else if (/[)\]}]/.test(char)) level = levels.pop() ?? level;
      else if (char === ';') startStatement();
      else if (char === ',') level.chain = 0;
      // A type assertion or an element, which only another tag ends; or the arguments of a type.
      else if (char === '<' && next === '/') add(0, -1);
      else if (char === '<') isDeep = startsExpression(before) ? add(0, 1) : add(1, 0);
      else if (char === '>') add(before === '=' ? 0 : -1, before === '/' ? -1 : 0);
      else if (/[!~+-]/.test(char)) isDeep = startsExpression(before) && next !== '=' && add(0, 1);
      else if (char === '=') isDeep = next !== '=' && !/[=!<>]/.test(before) && add(0, 1);
      else if (char === '?') isDeep = next !== '?' && next !== '.' && before !== '?' && add(0, 1);
      else if (char === ':') isDeep = evenBefore === ':' && add(0, 1); // a label behind a label
    }
    if (isDeep) return start;
    evenBefore = before;
    before = token;
    lineBroke = false;
  }
  return undefined;

  function template(from: number): { at: number; isDeep: boolean } {
    const found = /(?:[^\\`$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y;
    found.lastIndex = from;
    const text = found.exec(source)?.[0] ?? '';
    const end = text === '' ? from + 1 : from + text.length;
    return { at: end, isDeep: text.endsWith('${') && open(true) };
  }
}

function newLevel(outside: number, isTemplate: boolean): Level {
  return { outside, chain: 0, chainBefore: 0, angles: 0, isTemplate };
}

function startsExpression(before: string): boolean {
  return before === '' || BEFORE_EXPRESSION.test(before) || /^[(,=:[!&|?{};+\-*%~^<>]$/.test(before);
}

function endOfLine(source: string, from: number): number {
  const found = /[\r\n\u2028\u2029]/g;
  found.lastIndex = from;
  return found.exec(source)?.index ?? source.length;
}

function endOfString(source: string, from: number, quote: string): number {
  for (let at = from + 1; at < source.length; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (char === quote || char === '\n') return at + 1;
  }
  return source.length;
}

function endOfPattern(source: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < source.length; at++) {
    const char = source[at];
    if (char === '\n') return from + 1; // it was a division
    if (char === '\\') at++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at + 1;
  }
  return from + 1;
}
