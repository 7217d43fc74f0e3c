import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, describe, mismatch } from '../../core/index.ts';
import { DISPLAY, type Displayable } from '../../display/channel.ts';
import { printsAsText } from '../../display/printed.ts';
import { type Channels, colours, type Image, image } from './image.ts';
import { encodePng } from './png.ts';
import { examplesByClass, sheetOf } from './sheet.ts';

/** What an image set is made of. */
export interface LabelledPixels {
  /** count × height × width × channels, picture after picture, rows from the top. */
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: Channels;
  /** The value of full brightness. Default 255. */
  readonly white?: number;
  /** The number of its class, for each picture. */
  readonly labels: readonly number[];
  /** The name of each class, by its number. */
  readonly classes: readonly string[];
  /** What each picture shows, where that is known. */
  readonly names?: readonly string[];
}

/** Pictures of one size with their labels; as the value of a cell it shows examples of each class. */
export interface ImageSet extends LabelledPixels, Displayable {
  readonly white: number;
  readonly count: number;
  /** One picture; `image(0)` is the first. */
  image(position: number): Image;
  /** float32, (count, height, width, channels), from 0 to 1. The caller disposes it. */
  tensor(): tf.Tensor4D;
  /** One row of height × width × channels numbers a picture, from 0 to 1. */
  matrix(): number[][];
  /** What `train.fit` takes. `flat`: one row of numbers a picture, for networks without convolutions. */
  prepare(): PreparedImages<tf.Tensor4D>;
  prepare(options: { flat: false }): PreparedImages<tf.Tensor4D>;
  prepare(options: { flat: true }): PreparedImages<tf.Tensor2D>;
  /** A new set of the pictures at these positions, in this order. */
  take(positions: readonly number[]): ImageSet;
}

export interface PreparedImages<X extends tf.Tensor> {
  /** float32, from 0 to 1: (count, height, width, channels), or flat (count, height × width × channels). */
  x: X;
  /** int32, (count): class numbers. */
  y: tf.Tensor1D;
  classes: string[];
  dispose(): void;
}

/**
 * Pictures of one size with their labels, from bytes. Throws if there are not as many bytes and labels as pictures, or a
 * label is no class number.
 *
 * @example
 * const checks = data.images.imageSet({
 *   pixels: Uint8Array.of(255, 0, 0, 255), height: 1, width: 2, channels: 1, labels: [0, 1], classes: ['left', 'right'],
 * });
 */
export function imageSet(parts: LabelledPixels): ImageSet {
  const { pixels, height, width, channels, labels, classes, names, white = 255 } = parts;
  const count = labels.length;
  const size = height * width * channels;
  assertParts(parts, count * size, count);

  const tensor = () => {
    const numbers = new Float32Array(pixels.length);
    for (let i = 0; i < numbers.length; i++) numbers[i] = pixels[i]! / white;
    return numbers;
  };
  const set = {
    pixels,
    count,
    height,
    width,
    channels,
    white,
    labels,
    classes,
    ...(names && { names }),
    image(position: number) {
      assertInteger('image(position)', position, { min: 0, max: count - 1 });
      const part = pixels.slice(position * size, (position + 1) * size);
      if (white !== 255) for (let i = 0; i < size; i++) part[i] = Math.round((part[i]! * 255) / white);
      return image({ pixels: part, height, width, channels });
    },
    tensor: () => tf.tensor4d(tensor(), [count, height, width, channels]),
    matrix() {
      const numbers = Float64Array.from(pixels, value => value / white);
      return labels.map((_, position) => Array.from(numbers.subarray(position * size, (position + 1) * size)));
    },
    prepare(options: { flat?: boolean } = {}) {
      assertKeys('prepare(options)', options, ['flat']);
      const x = options.flat
        ? tf.tensor2d(tensor(), [count, size])
        : tf.tensor4d(tensor(), [count, height, width, channels]);
      const y = tf.tensor1d([...labels], 'int32');
      return { x, y, classes: [...classes], dispose: () => tf.dispose([x, y]) };
    },
    take(positions: readonly number[]) {
      const taken = new Uint8Array(positions.length * size);
      positions.forEach((position, place) => {
        assertInteger('take(positions)', position, { min: 0, max: count - 1 });
        taken.set(pixels.subarray(position * size, (position + 1) * size), place * size);
      });
      return imageSet({
        ...parts,
        pixels: taken,
        labels: positions.map(position => labels[position]!),
        ...(names && { names: positions.map(position => names[position]!) }),
      });
    },
  } as unknown as ImageSet;
  Object.defineProperty(set, DISPLAY, { value: () => bundle(set) });
  return printsAsText(set);
}

function assertParts({ pixels, labels, classes, names }: LabelledPixels, bytes: number, count: number): void {
  const fail = (what: string, expected: string, received: string) =>
    mismatch({ where: `imageSet({ ${what} })`, expected, received });
  if (!(pixels instanceof Uint8Array) || pixels.length !== bytes)
    throw fail('pixels', `a Uint8Array of ${bytes} bytes for ${count} labels`, describe(pixels));
  const odd = labels.find(label => !Number.isInteger(label) || label < 0 || label >= classes.length);
  if (odd !== undefined) throw fail('labels', `class numbers from 0 to ${classes.length - 1}`, describe(odd));
  if (names && names.length !== count) throw fail('names', `${count} names`, String(names.length));
}

function bundle(set: ImageSet): Record<string, string> {
  const counts = set.classes.map((name, number) => `${name} ${set.labels.filter(label => label === number).length}`);
  const text = `${set.count.toLocaleString('en')} images of ${set.width} × ${set.height} pixels, ${colours(set.channels)}: ${counts.join(', ')}`;
  if (set.count === 0) return { 'text/plain': text };
  const sheet = sheetOf(set, examplesByClass(set, 12), { columns: 12 });
  return { 'image/png': Buffer.from(encodePng(sheet)).toString('base64'), 'text/plain': text };
}
