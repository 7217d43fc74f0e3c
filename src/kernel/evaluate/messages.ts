import { types } from 'node:util';

/** What V8 calls things by the names that the transform gave them, and what it calls them in a module. */
const WORDS: [RegExp, string][] = [
  // A constant is a property here.
  [/^Cannot assign to read only property '(.+)' of object '#<Object>'$/, "Assignment to constant variable '$1'."],
  [/__await\.done\(\.\.\.\) is not a function or its return value is not/, '(intermediate value) is not'],
  [/__await\.done\(\.\.\.\)/, '(intermediate value)'],
  [/__cell\.import\(\.\.\.\)/, 'import(...)'],
  [/__cell\.meta\b/, 'import.meta'],
];

/** V8 says of code that was transformed what it says of any; a reader expects what a module says. */
export function inModuleWords<T>(error: T): T {
  if (!types.isNativeError(error) || types.isProxy(error)) return error;
  const message: unknown = Object.getOwnPropertyDescriptor(error, 'message')?.value;
  if (typeof message !== 'string') return error;
  const found = WORDS.find(([pattern]) => pattern.test(message));
  if (!found) return error;
  error.message = message.replace(...found);
  if (typeof error.stack === 'string') error.stack = error.stack.replace(message, () => error.message);
  return error;
}
