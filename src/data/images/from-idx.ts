import { gunzipSync } from 'node:zlib';
import { assertKeys, mismatch } from '../../core/index.ts';
import { parseIdx } from '../files/idx.ts';
import { type ImageSet, imageSet } from './image-set.ts';

export interface IdxOptions {
  /** The name of each class, by its number. Default: the numbers. */
  classes?: readonly string[];
}

/**
 * An image set from two files in the idx format of MNIST, as bytes, packed by gzip or not.
 *
 * @example
 * const images = await data.file('digits', 'images-idx3-ubyte.gz');
 * const labels = await data.file('digits', 'labels-idx1-ubyte.gz');
 * const digits = data.images.fromIdx(images, labels);
 */
export function fromIdx(images: Uint8Array, labels: Uint8Array, options: IdxOptions = {}): ImageSet {
  assertKeys('fromIdx(…, options)', options, ['classes']);
  const pictures = parseIdx('fromIdx(images)', unpacked(images));
  const numbers = parseIdx('fromIdx(…, labels)', unpacked(labels));
  const [count = 0, height = 0, width = 0] = pictures.shape;
  if (pictures.shape.length !== 3 || numbers.shape.length !== 1 || numbers.shape[0] !== count)
    throw mismatch({
      where: 'fromIdx(images, labels)',
      expected: 'images of three axes (count, height, width), and as many labels',
      received: `shapes [${pictures.shape.join(', ')}] and [${numbers.shape.join(', ')}]`,
    });
  const known = Array.from(numbers.values);
  const classes =
    options.classes ??
    Array.from({ length: known.reduce((most, label) => Math.max(most, label), 0) + 1 }, (_, number) => String(number));
  return imageSet({ pixels: pictures.values, height, width, channels: 1, labels: known, classes });
}

function unpacked(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
