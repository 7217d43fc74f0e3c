import { describe, mismatch } from '../../core/index.ts';
import { type Image, image, type Pixels } from './image.ts';
import { type ImageSet, imageSet } from './image-set.ts';

/** A picture, or a set of them: verbs on pictures take both and give the same. */
export type Pictures = Image | ImageSet;

/** Changes each picture of a set, or the one picture, to another of one size. */
export function eachPicture<P extends Pictures>(
  where: string,
  pictures: P,
  change: (picture: Pixels, position: number) => Pixels,
): P {
  if (isSet(pictures)) return eachOfSet(pictures, change) as P;
  if (isPixels(pictures)) return image(change(pictures, 0)) as P;
  const given: unknown = pictures;
  throw mismatch({
    where,
    expected: 'a picture or an image set',
    received: given instanceof Promise ? 'a promise' : describe(given),
    hint:
      given instanceof Promise
        ? "Wait for it: await data.load('photos')."
        : 'data.images.fromTensor makes a picture of a tensor.',
  });
}

function eachOfSet(set: ImageSet, change: (picture: Pixels, position: number) => Pixels): ImageSet {
  const { height, width, channels } = set;
  const size = height * width * channels;
  let pixels = new Uint8Array(0);
  let shape = { height, width, channels };
  for (let position = 0; position < set.count; position++) {
    const part = set.pixels.subarray(position * size, (position + 1) * size);
    const changed = change({ pixels: part, height, width, channels }, position);
    if (position === 0) {
      shape = { height: changed.height, width: changed.width, channels: changed.channels };
      pixels = new Uint8Array(set.count * changed.pixels.length);
    }
    pixels.set(changed.pixels, position * changed.pixels.length);
  }
  return imageSet({ ...set, ...shape, pixels });
}

export function isSet(value: unknown): value is ImageSet {
  return isPixels(value) && Array.isArray((value as Partial<ImageSet>).labels);
}

function isPixels(value: unknown): value is Pixels {
  return (value as Partial<Pixels> | undefined)?.pixels instanceof Uint8Array;
}
