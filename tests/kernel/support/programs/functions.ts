import { expression } from './expressions.ts';
import { statements } from './statements.ts';
import { annotation } from './types.ts';
import type { Writer } from './writer.ts';

interface Flags {
  isAsync?: boolean;
  isGenerator?: boolean;
}

/** Parameters, the first a number; they are known from here on. */
export function parameters(w: Writer): string {
  const first = w.fresh('p');
  const text = w.choices.pick([
    () => `${first}${annotation(w)}`,
    () => `${first}${w.choices.oneIn(2) ? `${w.gap()}?${annotation(w)}` : annotation(w)}`,
    () => `${first}${annotation(w)} = ${w.mark()}`,
    () => `${first}${annotation(w)},${w.wide()} ...rest${annotation(w)}`,
    () =>
      `${first}: any, { a = ${w.mark()}, ...others }${annotation(w)} = {} as any, [b]: any = [${w.mark()}]${w.choices.pick(['', ','])}`,
  ])();
  w.declare(first, 'number', true);
  return text;
}

/** What follows the name of a function: parameters and body. */
export function functionRest(w: Writer, flags: Flags, depth = 0): string {
  return w.withinFunction(flags, () => {
    const thisType = w.choices.oneIn(8) ? `this: any, ` : '';
    const head = `(${thisType}${parameters(w)})${annotation(w)}`;
    const isSimple = !/[=[{]|\.\.\./.test(head);
    return `${head}${w.wide()} ${body(w, depth, isSimple)}`;
  });
}

export function body(w: Writer, depth: number, isSimple: boolean): string {
  const directive = isSimple && w.choices.oneIn(10) ? `'use strict';` : '';
  const inner = depth > 2 ? '' : statements(w, w.choices.below(3), depth + 1);
  const result = w.scope.isGenerator
    ? `yield ${expression(w, 'number', depth + 2)}`
    : `return ${expression(w, 'number', depth + 1)}`;
  return `{${directive}${w.wide()}${inner}${result}${w.choices.pick(['', ';', w.eol])}}`;
}
