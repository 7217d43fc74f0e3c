/** How any value is shown: one way for the value of a cell and for `show`. */
import { inspect, types } from 'node:util';
import { DISPLAY, displayChannel, isDisplayable, type MimeBundle } from './channel.ts';
import { foreignBundle } from './foreign.ts';
import { isLayer, isModel, layerText, modelText } from './models.ts';
import { frameBundle, isFrame, listBundle } from './rows.ts';
import { isTensor, tensorText } from './tensors.ts';
import { plainText } from './text.ts';

/**
 * A value as a page shows it: in its own way, as a table, or as text. A promise only if the value's own way is one.
 * Throws what the value's own way throws.
 */
export function bundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function'))
    return { 'text/plain': plainText(value) };
  if (hasOwnWay(value)) {
    const bundle = value[DISPLAY]();
    return types.isPromise(bundle) ? bundle.then(checked) : checked(bundle);
  }
  if (types.isPromise(value)) return { 'text/plain': promiseText(value) };
  return knownBundle(value) ?? { 'text/plain': plainText(value) };
}

/** A proxy or a getter may throw when it is asked what it is; then it is nothing special. */
function hasOwnWay(value: object): value is { [DISPLAY](): MimeBundle | Promise<MimeBundle> } {
  try {
    return isDisplayable(value);
  } catch {
    return false;
  }
}

function knownBundle(value: object): MimeBundle | Promise<MimeBundle> | undefined {
  try {
    if (isFrame(value)) return frameBundle(value);
    if (isTensor(value)) return { 'text/plain': tensorText(value) };
    if (isModel(value)) return { 'text/plain': modelText(value) };
    if (isLayer(value)) return { 'text/plain': layerText(value) };
    return listBundle(value) ?? foreignBundle(value) ?? displayChannel()?.draw?.(value);
  } catch {
    return undefined;
  }
}

function checked(bundle: unknown): MimeBundle {
  if (bundle !== null && typeof bundle === 'object' && Object.keys(bundle).length > 0) return bundle as MimeBundle;
  throw new TypeError(
    `expected an object of MIME types from its display method, received ${inspect(bundle, { depth: 0 })}`,
  );
}

function promiseText(value: Promise<unknown>): string {
  const text = plainText(value);
  if (text.includes('<pending>')) return `${text}: write await before it to wait for its value`;
  // Why it failed is reported with its places as an error; here the stack only hides the words.
  const reason = /^Promise \{\s+<rejected> (.*?)\n\s+at /s.exec(text)?.[1];
  return reason === undefined ? text : `Promise { <rejected> ${reason} }`;
}
