import jpeg from 'jpeg-js';
import { flipped, turned } from './geometry.ts';
import type { Pixels } from './image.ts';

/** A JPEG as red, green and blue, turned as the camera noted. */
export function decodeJpeg(bytes: Uint8Array): Pixels {
  const decoded = jpeg.decode(bytes, { useTArray: true, formatAsRGBA: false, tolerantDecoding: false });
  const { width, height, data } = decoded;
  const { exifBuffer } = decoded as { exifBuffer?: Uint8Array };
  return upright({ pixels: data, height, width, channels: 3 }, exifBuffer ? orientation(exifBuffer) : 1);
}

const ORIENTATION = 0x0112;

/** The note on how the camera was held, 1 to 8, among the entries of the first directory of Exif; 1 if there is none. */
function orientation(exif: Uint8Array): number {
  // Two bytes may stand before the TIFF header, which begins with its byte order.
  const start = [0, 1].find(
    at => (exif[at] === 0x49 && exif[at + 1] === 0x49) || (exif[at] === 0x4d && exif[at + 1] === 0x4d),
  );
  if (start === undefined || exif.length < start + 8) return 1;
  const view = new DataView(exif.buffer, exif.byteOffset + start, exif.length - start);
  const little = exif[start] === 0x49;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return 1;
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + 12 * entry;
    if (at + 12 > view.byteLength) return 1;
    if (view.getUint16(at, little) === ORIENTATION) return view.getUint16(at + 8, little);
  }
  return 1;
}

function upright(picture: Pixels, noted: number): Pixels {
  switch (noted) {
    case 2:
      return flipped(picture, 'horizontal');
    case 3:
      return turned(picture, 2);
    case 4:
      return flipped(picture, 'vertical');
    case 5:
      return flipped(turned(picture, 1), 'horizontal');
    case 6:
      return turned(picture, 1);
    case 7:
      return flipped(turned(picture, 3), 'horizontal');
    case 8:
      return turned(picture, 3);
    default:
      return picture;
  }
}
