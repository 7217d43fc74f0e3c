import { inspect, types } from 'node:util';
import { printsOwnWords } from '../../display/printed-classes.ts';

/** Not the learner's: a cell that declares one of these names keeps its value elsewhere. */
const OWN_OF_PROCESS = new Set(Object.getOwnPropertyNames(globalThis));
const MANY_KEYS = 50;
const LONGEST = 500;

/**
 * What a name, or a property of what it names, holds now, in a few lines. Undefined where that could not be told without
 * running somebody's code: getters, proxies, values that print themselves.
 */
export function peek([name, ...properties]: string[]): string | undefined {
  if (name === undefined || OWN_OF_PROCESS.has(name)) return undefined;
  let value: unknown = globalThis;
  for (const key of [name, ...properties]) {
    if (value === null || typeof value !== 'object' || types.isProxy(value)) return undefined;
    const found = Object.getOwnPropertyDescriptor(value, key);
    if (!found || !('value' in found)) return undefined;
    value = found.value;
  }
  return inWords(value);
}

function inWords(value: unknown): string | undefined {
  if (types.isProxy(value) || typeof value === 'function') return undefined;
  const isObject = value !== null && typeof value === 'object';
  const customInspect = isObject && printsOwnWords(value);
  const options = { maxArrayLength: 10, maxStringLength: 200, breakLength: 80, customInspect };
  if (customInspect) return inspect(value, options).slice(0, LONGEST);
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  if (isObject && !isList && Object.keys(value).length > MANY_KEYS) return undefined;
  return [1, 0].map(depth => inspect(value, { ...options, depth })).find(text => text.length <= LONGEST);
}
