import { type InspectOptions, inspect } from 'node:util';
import type { Displayable, MimeBundle } from './channel.ts';
import { DISPLAY } from './channel.ts';
import { stockTslabChannel } from './stock-tslab.ts';

/**
 * A value that says what it is in words, when it is printed in a terminal or logged: gives it `util.inspect`'s method, with the
 * text of its display. tslab's own kernel prints the value of a cell and nothing more, so there its picture is shown with it.
 */
export function printsAsText<T extends Displayable>(value: T): T {
  return Object.defineProperty(value, inspect.custom, { value: printed });
}

function printed(this: Displayable, depth: number, options: InspectOptions): string {
  const bundle = this[DISPLAY]() as MimeBundle;
  const isWhole = depth === options.depth; // not a part of something that is printed
  if (isWhole) stockTslabChannel()?.display(bundle);
  return String(bundle['text/plain']);
}
