/** Reads what was thrown, which may be anything: an error with getters that throw, a revoked proxy, no error at all. Never throws. */
import { types } from 'node:util';
import { plainText, shortText } from '../../display/text.ts';

const MAX_MESSAGE = 8000;
/** Told by the rest of the report. */
const KNOWN = new Set(['name', 'message', 'stack', 'cause', 'errors', 'error', 'suppressed', 'hint']);
const MAX_DETAILS = 8;

export function isError(value: unknown): value is Error {
  try {
    return types.isNativeError(value) || value instanceof Error;
  } catch {
    return false;
  }
}

/** A property of a value, or undefined where reading it throws. */
export function property(value: unknown, name: string): unknown {
  try {
    return (value as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

export function nameAndValue(thrown: unknown): { ename: string; evalue: string } {
  if (!isError(thrown)) return { ename: 'Thrown', evalue: bounded(plainText(thrown)) };
  const given = property(thrown, 'name');
  const className = property(property(thrown, 'constructor'), 'name');
  const ename = isText(given) && given !== 'Error' ? given : className;
  const message = property(thrown, 'message');
  return {
    ename: isText(ename) ? ename : 'Error',
    evalue: bounded(typeof message === 'string' ? message : plainText(message)),
  };
}

/** What the error says beside its message, such as the `status` of an answer: single values that the message does not name. */
export function details(error: Error): string {
  if (property(error, 'code') === 'ERR_ASSERTION') return ''; // all of it is in its message
  const message = property(error, 'message');
  const found: string[] = [];
  try {
    for (const [name, { value, enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(error))) {
      if (!enumerable || KNOWN.has(name) || name === 'errno' || !isSingle(value)) continue;
      if (typeof message === 'string' && message.includes(String(value))) continue;
      found.push(`${name}: ${shortText(value, 100)}`);
    }
  } catch {
    // A proxy that does not want to be read.
  }
  return found.slice(0, MAX_DETAILS).join(', ');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isSingle(value: unknown): boolean {
  return value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

function bounded(text: string): string {
  if (text.length <= MAX_MESSAGE + 100) return text;
  return `${text.slice(0, MAX_MESSAGE)}… ${(text.length - MAX_MESSAGE).toLocaleString('en')} more characters`;
}
