import { inspect } from 'node:util';
import { DISPLAY, isDisplayable, type MimeBundle } from '../display/channel.ts';
import { frameBundle, isFrame } from '../display/table.ts';

/** How a value is shown: in its own way, as a table, or as text. A promise only if the value's own way is one. */
export function bundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  if (isDisplayable(value)) return value[DISPLAY]();
  if (isFrame(value)) return frameBundle(value);
  if (typeof value === 'string') return { 'text/plain': value };
  if (isTensor(value)) return { 'text/plain': tensorText(value) };
  if (value instanceof Promise) return { 'text/plain': 'a promise: write await before it to show its value' };
  return { 'text/plain': inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 }) };
}

interface TensorLike {
  shape: number[];
  dtype: string;
  isDisposed: boolean;
  toString(): string;
}

function isTensor(value: unknown): value is TensorLike {
  if (value === null || typeof value !== 'object') return false;
  const { shape, dtype, dataSync } = value as Record<string, unknown>;
  return Array.isArray(shape) && typeof dtype === 'string' && typeof dataSync === 'function';
}

function tensorText(tensor: TensorLike): string {
  const kind = `${tensor.dtype}, shape [${tensor.shape.join(', ')}]`;
  if (tensor.isDisposed) return `a tensor (${kind}) that was disposed`;
  return `${tensor.toString()}\n${kind}`;
}
