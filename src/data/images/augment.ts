import { assertKeys, assertNumber, assertOneOf, assertSeed, type Random, random } from '../../core/index.ts';
import { eachPicture, isSet, type Pictures } from './each.ts';
import { type Fill, flipped, transformed } from './geometry.ts';
import type { Pixels } from './image.ts';

export interface AugmentOptions {
  /** Mirrors every second picture, on average. Only where a mirrored thing is the same thing: not for digits. */
  flip?: 'horizontal' | 'vertical';
  /** At most by this share of its size, in each direction: 0.1 is a tenth. */
  shift?: number;
  /** At most by so many degrees, either way. */
  rotate?: number;
  /** At most larger or smaller by this share. */
  zoom?: number;
  /** At most brighter or darker by this share of white. */
  brightness?: number;
  /** At most more or less contrast by this share, about mid-grey. */
  contrast?: number;
  /** Standard deviation of noise, as a share of white. */
  noise?: number;
  /** What comes in from beyond the edge: the nearest pixel, or a brightness from 0 to 255. Default 'edge'. */
  fill?: Fill;
  /** Default 0. Each picture of a set has its own changes; the same seed gives the same. */
  seed?: number;
}

const AMOUNTS = ['shift', 'rotate', 'zoom', 'brightness', 'contrast', 'noise'] as const;

/**
 * A picture, or each of a set, changed a little at random: what is still the same to us shall be the same to the model
 * (Shorten and Khoshgoftaar, Journal of Big Data 6, 2019).
 *
 * @example
 * const { train: fitting } = await data.load('fashion-mnist');
 * const more = data.images.augment(fitting.take([0, 1, 2]), { flip: 'horizontal', shift: 0.1, rotate: 10, fill: 0, seed: 1 });
 */
export function augment<P extends Pictures>(pictures: P, options: AugmentOptions): P {
  assertAugment('augment(pictures, options)', options);
  const { seed = 0 } = options;
  const generator = random(seed);
  const white = isSet(pictures) ? pictures.white : 255;
  return eachPicture('augment(pictures)', pictures, (picture, position) =>
    augmented(picture, options, white, generator.derive(position)),
  );
}

export function assertAugment(where: string, options: AugmentOptions): void {
  assertKeys(where, options, ['flip', ...AMOUNTS, 'fill', 'seed']);
  const { flip, fill = 'edge', seed = 0 } = options;
  if (flip !== undefined) assertOneOf(`${where}: flip`, flip, ['horizontal', 'vertical'] as const);
  for (const name of AMOUNTS)
    if (options[name] !== undefined)
      assertNumber(`${where}: ${name}`, options[name], {
        min: 0,
        max: name === 'rotate' ? 180 : 1,
        hint: name === 'rotate' ? 'In degrees.' : 'It is a share: 0.1 is a tenth.',
      });
  if (fill !== 'edge') assertNumber(`${where}: fill`, fill, { min: 0, max: 255 });
  assertSeed(`${where}: seed`, seed);
}

/** All numbers are drawn, whatever the options: a change that is switched on leaves the others as they were. */
export function augmented(picture: Pixels, options: AugmentOptions, white: number, generator: Random): Pixels {
  const { flip, shift = 0, rotate = 0, zoom = 0, brightness = 0, contrast = 0, noise = 0, fill = 'edge' } = options;
  const mirrored = generator.uniform() < 0.5;
  const [x, y, turn, scale, light, spread] = Array.from({ length: 6 }, () => generator.uniform(-1, 1));
  let changed = flip && mirrored ? flipped(picture, flip) : picture;
  if (shift > 0 || rotate > 0 || zoom > 0) {
    const affine = {
      degrees: rotate * turn!,
      zoom: 1 + zoom * scale!,
      shiftX: shift * picture.width * x!,
      shiftY: shift * picture.height * y!,
    };
    changed = transformed(changed, affine, fill === 'edge' ? fill : Math.round((fill * white) / 255));
  }
  if (brightness === 0 && contrast === 0 && noise === 0) return changed;
  return relit(changed, white, brightness * light!, 1 + contrast * spread!, () => noise * generator.normal());
}

/** Alpha, the last of an even number of channels, stays. */
function relit(picture: Pixels, white: number, light: number, spread: number, noise: () => number): Pixels {
  const { pixels, channels } = picture;
  const result = Uint8Array.from(pixels);
  for (let i = 0; i < result.length; i++) {
    if (channels % 2 === 0 && i % channels === channels - 1) continue;
    const value = (pixels[i]! / white - 0.5) * spread + 0.5 + light + noise();
    result[i] = Math.round(white * Math.min(1, Math.max(0, value)));
  }
  return { ...picture, pixels: result };
}
