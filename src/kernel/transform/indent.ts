import { type CodeLine, shapeOf } from './shape.ts';

const SPACES = '  ';
/** Ends of lines behind which an expression, a type or a declaration goes on. */
const GOES_ON =
  /(?:=>|[=+\-*/%&|^?:.<>!~]|\b(?:as|await|do|else|extends|from|implements|in|instanceof|keyof|new|of|return|satisfies|throw|typeof))$/;
/** The head of a loop or a condition, whose body follows. */
const HEAD = /^\s*(?:\}\s*)?(?:else\s+)?(?:if|for|while)\b.*\)$/;
/** Declarations that a comma does not end. */
const LISTS = /^\s*(?:export\s+)?(?:const|let|var|type)\b.*,$/;

/** What to put before the next line of a cell that is not complete. */
export function nextIndent(source: string): string {
  const { lines, brackets, open } = shapeOf(source);
  const written = lines.filter(({ text }) => text.trim() !== '');
  const last = written.at(-1);
  if (!last || open === 'template') return '';
  if (open === 'comment') return commentIndent(last.text);
  const unit = indentUnit(written);
  const own = indentOf(last);
  const opener = brackets.at(-1);
  const inside = opener === undefined ? '' : indentOf(lines[opener]!) + unit;
  if (opener !== undefined && lines[opener] === last) return inside;
  if (goesOn(last) && !continues(last, written.at(-2))) return own + unit;
  return own.length < inside.length ? inside : own;
}

function goesOn({ code }: CodeLine): boolean {
  return (GOES_ON.test(code) && !/(?:\+\+|--)$/.test(code)) || HEAD.test(code) || LISTS.test(code);
}

/** Whether a line goes on with the one before, and is indented for that already. */
function continues({ code }: CodeLine, before: CodeLine | undefined): boolean {
  if (/^\s*[?:.&|+*/%<>=-]/.test(code)) return true;
  return before !== undefined && goesOn(before) && !before.code.endsWith(':');
}

/** A step as the cell itself makes it. */
function indentUnit(lines: CodeLine[]): string {
  for (const [at, line] of lines.entries()) {
    const indent = indentOf(line);
    const step = indent.slice(at > 0 ? indentOf(lines[at - 1]!).length : indent.length);
    if (step && line.code) return step.includes('\t') ? '\t' : step;
    if (indent.includes('\t')) return '\t';
  }
  return SPACES;
}

function indentOf({ text }: { text: string }): string {
  return /^[ \t]*/.exec(text)![0];
}

/** A doc comment goes on with ` * `. */
function commentIndent(text: string): string {
  const indent = indentOf({ text });
  if (/^\s*\/\*\*/.test(text)) return `${indent} * `;
  return /^\s*\*/.test(text) ? `${indent}* ` : indent;
}
