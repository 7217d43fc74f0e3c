import { assertKeys, assertNumber } from '../../core/index.ts';
import { eachPicture, isSet, type Pictures } from './each.ts';
import { type Affine, type Fill, transformed } from './geometry.ts';

export interface TransformOptions {
  /** What comes in from beyond the edge: the nearest pixel, or a brightness from 0 to 255. Default 'edge'. */
  fill?: Fill;
}

/**
 * A picture, or each of a set, turned clockwise about its centre. Between pixels it is interpolated; the size stays.
 *
 * @example data.images.rotate((await data.load('photos')).chelsea, 15)
 */
export function rotate<P extends Pictures>(pictures: P, degrees: number, options: TransformOptions = {}): P {
  assertNumber('rotate(picture, degrees)', degrees);
  return transform('rotate', pictures, { degrees, zoom: 1, shiftX: 0, shiftY: 0 }, options);
}

/**
 * A picture, or each of a set, moved to the right by `x` and down by `y` pixels.
 *
 * @example data.images.shift((await data.load('digits')).image(0), { x: 1, y: 0 }, { fill: 0 })
 */
export function shift<P extends Pictures>(
  pictures: P,
  by: { x?: number; y?: number },
  options: TransformOptions = {},
): P {
  assertKeys('shift(picture, by)', by, ['x', 'y']);
  const { x = 0, y = 0 } = by;
  assertNumber('shift({ x })', x);
  assertNumber('shift({ y })', y);
  return transform('shift', pictures, { degrees: 0, zoom: 1, shiftX: x, shiftY: y }, options);
}

function transform<P extends Pictures>(where: string, pictures: P, affine: Affine, options: TransformOptions): P {
  assertKeys(`${where}(picture, …, options)`, options, ['fill']);
  const { fill = 'edge' } = options;
  if (fill !== 'edge') assertNumber(`${where}({ fill })`, fill, { min: 0, max: 255 });
  const white = isSet(pictures) ? pictures.white : 255;
  const beyond = fill === 'edge' ? fill : Math.round((fill * white) / 255);
  return eachPicture(`${where}(picture)`, pictures, picture => transformed(picture, affine, beyond));
}
