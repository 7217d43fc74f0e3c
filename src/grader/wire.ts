/**
 * Values as they travel between the learner's functions and the checks: plain data, written as tagged JSON.
 * The in-process subject uses it too, so that a check sees the very same thing in a notebook and in a child process.
 */

export type Wire = null | boolean | number | string | Wire[] | { $: string; v?: unknown };

// Marked by symbols, not told by class: a check's file and the runner may have loaded this module each for itself.
const NOT_DATA = Symbol.for('learnable.not-data');
const TENSOR = Symbol.for('learnable.tensor-value');

/** Stands for something that is not data: a function, a cycle, a hole in an array. */
export interface NotData {
  [NOT_DATA]: true;
  what: string;
}

/** A tensor, read back. */
export interface TensorValue {
  [TENSOR]: true;
  shape: number[];
  dtype: string;
  values: number[];
}

export function isNotData(value: unknown): value is NotData {
  return typeof value === 'object' && value !== null && NOT_DATA in value;
}

export function isTensorValue(value: unknown): value is TensorValue {
  return typeof value === 'object' && value !== null && TENSOR in value;
}

const MAX_DEPTH = 40;
const MAX_PARTS = 400_000;
const MAX_TEXT = 1_000_000;

interface TensorLike {
  shape: number[];
  dtype: string;
  dataSync(): ArrayLike<number>;
}

/** Writes any value as JSON data. Never throws: what cannot be written is named. */
export function toWire(root: unknown): Wire {
  const open = new Set<object>();
  let parts = 0;
  return write(root, 0);

  function write(value: unknown, depth: number): Wire {
    if (++parts > MAX_PARTS) return notData('a value with too many parts');
    switch (typeof value) {
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0) ? value : tagged('number', writeNumber(value));
      case 'string':
        return value.length > MAX_TEXT ? notData(`a text of ${value.length} characters`) : value;
      case 'boolean':
        return value;
      case 'undefined':
        return tagged('undefined');
      case 'bigint':
        return tagged('bigint', String(value).slice(0, 4000));
      case 'symbol':
        return notData('a symbol');
      case 'function':
        return notData('a function');
    }
    if (value === null) return null;
    if (depth > MAX_DEPTH) return notData('a value nested too deeply');
    if (open.has(value as object)) return notData('a value that contains itself');
    open.add(value as object);
    try {
      return writeObject(value as object, depth + 1);
    } catch (error) {
      return notData(`a value that cannot be read (${error instanceof Error ? error.message : 'unknown reason'})`);
    } finally {
      open.delete(value as object);
    }
  }

  function writeObject(value: object, depth: number): Wire {
    if (Array.isArray(value)) {
      if (parts + value.length > MAX_PARTS) return notData(`an array of ${value.length}`);
      return Array.from(value, (item, i) => (i in value ? write(item, depth) : notData('a hole')));
    }
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return tagged('typed', {
        type: value.constructor.name,
        values: Array.from(value as unknown as Iterable<unknown>, item => write(item, depth)),
      });
    }
    if (isTensor(value)) {
      const values = Array.from(value.dataSync(), item => write(item, depth));
      return tagged('tensor', { shape: [...value.shape], dtype: String(value.dtype), values });
    }
    if (value instanceof Map) {
      return tagged(
        'map',
        [...value].map(([key, item]) => [write(key, depth), write(item, depth)]),
      );
    }
    if (value instanceof Set)
      return tagged(
        'set',
        [...value].map(item => write(item, depth)),
      );
    if (value instanceof Error) return notData(`an error ("${String(value.message).slice(0, 200)}")`);
    return tagged(
      'object',
      Object.keys(value).map(key => [key, write((value as Record<string, unknown>)[key], depth)]),
    );
  }
}

/** Rebuilds a value from what `toWire` wrote. Throws on anything that `toWire` cannot have written. */
export function fromWire(wire: unknown, depth = 0): unknown {
  if (wire === null || typeof wire === 'string' || typeof wire === 'boolean' || typeof wire === 'number') return wire;
  if (depth > 2 * MAX_DEPTH + 10) throw new TypeError('The answer is nested too deeply.');
  if (Array.isArray(wire)) return wire.map(item => fromWire(item, depth + 1));
  const { $: tag, v } = wire as { $?: unknown; v?: unknown };
  const list = (items: unknown) => array(items).map(item => fromWire(item, depth + 1));
  switch (tag) {
    case 'undefined':
      return undefined;
    case 'number':
      return v === '-0' ? -0 : Number(v);
    case 'bigint':
      return BigInt(String(v));
    case 'typed':
      return list((v as { values?: unknown }).values);
    case 'tensor': {
      const { shape, dtype, values } = v as { shape?: unknown; dtype?: unknown; values?: unknown };
      return {
        [TENSOR]: true,
        shape: array(shape).map(Number),
        dtype: String(dtype),
        values: list(values).map(Number),
      } satisfies TensorValue;
    }
    case 'map':
      return new Map(array(v).map(pair => list(pair) as [unknown, unknown]));
    case 'set':
      return new Set(list(v));
    case 'object':
      // `fromEntries` defines its properties, so a key such as `__proto__` is only a key.
      return Object.fromEntries(array(v).map(pair => [String(array(pair)[0]), fromWire(array(pair)[1], depth + 1)]));
    case 'not-data':
      return { [NOT_DATA]: true, what: String(v).slice(0, 300) } satisfies NotData;
  }
  throw new TypeError('The answer has an unknown form.');
}

function tagged(tag: string, v?: unknown): Wire {
  return v === undefined ? { $: tag } : { $: tag, v };
}

function notData(what: string): Wire {
  return tagged('not-data', what);
}

function writeNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function isTensor(value: object): value is TensorLike {
  const candidate = value as Partial<TensorLike>;
  return (
    Array.isArray(candidate.shape) && typeof candidate.dtype === 'string' && typeof candidate.dataSync === 'function'
  );
}

function array(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new TypeError('The answer has an unknown form.');
  return value;
}
