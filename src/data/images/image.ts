import * as tf from '@tensorflow/tfjs';
import { assertInteger, describe, mismatch } from '../../core/index.ts';
import { DISPLAY, type Displayable } from '../../display/channel.ts';
import { printsAsText } from '../../display/printed.ts';
import { encodePng } from './png.ts';

/** Grey, grey and alpha, colour (red, green, blue), colour and alpha. */
export type Channels = 1 | 2 | 3 | 4;

/** What a picture is made of: bytes from 0 (dark) to 255, rows from the top, the channels of a pixel side by side. */
export interface Pixels {
  /** height × width × channels. */
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: Channels;
}

/** A picture; as the value of a cell it shows itself. */
export interface Image extends Pixels, Displayable {
  /** float32, (height, width, channels), from 0 to 1. The caller disposes it. */
  tensor(): tf.Tensor3D;
}

/**
 * A picture from its bytes. Throws if there are not height × width × channels of them.
 *
 * @example data.images.image({ pixels: Uint8Array.of(0, 255, 255, 0), height: 2, width: 2, channels: 1 })
 */
export function image({ pixels, height, width, channels }: Pixels): Image {
  const where = 'image({ pixels, height, width, channels })';
  assertInteger('image({ height })', height, { min: 1 });
  assertInteger('image({ width })', width, { min: 1 });
  if (![1, 2, 3, 4].includes(channels))
    throw mismatch({ where: 'image({ channels })', expected: '1, 2, 3 or 4', received: describe(channels) });
  if (!(pixels instanceof Uint8Array) || pixels.length !== height * width * channels)
    throw mismatch({
      where,
      expected: `a Uint8Array of ${height} × ${width} × ${channels} = ${height * width * channels} bytes`,
      received: describe(pixels),
    });
  const made = {
    pixels,
    height,
    width,
    channels,
    tensor: () =>
      tf.tidy(() =>
        tf.tensor3d(
          Float32Array.from(pixels, byte => byte / 255),
          [height, width, channels],
        ),
      ),
  };
  Object.defineProperty(made, DISPLAY, {
    value: () => ({
      'image/png': Buffer.from(encodePng(enlarged(made))).toString('base64'),
      'text/plain': `Image of ${width} × ${height} pixels, ${colours(channels)}`,
    }),
  });
  return printsAsText(made as unknown as Image);
}

export function colours(channels: number): string {
  return ['', 'grey', 'grey with alpha', 'red, green, blue', 'red, green, blue, alpha'][channels]!;
}

/** Pictures smaller than this are shown with each pixel as a square. */
const SMALL = 128;

function enlarged(picture: Pixels): Pixels {
  const factor = Math.floor(SMALL / Math.max(picture.height, picture.width));
  if (factor < 2) return picture;
  const { pixels, height, width, channels } = picture;
  const large = new Uint8Array(height * width * factor * factor * channels);
  let offset = 0;
  for (let y = 0; y < height * factor; y++)
    for (let x = 0; x < width * factor; x++) {
      const from = (Math.floor(y / factor) * width + Math.floor(x / factor)) * channels;
      for (let c = 0; c < channels; c++) large[offset++] = pixels[from + c]!;
    }
  return { pixels: large, height: height * factor, width: width * factor, channels };
}
