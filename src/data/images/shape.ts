import { assertInteger, assertKeys, assertOneOf } from '../../core/index.ts';
import { type Background, overlay } from './alpha.ts';
import { eachPicture, type Pictures } from './each.ts';
import { type Box, cropped, type FlipDirection, flipped } from './geometry.ts';
import { type ResizeKind, resampled } from './resample.ts';

export interface ResizeOptions {
  /** In pixels. */
  height: number;
  width: number;
  /** Default: 'area' where it shrinks, so that nothing is skipped; 'bilinear' where it grows. */
  kind?: ResizeKind;
}

/**
 * A picture, or each of a set, in another size. It is stretched if the proportions differ: `cropSquare` first.
 *
 * @example
 * const { coffee } = await data.load('photos');
 * const small = data.images.resize(data.images.cropSquare(coffee), { height: 64, width: 64 });
 */
export function resize<P extends Pictures>(pictures: P, options: ResizeOptions): P {
  assertKeys('resize(picture, options)', options, ['height', 'width', 'kind']);
  const { height, width } = options;
  assertInteger('resize({ height })', height, { min: 1 });
  assertInteger('resize({ width })', width, { min: 1 });
  if (options.kind !== undefined)
    assertOneOf('resize({ kind })', options.kind, ['bilinear', 'area', 'nearest'] as const);
  return eachPicture('resize(picture)', pictures, picture => {
    const shrinks = height <= picture.height && width <= picture.width;
    return resampled(picture, height, width, options.kind ?? (shrinks ? 'area' : 'bilinear'));
  });
}

/**
 * A part of a picture, or of each of a set. Throws if it does not lie within.
 *
 * @example data.images.crop((await data.load('photos')).chelsea, { top: 60, left: 100, height: 100, width: 150 })
 */
export function crop<P extends Pictures>(pictures: P, box: Box): P {
  assertKeys('crop(picture, box)', box, ['top', 'left', 'height', 'width']);
  return eachPicture('crop(picture)', pictures, picture => {
    assertInteger('crop({ height })', box.height, { min: 1, max: picture.height });
    assertInteger('crop({ width })', box.width, { min: 1, max: picture.width });
    assertInteger('crop({ top })', box.top, { min: 0, max: picture.height - box.height });
    assertInteger('crop({ left })', box.left, { min: 0, max: picture.width - box.width });
    return cropped(picture, box);
  });
}

/**
 * The largest square in the middle of a picture, or of each of a set.
 *
 * @example data.images.cropSquare((await data.load('photos')).chelsea)  // 300 × 300
 */
export function cropSquare<P extends Pictures>(pictures: P): P {
  return eachPicture('cropSquare(picture)', pictures, picture => {
    const side = Math.min(picture.height, picture.width);
    const top = Math.floor((picture.height - side) / 2);
    const left = Math.floor((picture.width - side) / 2);
    return cropped(picture, { top, left, height: side, width: side });
  });
}

/**
 * A picture, or each of a set, in the mirror: left and right ('horizontal') or top and bottom changed places.
 *
 * @example data.images.flip((await data.load('photos')).chelsea, 'horizontal')
 */
export function flip<P extends Pictures>(pictures: P, direction: FlipDirection): P {
  assertOneOf('flip(picture, direction)', direction, ['horizontal', 'vertical'] as const);
  return eachPicture('flip(picture)', pictures, picture => flipped(picture, direction));
}

/**
 * A picture without transparency: what was transparent takes the colour behind it, white if none is given.
 *
 * @example
 * const pale = data.images.image({ pixels: Uint8Array.of(255, 0, 0, 128), height: 1, width: 1, channels: 4 });
 * data.images.flatten(pale).pixels;  // [255, 127, 127]
 */
export function flatten<P extends Pictures>(pictures: P, background: Background = 255): P {
  return eachPicture('flatten(picture)', pictures, picture => overlay(picture, background));
}

/**
 * A picture, or each of a set, in grey: as bright as the eye finds its colours (ITU-R BT.601: 0.299 red, 0.587 green, 0.114
 * blue).
 *
 * @example data.images.toGrey((await data.load('photos')).chelsea).channels  // 1
 */
export function toGrey<P extends Pictures>(pictures: P): P {
  return eachPicture('toGrey(picture)', pictures, picture => {
    const { pixels, height, width, channels } = picture;
    if (channels <= 2) return picture;
    const alpha = channels === 4;
    const grey = new Uint8Array(height * width * (alpha ? 2 : 1));
    for (let i = 0, from = 0, to = 0; i < height * width; i++, from += channels) {
      grey[to++] = Math.round(0.299 * pixels[from]! + 0.587 * pixels[from + 1]! + 0.114 * pixels[from + 2]!);
      if (alpha) grey[to++] = pixels[from + 3]!;
    }
    return { pixels: grey, height, width, channels: alpha ? 2 : 1 };
  });
}
