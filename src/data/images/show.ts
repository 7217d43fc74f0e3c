import type * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertOneOf, describe, LearnableError, mismatch } from '../../core/index.ts';
import { type Channels, type Image, image } from './image.ts';
import type { ImageSet } from './image-set.ts';
import { sheetOf } from './sheet.ts';

export interface FromTensorOptions {
  /**
   * Which numbers are black and white: 0 and 1, or the least and the greatest of the tensor ('stretch'), for filters and
   * feature maps. Default 'unit'. What lies beyond is cut off.
   */
  range?: 'unit' | 'stretch';
}

/**
 * A picture of a tensor: (height, width) or (height, width, channels). The tensor stays the caller's.
 *
 * @example data.images.fromTensor(tf.tensor2d([[0, 0.5], [1, 0]]))
 */
export function fromTensor(tensor: tf.Tensor, options: FromTensorOptions = {}): Image {
  assertKeys('fromTensor(tensor, options)', options, ['range']);
  const { range = 'unit' } = options;
  assertOneOf('fromTensor({ range })', range, ['unit', 'stretch'] as const);
  const [height = 0, width = 0, channels = 1] = tensor.shape ?? [];
  if (tensor.rank !== 2 && !(tensor.rank === 3 && channels >= 1 && channels <= 4))
    throw mismatch({
      where: 'fromTensor(tensor)',
      expected: 'shape [height, width] or [height, width, channels] of 1 to 4 channels',
      received: describe(tensor),
      hint: tensor.rank === 4 ? 'Several pictures: data.images.sheet(tensor).' : undefined,
    });
  return image({ pixels: toBytes(tensor.dataSync(), range), height, width, channels: channels as Channels });
}

export interface SheetOptions extends FromTensorOptions {
  /** Which pictures, in this order. Default: the first 100. */
  positions?: readonly number[];
  /** How many stand side by side. Default: about as many as rows. */
  columns?: number;
  /** Pixels between them. Default 2. */
  gap?: number;
}

/**
 * Many pictures side by side in one: of an image set, or of a tensor (count, height, width, channels).
 *
 * @example data.images.sheet(await data.load('digits'), { positions: [0, 1, 2, 3, 4, 5], columns: 3 })
 */
export function sheet(pictures: ImageSet | tf.Tensor4D, options: SheetOptions = {}): Image {
  assertKeys('sheet(pictures, options)', options, ['positions', 'columns', 'gap', 'range']);
  const set = 'pixels' in pictures ? pictures : fromTensor4d(pictures, options.range ?? 'unit');
  const { positions = Array.from({ length: Math.min(100, set.count) }, (_, i) => i), gap = 2 } = options;
  const { columns = Math.ceil(Math.sqrt(positions.length)) } = options;
  if (positions.length === 0)
    throw new LearnableError('sheet(pictures): expected at least one picture, received none.');
  for (const position of positions) assertInteger('sheet({ positions })', position, { min: 0, max: set.count - 1 });
  assertInteger('sheet({ columns })', columns, { min: 1 });
  assertInteger('sheet({ gap })', gap, { min: 0 });
  return image(sheetOf({ ...set, labels: [], classes: [] }, positions, { columns, gap }));
}

function fromTensor4d(tensor: tf.Tensor4D, range: 'unit' | 'stretch') {
  const [count, height, width, channels] = tensor.shape;
  if (tensor.rank !== 4 || channels > 4)
    throw mismatch({
      where: 'sheet(pictures)',
      expected: 'an image set, or a tensor of shape [count, height, width, channels] of 1 to 4 channels',
      received: describe(tensor),
    });
  return { pixels: toBytes(tensor.dataSync(), range), count, height, width, channels: channels as Channels };
}

function toBytes(values: ArrayLike<number>, range: 'unit' | 'stretch'): Uint8Array {
  let [low, high] = [0, 1];
  if (range === 'stretch') {
    [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < values.length; i++) {
      low = Math.min(low, values[i]!);
      high = Math.max(high, values[i]!);
    }
  }
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < bytes.length; i++) {
    const share = (values[i]! - low) / (high - low || 1);
    bytes[i] = Math.round(255 * Math.min(1, Math.max(0, share)));
  }
  return bytes;
}
