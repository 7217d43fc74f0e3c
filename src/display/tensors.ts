/** TensorFlow.js values, known by their shape alone: the kernel does not load the library. */
import { numberFormat } from './cells.ts';
import { shortText } from './text.ts';

interface TensorLike {
  shape: number[];
  dtype: string;
  isDisposed: boolean;
  dataSync(): ArrayLike<unknown>;
  slice?(begin: number[], size: number[]): TensorLike & { dispose(): void };
  /** Of a variable. */
  trainable?: boolean;
  name?: string;
}

/** A larger tensor stays where it is: only its corners are read. */
const READ_WHOLE = 10_000;

export function isTensor(value: object): value is TensorLike {
  const tensor = value as Partial<TensorLike>;
  return (
    Array.isArray(tensor.shape) &&
    typeof tensor.dtype === 'string' &&
    typeof tensor.isDisposed === 'boolean' &&
    typeof tensor.dataSync === 'function'
  );
}

/** `Tensor float32 [2, 3]` and as many of its values as can be read, between brackets. Leaves no tensor behind. */
export function tensorText(tensor: TensorLike): string {
  const kind = tensor.trainable === undefined ? 'Tensor' : `Variable ${JSON.stringify(tensor.name)}`;
  const head = `${kind} ${tensor.dtype} [${tensor.shape.join(', ')}]`;
  if (tensor.isDisposed) return `${head}, disposed: dispose() or the end of a tidy has freed its values`;
  if (tensor.shape.includes(0)) return `${head}, without values`;
  const positions = tensor.shape.map((length, axis) => shownPositions(length, edgeOf(axis, tensor.shape.length)));
  const valueAt = readValues(tensor, positions);
  return `${head}\n${bracketed(tensor.shape, positions, valueAt, tensor.dtype)}`;
}

/** How many values are shown at each end of an axis that is too long. */
function edgeOf(axis: number, rank: number): number {
  if (rank === 1) return 5;
  return axis >= rank - 2 ? 3 : rank === 3 ? 2 : 1;
}

/** Positions on one axis; `null` stands for those that are left out. */
function shownPositions(length: number, edge: number): (number | null)[] {
  if (length <= (edge === 5 ? 20 : 2 * edge + 2)) return Array.from({ length }, (_, i) => i);
  const ends = Array.from({ length: edge }, (_, i) => i);
  return [...ends, null, ...ends.map(i => length - edge + i)];
}

type Reader = (flatIndex: number) => unknown;

function readValues(tensor: TensorLike, positions: (number | null)[][]): Reader {
  const size = tensor.shape.reduce((product, length) => product * length, 1);
  if (size > READ_WHOLE && tensor.slice) {
    try {
      return readCorners(tensor, positions);
    } catch {
      // Not every backend can slice every dtype.
    }
  }
  const values = tensor.dataSync();
  if (tensor.dtype !== 'complex64') return index => values[index];
  return index => [values[2 * index], values[2 * index + 1]];
}

function readCorners(tensor: TensorLike, positions: (number | null)[][]): Reader {
  const known = new Map<number, unknown>();
  const strides = stridesOf(tensor.shape);
  for (const block of product(positions.map(runsOf))) {
    const size = block.map(run => run.length);
    const part = tensor.slice!(
      block.map(run => run[0]!),
      size,
    );
    try {
      const values = part.dataSync();
      let place = 0;
      for (const index of product(block)) {
        const flat = index.reduce((sum, position, axis) => sum + position * strides[axis]!, 0);
        known.set(flat, tensor.dtype === 'complex64' ? [values[2 * place], values[2 * place + 1]] : values[place]);
        place++;
      }
    } finally {
      part.dispose();
    }
  }
  return index => known.get(index);
}

/** `[0, 1, null, 8, 9]` → `[[0, 1], [8, 9]]` */
function runsOf(positions: (number | null)[]): number[][] {
  const cut = positions.indexOf(null);
  return cut < 0
    ? [positions as number[]]
    : [positions.slice(0, cut) as number[], positions.slice(cut + 1) as number[]];
}

/** Every choice of one item of each list, the last list fastest. */
function* product<T>(lists: readonly (readonly T[])[]): Generator<T[]> {
  const [first, ...rest] = lists;
  if (!first) return yield [];
  for (const item of first) for (const others of product(rest)) yield [item, ...others];
}

function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
}

function bracketed(shape: number[], positions: (number | null)[][], valueAt: Reader, dtype: string): string {
  const strides = stridesOf(shape);
  const flat = (index: (number | null)[]) =>
    index.reduce<number>((sum, position, axis) => sum + (position ?? 0) * strides[axis]!, 0);
  const shown = [...product(positions)].filter(index => !index.includes(null)).map(index => valueAt(flat(index)));
  const format = valueFormat(shown, dtype);
  const width = dtype === 'string' ? 0 : Math.max(...shown.map(value => format(value).length));

  const print = (index: number[]): string => {
    const axis = index.length;
    if (axis === shape.length) return format(valueAt(flat(index))).padStart(width);
    const parts = positions[axis]!.map(position => (position === null ? '…' : print([...index, position])));
    const isInner = axis === shape.length - 1;
    // Rows below each other; one empty line more for each axis around them.
    const gap = isInner ? ', ' : `,${'\n'.repeat(shape.length - 1 - axis)}${' '.repeat(axis + 1)}`;
    return `[${parts.join(gap)}]`;
  };
  return print([]);
}

function valueFormat(shown: unknown[], dtype: string): (value: unknown) => string {
  if (dtype === 'bool') return value => (value ? 'true' : 'false');
  if (dtype === 'string') return value => shortText(value, 30);
  const number = numberFormat(shown.flat());
  if (dtype !== 'complex64') return value => number(value as number);
  return value => {
    const [real, imaginary] = value as [number, number];
    return `${number(real)} ${imaginary < 0 ? '-' : '+'} ${number(Math.abs(imaginary))}i`;
  };
}
