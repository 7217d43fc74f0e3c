import { Choices } from './choices.ts';
import { anyValue } from './expressions.ts';
import { statement } from './statements.ts';
import { Writer } from './writer.ts';

export interface Program {
  source: string;
}

/** Writes a program from numbers: the same numbers, the same program; fewer or smaller ones, a simpler one. */
export function writeProgram(numbers: ArrayLike<number>, suffix: string): string {
  const w = new Writer(new Choices(numbers), suffix);
  let text = w.choices.pick(['', '', '', '// first', '#!/usr/bin/env node', "'use strict'", '/* a */']);
  if (text) text += w.eol;
  while (!w.choices.isDry) {
    const [code, end] = statement(w, 0);
    text += code + end;
  }
  return text + w.choices.pick(['', anyValue(w, 1)]);
}
