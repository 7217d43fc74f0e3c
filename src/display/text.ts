/** Any value as text: as Node's own prompt prints it, but always short enough to be read, and quickly there. */
import { inspect, types } from 'node:util';

const MAX_CHARACTERS = 20_000;
/** Own properties of the shown object itself; those of objects within it only count. */
const MAX_PROPERTIES = 200;
/** How many values a text may be made of. */
const MAX_VALUES = 4000;
/** From the most generous down: the first that stays within {@link MAX_VALUES} is taken. */
const BOUNDS = [
  { depth: 4, maxArrayLength: 100 },
  { depth: 3, maxArrayLength: 40 },
  { depth: 2, maxArrayLength: 20 },
  { depth: 1, maxArrayLength: 20 },
  { depth: 0, maxArrayLength: 20 },
] as const;

type Bounds = (typeof BOUNDS)[number];

/** As Node's own prompt prints it, bounded in depth and length. Never throws. */
export function plainText(value: unknown): string {
  let text: string;
  try {
    text = typeof value === 'function' ? functionText(value) : boundedText(value);
  } catch (error) {
    text = `[${typeof value} that cannot be inspected: ${messageOf(error)}]`;
  }
  const more = text.length - MAX_CHARACTERS;
  return more > 100 ? `${text.slice(0, MAX_CHARACTERS)}… ${more.toLocaleString('en')} more characters` : text;
}

/** On one line, for a cell of a table or within a sentence. Never throws. */
export function shortText(value: unknown, maxLength = 60): string {
  let text: string;
  try {
    const options = { depth: 1, maxArrayLength: 8, maxStringLength: 200, breakLength: Number.POSITIVE_INFINITY };
    const known = isHuge(value) ? Object.prototype.toString.call(value) : undefined;
    text = known ?? inspect(value, options).replace(/\s*\n\s*/g, ' ');
  } catch (error) {
    text = `[${typeof value}: ${messageOf(error)}]`;
  }
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}

/** Own words of whatever was thrown. Never throws. */
export function messageOf(error: unknown): string {
  try {
    const message = error instanceof Error ? error.message : error;
    return typeof message === 'string' ? message : inspect(message, { depth: 0 });
  } catch {
    return 'it throws';
  }
}

function boundedText(value: unknown): string {
  const { shown, finish } = cutValue(value);
  const bounds = BOUNDS.find(choice => countValues(shown, choice) <= MAX_VALUES) ?? BOUNDS.at(-1);
  return finish(inspect(shown, { ...bounds, maxStringLength: MAX_CHARACTERS, breakLength: 100 }));
}

interface Cut {
  /** Small enough for `inspect`. */
  shown: unknown;
  /** Puts into its text what the cutting took. */
  finish(text: string): string;
}

/** `inspect` bounds lists, but not the properties of an object, and it is slow with large maps and sets. */
function cutValue(value: unknown): Cut {
  if (types.isFloat32Array(value)) {
    const shown = readableNumbers(value);
    return { shown, finish: text => `Float32Array(${value.length}) ${text}` };
  }
  if (isHuge(value)) {
    const keys = Object.keys(value);
    const shown = Object.create(Object.getPrototypeOf(value));
    for (const key of keys.slice(0, MAX_PROPERTIES)) {
      Object.defineProperty(shown, key, Object.getOwnPropertyDescriptor(value, key)!);
    }
    const left = (keys.length - MAX_PROPERTIES).toLocaleString('en');
    return { shown, finish: text => text.replace(/\s*}$/, `,\n  … ${left} more properties\n}`) };
  }
  if ((types.isMap(value) || types.isSet(value)) && value.size > MAX_VALUES && hasOwnKind(value)) {
    const first = [...take<unknown>(value, 100)];
    const shown = types.isMap(value) ? new Map(first as [unknown, unknown][]) : new Set(first);
    const left = (value.size - 100).toLocaleString('en');
    const finish = (text: string) =>
      text.replace('(100)', `(${value.size})`).replace(/\s*}$/, `,\n  … ${left} more items\n}`);
    return { shown, finish };
  }
  return { shown: value, finish: text => text };
}

function hasOwnKind(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Map.prototype || prototype === Set.prototype;
}

/** Without the digits that only a float64 has: 0.1 rather than 0.10000000149011612. Longer than what is looked at. */
function readableNumbers(values: Float32Array): unknown[] {
  const shown: unknown[] = Array.from(values.subarray(0, 100), value =>
    value === 0 ? value : Number(value.toPrecision(7)),
  );
  shown.length = values.length;
  return shown;
}

function isHuge(value: unknown): value is object {
  return isOpen(value) && !isList(value) && Object.keys(value).length > MAX_PROPERTIES;
}

/** Objects into which one may look without running the learner's code. */
function isOpen(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !types.isProxy(value);
}

function isList(value: object): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

/** How many values `inspect` would write; stops counting soon after {@link MAX_VALUES}. Runs no getter. */
function countValues(value: unknown, { depth, maxArrayLength }: Bounds): number {
  let count = 0;
  const path = new Set<object>();
  const visit = (current: unknown, left: number) => {
    count++;
    if (left < 0 || count > MAX_VALUES || !isOpen(current) || path.has(current)) return;
    path.add(current);
    for (const inner of innerValues(current, maxArrayLength)) {
      visit(inner, left - 1);
      if (count > MAX_VALUES) break;
    }
    path.delete(current);
  };
  visit(value, depth);
  return count;
}

function* innerValues(value: object, limit: number): Generator<unknown> {
  if (ArrayBuffer.isView(value)) return;
  if (Array.isArray(value)) {
    for (let i = 0; i < Math.min(limit, value.length); i++) yield dataProperty(value, String(i));
    return;
  }
  if (types.isMap(value)) for (const entry of take(value, limit)) yield* entry;
  else if (types.isSet(value)) yield* take(value, limit);
  for (const key of Object.keys(value)) yield dataProperty(value, key);
}

function* take<T>(items: Iterable<T>, limit: number): Generator<T> {
  let left = limit;
  for (const item of items) {
    if (left-- === 0) return;
    yield item;
  }
}

function dataProperty(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}

/** `[Function: half(n, scale = 2)]`: with what it takes, if its source tells. */
function functionText(value: object): string {
  const text = inspect(value, { depth: 0, breakLength: 100 });
  const parameters = types.isProxy(value) ? undefined : parametersOf(Function.prototype.toString.call(value));
  if (parameters === undefined) return text;
  return text.replace(/^\[(\w*Function)(?:: ([^\]\s]+)| \(anonymous\))\]/, (_, kind, name) =>
    name === undefined ? `[${kind} ${parameters}]` : `[${kind}: ${name}${parameters}]`,
  );
}

/** The text between a function's first parentheses, and these; types have left blanks there. */
function parametersOf(source: string): string | undefined {
  if (/^class\b|\[native code\]\s*}$/.test(source)) return undefined;
  const single = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(source);
  if (single) return `(${single[1]})`;
  const start = source.indexOf('(');
  let open = 0;
  for (let i = start; i >= 0 && i < Math.min(source.length, start + 300); i++) {
    if ('([{'.includes(source[i]!)) open++;
    if (')]}'.includes(source[i]!) && --open === 0) {
      const inside = source
        .slice(start + 1, i)
        .replace(/\s+/g, ' ')
        .replace(/ (?=[,)\]])/g, '')
        .trim();
      return `(${inside.replace(/,$/, '')})`;
    }
  }
  return undefined;
}
