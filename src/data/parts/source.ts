import type { DataFrame } from 'danfojs-node';
import { describe, isTable, mismatch } from '../../core/index.ts';
import { takeRows } from '../frame.ts';
import type { ImageSet } from '../images/image-set.ts';

/** What can be parted: a frame by its rows, an image set by its pictures, a list by its items. */
export interface Source<Whole> {
  count: number;
  take(positions: readonly number[]): Whole;
}

export function sourceOf<Whole>(where: string, whole: Whole): Source<Whole> {
  const source = asSource(whole);
  if (source) return source as Source<Whole>;
  throw mismatch({
    where,
    expected: 'a data frame, an image set or a list',
    received: whole instanceof Promise ? 'a promise' : describe(whole),
    hint: whole instanceof Promise ? "Wait for it: await data.load('penguins')." : undefined,
  });
}

function asSource(whole: unknown): Source<unknown> | undefined {
  if (isTable(whole)) {
    const frame = whole as DataFrame;
    return { count: frame.values.length, take: positions => takeRows(frame, positions) };
  }
  if (Array.isArray(whole))
    return { count: whole.length, take: positions => positions.map(position => whole[position]) };
  if (isImageSet(whole)) return { count: whole.count, take: positions => whole.take(positions) };
  return undefined;
}

export function isImageSet(value: unknown): value is ImageSet {
  const { pixels, labels, take } = (value ?? {}) as Partial<ImageSet>;
  return pixels instanceof Uint8Array && Array.isArray(labels) && typeof take === 'function';
}
