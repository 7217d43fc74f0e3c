/** What to do next, beside what went wrong: the kernel shows `hint` under the message. */
export class LearnableError extends Error {
  declare readonly hint?: string;

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    if (options.hint !== undefined) this.hint = options.hint;
  }
}
LearnableError.prototype.name = 'LearnableError';

export interface Mismatch {
  /** The call that the reader wrote: `split()`, `models.mlp({ hidden })`. */
  where: string;
  expected: string;
  received: string;
  /** What to do about it, as a sentence. */
  hint?: string;
  cause?: unknown;
}

/**
 * An error in the form "where: expected A, received B.", with what to do as its hint.
 *
 * @example throw mismatch({ where: 'split({ test })', expected: 'a share between 0 and 1', received: describe(20) });
 */
export function mismatch({ where, expected, received, hint, cause }: Mismatch): LearnableError {
  return new LearnableError(`${where}: expected ${expected}, received ${received}.`, { hint, cause });
}

/** A short name for any value, to quote in a message: `'Adelie'`, `an array of 3`, `a tensor of shape [2, 3]`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return value.length > 40 ? `'${value.slice(0, 37)}…'` : `'${value}'`;
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return describeArray(value);
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} of ${(value as Uint8Array).length ?? '?'}`;
  const { shape } = value as { shape?: unknown };
  const kind = value.constructor?.name ?? 'Object';
  if (Array.isArray(shape)) return `a ${kind.startsWith('Tensor') ? 'tensor' : kind} of shape [${shape.join(', ')}]`;
  if (kind !== 'Object') return `a ${kind}`;
  const keys = Object.keys(value);
  return keys.length === 0
    ? 'an empty object'
    : `an object with ${keys.slice(0, 4).join(', ')}${keys.length > 4 ? ', …' : ''}`;
}

function describeArray(values: readonly unknown[]): string {
  const plain = values.every(value => typeof value === 'number' || typeof value === 'string' || value === null);
  if (values.length <= 6 && plain) return `[${values.map(describe).join(', ')}]`;
  return `an array of ${values.length}`;
}

/**
 * The choices whose names come close to what was typed, best first: for "did you mean".
 * Close: at most a third of the letters differ, or one name begins with the other.
 */
export function nearest(name: string, choices: Iterable<string>, limit = 3): string[] {
  const wanted = name.toLowerCase();
  return [...choices]
    .map(choice => ({ choice, distance: closeness(wanted, choice.toLowerCase()) }))
    .filter(({ choice, distance }) => distance <= Math.max(1, Math.max(choice.length, wanted.length) / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ choice }) => choice);
}

function closeness(a: string, b: string): number {
  if (a.length > 2 && b.length > 2 && (a.startsWith(b) || b.startsWith(a))) return 0.5;
  return editDistance(a, b);
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + change));
    }
    row = next;
  }
  return row[b.length]!;
}
