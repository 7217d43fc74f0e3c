import { decode, encode } from 'fast-png';
import type { Pixels } from './image.ts';

/**
 * A picture as the bytes of a PNG file.
 *
 * @example
 * const { chelsea } = await data.load('photos');
 * const bytes = data.images.encodePng(chelsea); // what a file cat.png holds
 */
export function encodePng({ pixels, height, width, channels }: Pixels): Uint8Array {
  return encode({ data: pixels, height, width, channels, depth: 8 });
}

/** Any PNG, as bytes: 1 to 16 bits a channel, palettes, and colours that stand for transparent. */
export function decodePng(bytes: Uint8Array): Pixels {
  const { data, height, width, channels, depth, palette, transparency } = decode(bytes, { checkCrc: true });
  const places = unpack(data, height, width, channels, depth);
  // Colour pictures may have a palette too, as a hint to old screens.
  if (palette && channels === 1) return fromPalette(places, height, width, palette);
  const pixels = toBytes(places, 2 ** depth - 1);
  if (!transparency) return { pixels, height, width, channels: channels as Pixels['channels'] };
  return withAlpha(pixels, places, height, width, channels, transparency);
}

/** One number a channel: below 8 bits several share a byte, and each row begins with a byte of its own. */
function unpack(
  data: ArrayLike<number>,
  height: number,
  width: number,
  channels: number,
  depth: number,
): ArrayLike<number> {
  if (depth >= 8) return data;
  const stride = Math.ceil((width * channels * depth) / 8);
  const mask = 2 ** depth - 1;
  const values = new Uint8Array(height * width * channels);
  for (let y = 0; y < height; y++)
    for (let i = 0; i < width * channels; i++) {
      const bit = i * depth;
      values[y * width * channels + i] = (data[y * stride + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask;
    }
  return values;
}

function toBytes(values: ArrayLike<number>, largest: number): Uint8Array {
  if (largest === 255) return Uint8Array.from(values);
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round((values[i]! * 255) / largest);
  return bytes;
}

function fromPalette(places: ArrayLike<number>, height: number, width: number, palette: number[][]): Pixels {
  const channels = palette[0]!.length as 3 | 4;
  const pixels = new Uint8Array(height * width * channels);
  for (let i = 0; i < height * width; i++) pixels.set(palette[places[i]!] ?? [], i * channels);
  return { pixels, height, width, channels };
}

/** `transparent` is the one colour that cannot be seen. */
function withAlpha(
  pixels: Uint8Array,
  values: ArrayLike<number>,
  height: number,
  width: number,
  channels: number,
  transparent: Uint16Array,
): Pixels {
  const more = channels + 1;
  const result = new Uint8Array(height * width * more);
  for (let i = 0; i < height * width; i++) {
    let seen = false;
    for (let c = 0; c < channels; c++) {
      result[i * more + c] = pixels[i * channels + c]!;
      if (values[i * channels + c] !== transparent[c]) seen = true;
    }
    result[i * more + channels] = seen ? 255 : 0;
  }
  return { pixels: result, height, width, channels: more as Pixels['channels'] };
}
