export interface CodeLine {
  text: string;
  /** Without comments and the space at its end. */
  code: string;
}

/** What brackets, texts and comments a piece of code leaves open, whether or not it can be parsed. */
export interface CodeShape {
  lines: CodeLine[];
  /** The lines of the brackets that are open at the end, the innermost last. */
  brackets: number[];
  /** What the code ends within. */
  open?: 'template' | 'comment' | 'string';
}

const CLOSES: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
/** Behind these a slash begins a regular expression. */
const BEFORE_REGEX =
  /(?:^|[=(,:;[!&|?{}+\-*%~^<>]|\b(?:return|typeof|case|in|of|do|else|void|throw|await|yield|new|delete|instanceof))\s*$/;

export function shapeOf(source: string): CodeShape {
  const texts = source.split(/\r\n|\r|\n/);
  const codes = texts.map(() => '');
  const stack: { bracket: string; line: number }[] = [];
  let open: CodeShape['open'];
  for (const [line, text] of texts.entries()) {
    if (open === 'string') open = undefined;
    for (let at = 0; at < text.length; at++) {
      const rest = text.slice(at);
      const character = text[at]!;
      if (open === 'comment') {
        const end = rest.indexOf('*/');
        at = end < 0 ? text.length : at + end + 1;
        if (end >= 0) open = undefined;
      } else if (open === 'template') {
        if (character === '\\') at++;
        else if (character === '`') open = undefined;
        else if (rest.startsWith('${')) {
          stack.push({ bracket: '${', line });
          open = undefined;
          at++;
        }
        codes[line] += character;
      } else if (rest.startsWith('//')) break;
      else if (rest.startsWith('/*')) {
        open = 'comment';
        at++;
      } else if (character === '`') {
        open = 'template';
        codes[line] += character;
      } else if (character === '"' || character === "'") {
        const whole = /^(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/.exec(rest)?.[0];
        if (!whole) open = 'string';
        codes[line] += whole ?? rest;
        at += (whole ?? rest).length - 1;
      } else if (character === '/' && BEFORE_REGEX.test(codes[line]!)) {
        const whole = /^\/(?:[^\\/[]|\\.|\[(?:[^\]\\]|\\.)*\])+\/\w*/.exec(rest)?.[0] ?? '/';
        codes[line] += whole;
        at += whole.length - 1;
      } else {
        codes[line] += character;
        if ('([{'.includes(character)) stack.push({ bracket: character, line });
        else if (character === '}' && stack.at(-1)?.bracket === '${') {
          stack.pop();
          open = 'template';
        } else if (CLOSES[character] && stack.at(-1)?.bracket === CLOSES[character]) stack.pop();
      }
    }
  }
  const lines = texts.map((text, line) => ({ text, code: codes[line]!.trimEnd() }));
  return { lines, brackets: stack.map(({ line }) => line), open };
}
