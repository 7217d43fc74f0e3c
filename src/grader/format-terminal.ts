import { stripVTControlCharacters } from 'node:util';
import colours from 'picocolors';
import { type Paint, resultText } from './format-text.ts';
import type { CheckReport } from './result.ts';

/** A report for a terminal. Text that came from the learner's code cannot move the cursor or speak to a CI. */
export function formatForTerminal(report: CheckReport, { colour = colours.isColorSupported } = {}): string {
  const pen = colours.createColors(colour);
  const paint: Paint = {
    good: pen.green,
    bad: pen.red,
    faint: pen.dim,
    strong: pen.bold,
    hintCall: id => `npx learnable hint ${id}`,
  };
  return resultText(harmless(report), paint);
}

/** Control characters out, and no line that GitHub Actions would take for a command. */
function harmless<T>(value: T): T {
  if (typeof value === 'string') {
    const plain = stripVTControlCharacters(value)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
      .replace(/^(\s*)::/gm, '$1: :');
    return plain as T;
  }
  if (Array.isArray(value)) return value.map(harmless) as T;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, harmless(item)])) as T;
  }
  return value;
}
